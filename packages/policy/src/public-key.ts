import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import type { Refusal } from '@see/domain';
import { parseSpki, type SubjectPublicKey } from '@see/x509';
import type { Profile } from './profile.ts';
import { rsaWeaknesses } from './rsa-strength.ts';

/** A public key that was looked at: parsed, imported, and free of the known weaknesses. */
export interface CheckedKey {
  readonly spki: Uint8Array;
  readonly key: SubjectPublicKey;
  readonly keyObject: KeyObject;
  readonly sha256: Uint8Array;
}

/** SHA-256 of a SubjectPublicKeyInfo, the name of a key in orders, block lists and look-ups. */
export function spkiSha256(spki: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(spki).digest());
}

const REMEDY = 'make a P-384 key (openssl ecparam -name secp384r1 -genkey) or an RSA key of 3072 or 4096 bits';

/**
 * Looks at a SubjectPublicKeyInfo. Returns either the checked key or every violation: unknown or forbidden algorithm,
 * explicit or foreign curve, point not on the curve, weak RSA. What a given profile allows is `keyViolations`.
 */
export function checkPublicKey(
  spki: Uint8Array,
): { readonly checked: CheckedKey } | { readonly violations: Refusal[] } {
  let key: SubjectPublicKey;
  try {
    key = parseSpki(spki);
  } catch (error) {
    return {
      violations: [
        violation('bad-public-key', `the public key is malformed: ${(error as Error).message}`, 'RFC 5280 4.1.2.7'),
      ],
    };
  }
  if (key.kind === 'ec' && !['P-256', 'P-384', 'P-521'].includes(key.curve)) {
    return { violations: [violation('curve-not-allowed', `the curve ${key.curve} is not allowed`, 'GOV-2')] };
  }
  if (key.kind !== 'ec' && key.kind !== 'rsa' && key.kind !== 'ed25519') {
    const name = key.kind === 'other' ? key.oid : key.kind;
    return { violations: [violation('algorithm-not-allowed', `the key algorithm ${name} is not allowed`, 'GOV-1')] };
  }
  if (key.kind === 'rsa') {
    const violations = rsaWeaknesses(key.modulus, key.exponent);
    if (key.bits < 3072) violations.unshift(tooShort(key.bits));
    if (violations.length > 0) return { violations };
  }
  try {
    // OpenSSL checks that an EC point lies on its curve when it imports the key.
    const keyObject = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
    return { checked: { spki, key, keyObject, sha256: spkiSha256(spki) } };
  } catch {
    return {
      violations: [violation('point-not-on-curve', 'the public key is no valid point of its curve', 'PRF-0.6')],
    };
  }
}

/** What a profile has against a checked key; empty when it takes it. */
export function keyViolations(key: SubjectPublicKey, profile: Profile): Refusal[] {
  if (key.kind === 'rsa') {
    if (!profile.rsaBits)
      return [violation('algorithm-not-allowed', `profile ${profile.id} takes no RSA keys`, profile.id)];
    if (key.bits < profile.rsaBits.min) return [tooShort(key.bits)];
    if (key.bits > profile.rsaBits.max) {
      return [
        violation('rsa-too-long', `an RSA key of ${key.bits} bits is longer than ${profile.rsaBits.max}`, profile.id),
      ];
    }
    return [];
  }
  const name = key.kind === 'ec' ? key.curve : key.kind === 'ed25519' ? 'Ed25519' : key.kind;
  if (!profile.curves.some((curve) => curve === name)) {
    const allowed = [
      ...profile.curves,
      ...(profile.rsaBits ? [`RSA-${profile.rsaBits.min} to ${profile.rsaBits.max}`] : []),
    ];
    return [
      violation(
        'curve-not-allowed',
        `profile ${profile.id} does not take ${name} keys; it takes ${allowed.join(', ')}`,
        'GOV-2',
      ),
    ];
  }
  return [];
}

/** keyUsage family of a key. */
export function keyFamily(key: SubjectPublicKey): 'rsa' | 'ec' {
  return key.kind === 'rsa' ? 'rsa' : 'ec';
}

function tooShort(bits: number): Refusal {
  return violation('rsa-too-short', `an RSA key of ${bits} bits is shorter than 3072`, 'GOV-2');
}

function violation(code: string, message: string, source: string): Refusal {
  return { code, message, source, path: 'subjectPublicKeyInfo', remedy: REMEDY };
}
