import { createHash } from 'node:crypto';
import { findCertificateByHash } from '@see/db/ra';
import { Refusal } from '@see/http';
import { speaksFor } from '@see/policy';
import { decodePem, PemError } from '@see/x509';
import type { Ra } from '../../ra.ts';
import { csrOfText } from '../read-csr.ts';
import { type HeldCertificate, heldCertificate } from './find-signer.ts';

/** What the signed content asks for: a CSR, and which certificate it is to replace when that is not the signer's own. */
export interface AskedRenewal {
  readonly csr: Uint8Array;
  /** DER of the certificate to replace. */
  readonly replaced: Uint8Array | undefined;
}

/**
 * Reads the signed content: a CSR as DER or PEM, in PEM also with the certificate that is to be replaced before or after it.
 * Throws Refusal `csr-refused`. Nothing of either is verified.
 */
export function readAskedRenewal(content: Uint8Array): AskedRenewal {
  if (content[0] === 0x30) return { csr: content, replaced: undefined };
  const text = textOf(content);
  const pem = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/.exec(text)?.[0];
  const csr = csrOfText(pem === undefined ? text : text.replace(pem, ''));
  return { csr, replaced: pem === undefined ? undefined : certificateOf(pem) };
}

/** The certificate that is to be replaced: the signer's own, or one that it speaks for. Throws Refusal `renewal-refused`. */
export async function replacedCertificate(
  ra: Ra,
  signer: HeldCertificate,
  replaced: Uint8Array | undefined,
): Promise<HeldCertificate> {
  const sha256 = replaced && new Uint8Array(createHash('sha256').update(replaced).digest());
  const row = sha256 ? await findCertificateByHash(ra.db, sha256) : undefined;
  const target = row ? await heldCertificate(ra, row) : sha256 ? undefined : signer;
  // The same words whether it exists or not.
  if (!target || !speaksFor(signer.facts, target.facts)) throw new Refusal('renewal-refused', WRONG_KEY);
  return target;
}

const WRONG_KEY =
  'The certificate that signed does not speak for the one that is to be replaced. A certificate whose key signs renews itself; ' +
  'an encryption certificate is renewed by the gateway’s signing certificate for the same domains, or by the same person’s.';

function textOf(content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw new Refusal('csr-refused', 'What was signed is neither a request in DER nor text with one in PEM.');
  }
}

function certificateOf(pem: string): Uint8Array {
  try {
    const [der] = decodePem(pem, 'CERTIFICATE');
    if (der) return der;
  } catch (error) {
    if (!(error instanceof PemError)) throw error;
  }
  throw new Refusal('csr-refused', 'The certificate beside the request can not be read.');
}
