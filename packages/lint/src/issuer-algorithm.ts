import type { SignatureAlgorithmName, SubjectPublicKey } from '@see/x509';

const ofCurve: Readonly<Record<string, SignatureAlgorithmName>> = {
  'P-256': 'ecdsa-sha256',
  'P-384': 'ecdsa-sha384',
  'P-521': 'ecdsa-sha512',
};

/** The signature algorithms that go with a key (PRF-0.6): each curve with its own hash, RSA with SHA-384 or more. */
export function algorithmsOfKey(key: SubjectPublicKey): readonly SignatureAlgorithmName[] {
  switch (key.kind) {
    case 'rsa':
      return ['rsa-sha384', 'rsa-sha512', 'rsa-pss-sha384', 'rsa-pss-sha512'];
    case 'ec': {
      const algorithm = ofCurve[key.curve];
      return algorithm === undefined ? [] : [algorithm];
    }
    case 'ed25519':
    case 'ed448':
    case 'ml-dsa-44':
    case 'ml-dsa-65':
    case 'ml-dsa-87':
      return [key.kind];
    default:
      return [];
  }
}
