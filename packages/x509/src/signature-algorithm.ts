import { DerReader } from '@see/asn1';
import { fromHex, toHex } from './hex.ts';

// AlgorithmIdentifiers are compared and written as whole octet strings: RSA carries NULL, the others carry nothing.
const encodings = {
  'ecdsa-sha256': '300a06082a8648ce3d040302',
  'ecdsa-sha384': '300a06082a8648ce3d040303',
  'ecdsa-sha512': '300a06082a8648ce3d040304',
  'rsa-sha256': '300d06092a864886f70d01010b0500',
  'rsa-sha384': '300d06092a864886f70d01010c0500',
  'rsa-sha512': '300d06092a864886f70d01010d0500',
  'rsa-pss-sha256':
    '304106092a864886f70d01010a3034a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500a203020120',
  'rsa-pss-sha384':
    '304106092a864886f70d01010a3034a00f300d06096086480165030402020500a11c301a06092a864886f70d010108300d06096086480165030402020500a203020130',
  'rsa-pss-sha512':
    '304106092a864886f70d01010a3034a00f300d06096086480165030402030500a11c301a06092a864886f70d010108300d06096086480165030402030500a203020140',
  ed25519: '300506032b6570',
  ed448: '300506032b6571',
  'ml-dsa-44': '300b0609608648016503040311',
  'ml-dsa-65': '300b0609608648016503040312',
  'ml-dsa-87': '300b0609608648016503040313',
} as const;

export type SignatureAlgorithmName = keyof typeof encodings;

/** An algorithm that this project does not sign or verify with: SHA-1, DSA, odd parameters. */
export interface UnknownAlgorithm {
  readonly oid: string;
}

const byHex = new Map<string, SignatureAlgorithmName>();
const byName = new Map<SignatureAlgorithmName, Uint8Array>();
for (const [name, hex] of Object.entries(encodings)) {
  byHex.set(hex, name as SignatureAlgorithmName);
  byName.set(name as SignatureAlgorithmName, fromHex(hex) as Uint8Array);
}

/** The AlgorithmIdentifier, octet for octet as PRF-0.6 gives it. A copy: the caller may keep it. */
export function signatureAlgorithm(name: SignatureAlgorithmName): Uint8Array {
  return (byName.get(name) as Uint8Array).slice();
}

/** The name of an AlgorithmIdentifier that is exactly one of ours, else its object identifier. Throws DerError. */
export function parseSignatureAlgorithm(der: Uint8Array): SignatureAlgorithmName | UnknownAlgorithm {
  const known = der.length <= 67 ? byHex.get(toHex(der)) : undefined;
  if (known !== undefined) return known;
  const reader = DerReader.of(der);
  const sequence = reader.sequence();
  reader.end();
  const oid = sequence.oid();
  if (!sequence.atEnd) sequence.any();
  sequence.end();
  return { oid };
}

export type SignatureKeyKind = 'rsa' | 'ec' | 'ed25519' | 'ed448' | 'ml-dsa-44' | 'ml-dsa-65' | 'ml-dsa-87';

/** The kind of key that makes and checks signatures of this algorithm. */
export function signatureKeyKind(name: SignatureAlgorithmName): SignatureKeyKind {
  if (name.startsWith('ecdsa-')) return 'ec';
  if (name.startsWith('rsa-')) return 'rsa';
  return name as SignatureKeyKind;
}
