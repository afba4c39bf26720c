import { lintCrl } from '@see/lint';
import { authorityKeyIdentifier, buildTbsCertList, crlNumber, type Extension, signatureAlgorithm } from '@see/x509';
import type { CrlEntry } from './crl-entries.ts';
import { admitLinted, type LintedTbs } from './linted-tbs.ts';
import type { IssuingCa } from './prepare-certificate.ts';

export interface CrlInput {
  readonly ca: IssuingCa;
  readonly number: bigint;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  /** Sorted by serial number. */
  readonly entries: readonly CrlEntry[];
}

/** Builds and lints a full CRL of one CA key (REV-1..REV-8) and returns the one-use token to sign it. */
export function prepareCrl(input: CrlInput): LintedTbs {
  const { ca } = input;
  const extensions: Extension[] = [authorityKeyIdentifier(ca.ski), crlNumber(input.number)];
  const tbs = buildTbsCertList({
    signatureAlgorithmDer: signatureAlgorithm(ca.key.algorithm),
    issuerDer: ca.subjectDer,
    thisUpdate: input.thisUpdate,
    nextUpdate: input.nextUpdate,
    entries: input.entries.map((entry) => ({
      serialNumber: entry.serial,
      revocationDate: entry.revocationDate,
      // RFC 5280 5.3.1: unspecified(0) is expressed by leaving the extension out.
      ...(entry.reason !== 0 ? { reason: entry.reason } : {}),
      ...(entry.invalidityDate ? { invalidityDate: entry.invalidityDate } : {}),
    })),
    extensions,
  });
  const findings = lintCrl(tbs, {
    purpose: ca.id === 'root' ? 'root' : 'issuing-ca',
    issuer: ca.certificate,
    now: input.thisUpdate,
  });
  return admitLinted(tbs, ca.key.spki, findings);
}
