import type { Refusal } from '@see/domain';
import { type ParsedCsr, parseCsr } from '@see/x509';
import { type CheckedKey, checkPublicKey } from './public-key.ts';
import { type SignatureKind, signatureKind, verifyInPool } from './signature-kind.ts';

declare const brand: unique symbol;

/** A CSR whose key was checked and whose proof of possession holds. Only `verifyCsr` makes one. */
export interface VerifiedCsr {
  readonly csr: ParsedCsr;
  readonly key: CheckedKey;
  readonly [brand]: true;
}

export type CsrResult =
  | { readonly ok: true; readonly verified: VerifiedCsr }
  | { readonly ok: false; readonly violations: readonly Refusal[]; readonly csr?: ParsedCsr };

/**
 * Parses a CSR, checks its key and its proof of possession (RFC 2986 4.2). The signature is verified in the thread
 * pool. Names and extensions of the CSR are parsed strictly but prove nothing: only the key is ever taken.
 */
export async function verifyCsr(der: Uint8Array): Promise<CsrResult> {
  let csr: ParsedCsr;
  try {
    csr = parseCsr(der);
  } catch (error) {
    return { ok: false, violations: [malformed(error)] };
  }
  const looked = checkPublicKey(csr.spki);
  const algorithm = algorithmOf(csr);
  if ('violations' in looked || !('kind' in algorithm)) {
    const weak = 'violations' in looked ? looked.violations : [];
    return { ok: false, violations: 'kind' in algorithm ? weak : [...weak, algorithm], csr };
  }
  const { checked } = looked;
  const fault = await possessionFault(csr, checked, algorithm);
  if (fault) return { ok: false, violations: [fault], csr };
  return { ok: true, verified: { csr, key: checked } as VerifiedCsr };
}

function algorithmOf(csr: ParsedCsr): SignatureKind | Refusal {
  const name = csr.signatureAlgorithm;
  const algorithm = signatureKind(name);
  if (algorithm) return algorithm;
  const shown = typeof name === 'string' ? name : name.oid;
  return refusal(
    'signature-algorithm-not-allowed',
    `the CSR is signed with ${shown}, which is not accepted`,
    'GOV-3',
    'sign it with SHA-256 or better',
  );
}

async function possessionFault(
  csr: ParsedCsr,
  key: CheckedKey,
  algorithm: SignatureKind,
): Promise<Refusal | undefined> {
  if (algorithm.kind !== key.key.kind) {
    return refusal(
      'bad-proof-of-possession',
      'the CSR has a bad proof of possession: the signature algorithm does not go with the key',
      'RFC 2986 4.2',
    );
  }
  const holds = await verifyInPool(algorithm, csr.info, key.keyObject, csr.signature);
  return holds
    ? undefined
    : refusal(
        'bad-proof-of-possession',
        'the CSR has a bad proof of possession: the signature does not verify with the key in it',
        'RFC 2986 4.2',
      );
}

function malformed(error: unknown): Refusal {
  const { code, path, rule, message } = error as { code?: string; path?: string; rule?: string; message: string };
  if (code === undefined) throw error;
  const place = path === undefined || path === 'request' ? '' : ` in ${path}`;
  return refusal('malformed-csr', `the CSR is malformed${place}: ${message}`, rule ?? 'RFC 2986');
}

function refusal(
  code: string,
  message: string,
  source: string,
  remedy = 'make the CSR again: openssl req -new -key KEY -out FILE',
): Refusal {
  return { code, message, source, path: 'csr', remedy };
}
