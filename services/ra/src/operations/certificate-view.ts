import {
  type CertificateFilter,
  type CertificateRow,
  findCertificateDer,
  listCertificates,
  listRevocations,
  type RevocationRow,
  readPersonNames,
} from '@see/db/ra';
import { type CertificateStatus, certificateStatus, reasonName } from '@see/domain';
import { encodePem } from '@see/x509';
import type { Ra } from '../ra.ts';
import { renewalFacts } from './renewal/renewal-facts.ts';

/** The status that the registry's events add up to, or that the time alone has ended the certificate. */
export function statusView(certificate: CertificateRow, events: readonly RevocationRow[], now: Date) {
  const status: CertificateStatus = certificateStatus(events.map(eventOf), () => true);
  if (status.kind !== 'good') {
    return {
      kind: status.kind,
      reason: reasonName(status.reason) ?? 'unspecified',
      since: status.revokedAt.toISOString(),
    };
  }
  return { kind: certificate.notAfter < now ? ('expired' as const) : ('good' as const) };
}

function eventOf(row: RevocationRow) {
  return { id: row.id, kind: row.kind, reason: row.reason, revokedAt: row.revokedAt };
}

/** A certificate as lists show it. */
export function certificateView(certificate: CertificateRow, events: readonly RevocationRow[], now: Date) {
  return {
    sha256: certificate.sha256.toHex(),
    serial: certificate.serial.toHex(),
    ca: certificate.ca,
    profile: certificate.profileId,
    subject: certificate.subject,
    names: [...certificate.names],
    agencyId: certificate.agencyId,
    personId: certificate.personId,
    orderId: certificate.orderId,
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    spkiSha256: certificate.spkiSha256.toHex(),
    status: statusView(certificate, events, now),
  };
}

/** One page of certificates with their status. */
export async function certificatePage(ra: Ra, filter: CertificateFilter, size: number, after: number | undefined) {
  const page = await listCertificates(ra.db, filter, size, after);
  const events = await listRevocations(
    ra.db,
    page.rows.map((row) => row.id),
  );
  const now = ra.now();
  return { items: page.rows.map((row) => certificateView(row, events.get(row.id) ?? [], now)), next: page.next };
}

/** A certificate with octets, chain and history. */
export async function certificateDetail(ra: Ra, certificate: CertificateRow) {
  const [der, found] = await Promise.all([
    findCertificateDer(ra.db, certificate.id),
    listRevocations(ra.db, [certificate.id]),
  ]);
  const events = found.get(certificate.id) ?? [];
  const names = await readPersonNames(
    ra.db,
    events.map((event) => event.requestedBy),
  );
  return {
    ...certificateView(certificate, events, ra.now()),
    renewal: await renewalFacts(ra, certificate),
    pem: der ? encodePem('CERTIFICATE', der) : '',
    chain: ra.cas.chain(certificate.ca).map((each) => encodePem('CERTIFICATE', each)),
    history: events.map((event) => ({
      id: event.id,
      kind: event.kind,
      reason: reasonName(event.reason) ?? 'unspecified',
      at: event.revokedAt.toISOString(),
      invalidityDate: event.invalidityDate?.toISOString() ?? null,
      requestedBy: names.get(event.requestedBy) ?? event.requestedBy,
      statement: event.statementDigest?.toHex() ?? null,
    })),
  };
}
