import { derInteger, derSequence } from '@see/asn1';
import { assembleSignedData, signedAttributes } from '@see/cms';
import { readPfx } from '@see/pfx';
import { type Certificate, nameAttribute, oid, parseCertificate, parseKeyUsage, parseSpki } from '@see/x509';
import type { KeyKind } from '../enrolment/key-pair.ts';

/** A certificate with its key, out of a file that the reader chose. It stays in the page. */
export interface OwnKey {
  readonly certificate: Certificate;
  readonly der: Uint8Array;
  readonly pkcs8: Uint8Array;
  /** Whether its key may sign; one for encryption only may not. */
  readonly signs: boolean;
}

/** Opens a .p12 file. Throws PfxError, and X509Error for a certificate that can not be read. */
export async function openKeyFile(octets: Uint8Array, passphrase: string): Promise<OwnKey> {
  const { privateKeyPkcs8, certificates } = await readPfx(octets, passphrase, { subtle: crypto.subtle });
  const [der] = certificates;
  if (!der) throw new Error('the file has no certificate');
  const certificate = parseCertificate(der);
  const usage = certificate.extension(oid.keyUsage);
  const signs = usage !== undefined && parseKeyUsage(usage.value).includes('digitalSignature');
  return { certificate, der, pkcs8: privateKeyPkcs8, signs };
}

/** The name that a certificate stands for. */
export function nameOf({ certificate }: OwnKey): string {
  return nameAttribute(certificate.subject, oid.commonName) ?? '';
}

/** The kind of key that takes the place of this one. */
export function successorKind({ certificate }: OwnKey): KeyKind {
  return parseSpki(certificate.spki).kind === 'rsa' ? 'RSA-3072' : 'P-384';
}

/** CMS SignedData over a text by this key, now. */
export async function signText(text: string, key: OwnKey): Promise<Uint8Array> {
  const { subtle } = crypto;
  const content = new TextEncoder().encode(text);
  const digest = new Uint8Array(await subtle.digest('SHA-384', content));
  const signed = new Uint8Array(signedAttributes(digest, new Date()));
  const spki = parseSpki(key.certificate.spki);
  const algorithm =
    spki.kind === 'ec'
      ? { name: 'ECDSA', namedCurve: spki.curve, hash: 'SHA-384' }
      : { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-384' };
  const privateKey = await subtle.importKey('pkcs8', new Uint8Array(key.pkcs8), algorithm, false, ['sign']);
  const raw = new Uint8Array(await subtle.sign(algorithm, privateKey, signed));
  const signer = { certificate: key.der, algorithm: spki.kind === 'ec' ? 'ecdsa-sha384' : 'rsa-sha384' } as const;
  return assembleSignedData(content, signer, signed, spki.kind === 'ec' ? ecdsaSignature(raw) : raw);
}

/** WebCrypto's r || s as Ecdsa-Sig-Value (RFC 3279 2.2.3). */
function ecdsaSignature(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2;
  return derSequence(derInteger(raw.subarray(0, half)), derInteger(raw.subarray(half)));
}
