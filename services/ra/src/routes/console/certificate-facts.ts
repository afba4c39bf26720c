import { type CertificateRow, findCertificateDer, findEscrowedKey, readPersonNames } from '@see/db/ra';
import { activeProfile, REVOKED_BY_TWO } from '@see/domain';
import { actorOf, Refusal } from '@see/http';
import { profileOf } from '@see/policy';
import { type CertificateChange, type CertificateFacts, certificateInWords, subjectText } from '@see/ui';
import { parseCertificate } from '@see/x509';
import type { FastifyRequest } from 'fastify';
import { certificateDetail, certificatePage } from '../../operations/certificate-view.ts';
import { agencyOf, may } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { certificateLines } from './certificates.ts';

/** Others of the same holder that a page shows. */
const OTHERS = 20;

/** What the page of a certificate shows to this reader. Everything that it says is decoded from its octets. */
export async function certificateFacts(
  ra: Ra,
  request: FastifyRequest,
  certificate: CertificateRow,
  done: CertificateFacts['done'],
): Promise<CertificateFacts> {
  const [detail, der, people, others, escrow] = await Promise.all([
    certificateDetail(ra, certificate),
    findCertificateDer(ra.db, certificate.id),
    readPersonNames(ra.db, certificate.personId === null ? [] : [certificate.personId]),
    othersOf(ra, request, certificate),
    keptKey(ra, request, certificate),
  ]);
  if (!der) throw new Refusal('not-found', 'There is no certificate under this name.');
  const agency = ra.authority.current.agencies.get(certificate.agencyId ?? '');
  const profile = profileFor(ra, certificate);
  return {
    now: ra.now(),
    ...certificateInWords(der),
    sha256: detail.sha256,
    serial: detail.serial,
    title: people.get(certificate.personId ?? '') ?? certificate.names[0] ?? certificate.subject,
    ca: certificate.ca,
    profileId: certificate.profileId,
    profile: profile?.title ?? certificate.profileId,
    agency: agency && { id: agency.agencyId, name: agency.name },
    orderId: certificate.orderId,
    names: certificate.names,
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    spkiSha256: detail.spkiSha256,
    status: detail.status,
    renewal: {
      opensAt: timeOf(detail.renewal.opensAt),
      supersededBy: detail.renewal.supersededBy ?? undefined,
      overlapEndsAt: timeOf(detail.renewal.overlapEndsAt),
      waits: detail.renewal.directory === 'waits',
    },
    pem: detail.pem,
    chain: chainOf(ra, certificate.ca),
    history: historyOf(detail, certificate, ra.now()),
    others,
    change: changeFor(ra, request, certificate),
    mayRecover: escrow,
    mayConfirm: may(actorOf(request), 'certificate.confirm'),
    mayGetEvidence: may(actorOf(request), 'certificate-evidence.show'),
    done,
  };
}

/** What the reader may do to a certificate; undefined for nothing. */
export function changeFor(ra: Ra, request: FastifyRequest, certificate: CertificateRow): CertificateChange | undefined {
  if (!may(actorOf(request), 'revocation.create')) return undefined;
  const profile = profileFor(ra, certificate);
  return {
    reasons: profile?.revocationReasons ?? [],
    mayHold: profile?.holdPermitted ?? false,
    needsTwo: REVOKED_BY_TWO.has(certificate.profileId),
  };
}

/** Whether a copy of the key is kept for which this reader may ask; nobody asks for their own. */
async function keptKey(ra: Ra, request: FastifyRequest, certificate: CertificateRow): Promise<boolean> {
  const actor = actorOf(request);
  const { orderId, personId, spkiSha256 } = certificate;
  if (!may(actor, 'recovery.request') || orderId === null || personId === null || personId === actor.personId)
    return false;
  return (await findEscrowedKey(ra.db, orderId, spkiSha256)) !== undefined;
}

function profileFor(ra: Ra, { profileId }: CertificateRow) {
  const active = activeProfile(ra.authority.current, profileId);
  return active && profileOf(active.content);
}

async function othersOf(ra: Ra, request: FastifyRequest, certificate: CertificateRow) {
  const [name] = certificate.names;
  const { personId, profileId } = certificate;
  if (profileId === 'ocsp-responder' || (personId === null && name === undefined)) return [];
  const agencyId = agencyOf(actorOf(request));
  const holder = personId === null ? { name: name ?? '' } : { personId };
  const filter = { ...holder, ...(agencyId === undefined ? {} : { agencyId }) };
  const { items } = await certificatePage(ra, filter, OTHERS + 1, undefined);
  const sha256 = certificate.sha256.toHex();
  return certificateLines(
    ra,
    items.filter((item) => item.sha256 !== sha256),
  );
}

function chainOf(ra: Ra, ca: string): CertificateFacts['chain'] {
  const ids = ca === 'root' ? ['root'] : [ca, 'root'];
  return ra.cas.chain(ca).map((der, index) => ({
    id: ids[index] ?? ca,
    subject: subjectText(der),
    notAfter: parseCertificate(der).notAfter,
  }));
}

type Detail = Awaited<ReturnType<typeof certificateDetail>>;

/** What happened, the newest first; the time of issue and, once it is over, of the end are events too. */
function historyOf(detail: Detail, certificate: CertificateRow, now: Date): CertificateFacts['history'] {
  const plain = { reason: '', by: '', doubtfulSince: undefined, statement: undefined };
  return [
    ...(certificate.notAfter < now ? [{ ...plain, kind: 'expire', at: certificate.notAfter }] : []),
    ...detail.history.toReversed().map(({ kind, reason, at, requestedBy, invalidityDate, statement }) => ({
      kind,
      reason,
      at: new Date(at),
      by: requestedBy,
      doubtfulSince: timeOf(invalidityDate),
      statement: statement ?? undefined,
    })),
    { ...plain, kind: 'issue', at: certificate.issuedAt, by: `CA ${certificate.ca}` },
  ];
}

function timeOf(text: string | null): Date | undefined {
  return text === null ? undefined : new Date(text);
}
