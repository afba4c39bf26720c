import { type DerReader, derInteger, derNull, derOctetString, derOid, derSequence, equalBytes } from '@see/asn1';
import { oid } from '@see/x509';
import { bmpPassword } from './password.ts';
import { PfxError } from './pfx-error.ts';
import { type KdfHash, type KdfParameters, kdfPurpose, pkcs12Kdf } from './pkcs12-kdf.ts';

const hashes: Readonly<Record<string, { readonly hash: KdfHash; readonly octets: number }>> = {
  [oid.sha1]: { hash: 'SHA-1', octets: 20 },
  [oid.sha256]: { hash: 'SHA-256', octets: 32 },
  [oid.sha384]: { hash: 'SHA-384', octets: 48 },
  [oid.sha512]: { hash: 'SHA-512', octets: 64 },
};

/** MacData of RFC 7292 4: over the content of authSafe. */
export interface Mac extends KdfParameters {
  readonly octets: number;
  readonly digest: Uint8Array;
}

/** Reads MacData. `unsupported` for PBMAC1 and unknown hashes. Nothing is derived here. */
export function readMac(macData: DerReader): Mac {
  const digestInfo = macData.sequence();
  const algorithm = digestInfo.sequence();
  const type = algorithm.oid();
  const known = hashes[type];
  if (known === undefined) throw new PfxError('unsupported', `the MAC ${type} is not supported`);
  if (!algorithm.atEnd) algorithm.null();
  algorithm.end();
  const digest = digestInfo.octetString();
  digestInfo.end();
  const salt = macData.octetString();
  const iterations = macData.atEnd ? 1 : macData.smallInteger();
  macData.end();
  if (digest.length !== known.octets) throw new PfxError('malformed', 'a MAC of the wrong length');
  return { ...known, digest, salt, iterations };
}

/** DER of MacData for `content`. */
export async function makeMac(
  subtle: SubtleCrypto,
  { hash, salt, iterations }: KdfParameters,
  password: string,
  content: Uint8Array,
): Promise<Uint8Array> {
  const [type, known] = Object.entries(hashes).find(([, each]) => each.hash === hash) as [string, { octets: number }];
  const mac = await computeMac(subtle, { hash, salt, iterations, octets: known.octets }, password, content);
  const digestInfo = derSequence(derSequence(derOid(type), derNull()), derOctetString(mac));
  return derSequence(digestInfo, derOctetString(salt), derInteger(iterations));
}

/** Throws `wrong-password` where the MAC does not fit. */
export async function checkMac(subtle: SubtleCrypto, mac: Mac, password: string, content: Uint8Array): Promise<void> {
  if (!equalBytes(await computeMac(subtle, mac, password, content), mac.digest)) {
    throw new PfxError('wrong-password', 'the password is wrong or the file is damaged');
  }
}

async function computeMac(
  subtle: SubtleCrypto,
  parameters: KdfParameters & { readonly octets: number },
  password: string,
  content: Uint8Array,
): Promise<Uint8Array> {
  const octets = await pkcs12Kdf(subtle, bmpPassword(password), parameters, kdfPurpose.mac, parameters.octets);
  const key = await subtle.importKey('raw', octets, { name: 'HMAC', hash: parameters.hash }, false, ['sign']);
  return new Uint8Array(await subtle.sign('HMAC', key, new Uint8Array(content)));
}
