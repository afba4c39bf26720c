import { createPublicKey } from 'node:crypto';
import { equalBytes } from '@see/asn1';
import { REVOCATION_REASONS } from '@see/domain';
import { signatureHolds } from '@see/verify';
import { type CertificateList, oid, parseCrl, type RevokedScanner } from '@see/x509';
import { type CrlForm, formExtensions } from './crl-form.ts';
import { differences, type ToldEntries } from './differences.ts';
import { IssuanceError } from './linted-tbs.ts';
import type { IssuingCa } from './prepare-certificate.ts';
import type { RevokedRow, RevokedSet, SerialRange } from './revoked-set.ts';
import { compareSerials, serialHex } from './serial-order.ts';

const HOLD: number = REVOCATION_REASONS.certificateHold;

/** What a CRL has to be before it may be published. */
export interface CrlExpectation {
  readonly ca: IssuingCa;
  readonly form: CrlForm;
  /** The last list of the same scope; undefined for the first one. */
  readonly last: CertificateList | undefined;
  /** For a delta: the full list that it starts from. That it is published is not checked. */
  readonly base?: CertificateList | undefined;
  /** Exactly what is revoked or held, in `range` where the list is a part: what it has to say; a delta together with its base. */
  readonly set: RevokedSet;
  readonly range?: SerialRange | undefined;
  /** What clients have been told of this scope: nothing of it may be lost. A delta of a later number than `last` counts. */
  readonly told: ToldEntries;
  /** Whether an entry that clients were told of may be gone, by its serial number (hex) and reason. */
  readonly mayLeave: (serial: string, reason: number) => boolean;
}

/** Extensions that say what a CRL covers; it has those of its form and no other. */
const SCOPE = new Set<string>([oid.deltaCrlIndicator, oid.issuingDistributionPoint, oid.freshestCrl]);

/**
 * The last look at a CRL before it is published (promise 8), on the finished octets alone: it parses, is this CA's, verifies
 * with the CA's key, covers what its form says, its number and time rise, it does not end before it starts, it says exactly
 * what the set says, nothing of what was told is missing unless `mayLeave` vouches for it, and nothing went back from revoked
 * to held. A delta tells again what the last one on the same base told. The set does not change meanwhile. Returns the list as it
 * was read. Throws IssuanceError `crl-gate`, DerError, X509Error.
 */
export async function assertPublishable(der: Uint8Array, expected: CrlExpectation): Promise<CertificateList> {
  const { ca, last, form } = expected;
  const fault = (message: string) => new IssuanceError('crl-gate', `CRL of ${ca.id}: ${message}`);
  const crl = parseCrl(der);
  if (!equalBytes(crl.issuerDer, ca.subjectDer)) throw fault('issuer is another');
  const key = createPublicKey({ key: Buffer.from(ca.key.spki), format: 'der', type: 'spki' });
  if (!(await signatureHolds(crl, key))) throw fault('signature does not verify');
  if (crl.crlNumber === undefined || crl.nextUpdate === undefined) throw fault('number or nextUpdate is missing');
  if (crl.nextUpdate <= crl.thisUpdate) throw fault('ends before it starts');
  if (!hasForm(crl, form)) throw fault(`is no ${form.kind} list of what it has to cover`);
  for (const before of [last, expected.base]) {
    if (!before) continue;
    const number = before.crlNumber ?? 0n;
    if (crl.crlNumber <= number) throw fault(`number ${crl.crlNumber} does not rise over ${number}`);
    if (crl.thisUpdate < before.thisUpdate) throw fault('is older than the last one');
  }
  assertSame(sayingOf(crl, expected, fault), expected, fault);
  assertNothingLost(expected, fault);
  if (crl.baseCrlNumber !== undefined && last?.baseCrlNumber === crl.baseCrlNumber)
    assertToldAgain(last.entries.scan(), crl.entries.scan(), fault);
  return crl;
}

type Fault = (message: string) => IssuanceError;

function hasForm(crl: CertificateList, form: CrlForm): boolean {
  const found = crl.extensions.filter((extension) => SCOPE.has(extension.oid));
  const wanted = formExtensions(form);
  return (
    found.length === wanted.length &&
    wanted.every(({ oid: type, critical, value }) =>
      found.some((one) => one.oid === type && one.critical === critical && equalBytes(one.value, value)),
    )
  );
}

/** What a client takes from the list: a delta together with its base. */
function sayingOf(crl: CertificateList, { form, base }: CrlExpectation, fault: Fault): ToldEntries {
  if (form.kind !== 'delta') return { list: crl.entries };
  if (!base || base.crlNumber !== form.base || base.baseCrlNumber !== undefined)
    throw fault(`the base is not the full list ${form.base}`);
  return { list: base.entries, delta: crl.entries };
}

function assertSame(said: ToldEntries, { set, range }: CrlExpectation, fault: Fault): void {
  for (const { serial, before, now } of differences(said, set, range)) {
    if (!now) throw fault(`entry ${serial.toHex()} is not known`);
    if (!before) throw fault(`entry ${serial.toHex()} is missing`);
    throw fault(`entry ${serial.toHex()} says something else than is known`);
  }
}

function assertNothingLost({ told, set, range, mayLeave }: CrlExpectation, fault: Fault): void {
  for (const { serial, before, now } of differences(told, set, range)) {
    if (!before) continue;
    if (now?.reason === HOLD && before.reason !== HOLD)
      throw fault(`entry ${serial.toHex()} went from revoked to held`);
    if (!now && !mayLeave(serial.toHex(), before.reason)) throw fault(`lost entry ${serial.toHex()}`);
  }
}

function assertToldAgain(before: RevokedScanner, now: RevokedScanner, fault: Fault): void {
  let more = now.next();
  while (before.next()) {
    while (more && compareSerials(now, before) < 0) more = now.next();
    if (!more || compareSerials(now, before) !== 0)
      throw fault(`entry ${serialHex(before)} of the last delta on the same base is not told again`);
  }
}

/** Entries that clients were told of and that the set has no more, in order: those for which somebody has to vouch. */
export function entriesLeaving(told: ToldEntries, set: RevokedSet, range?: SerialRange): RevokedRow[] {
  const leaving: RevokedRow[] = [];
  for (const { before, now } of differences(told, set, range)) if (before && !now) leaving.push(before);
  return leaving;
}
