import { type AuditActor, readStatements } from '@see/db';
import {
  type CertificateRow,
  findCertificateDer,
  findOrder,
  findOrderContent,
  findRenewal,
  listApprovals,
  listRevocations,
  readEventIdsAbout,
  readOrderCsrs,
} from '@see/db/ra';
import { readOrderContent } from '@see/domain';
import { Refusal } from '@see/http';
import type { Ra } from '../../ra.ts';
import { readEvidence } from '../order-evidence.ts';
import { plain, sealBundle } from './seal-bundle.ts';

/** Events of one certificate and its order that go into a bundle; nobody has had more than some dozens. */
const MOST_EVENTS = 2_000;

/**
 * The evidence behind one certificate, for an auditor: the order as it was approved with its approvals, the keys, what was seen, the
 * renewal's own request, every change of status with its statement, and every event of both in the log. Undefined until the log
 * covers it (see `sealBundle`).
 */
export async function certificateEvidence(ra: Ra, by: AuditActor, row: CertificateRow): Promise<string | undefined> {
  const [der, events, order] = await Promise.all([
    findCertificateDer(ra.db, row.id),
    listRevocations(ra.db, [row.id]),
    row.orderId === null ? undefined : orderPart(ra, row.orderId),
  ]);
  if (!der) throw new Refusal('not-found', 'The octets of this certificate are not there.');
  const changes = events.get(row.id) ?? [];
  const digests = changes.flatMap(({ statementDigest }) => (statementDigest ? [statementDigest] : []));
  const statements = await readStatements(ra.db, digests);
  const sha256 = row.sha256.toHex();
  const serial = row.serial.toHex();
  const objects = [`${row.ca}/${serial}`, sha256, ...(row.orderId === null ? [] : [row.orderId])];
  const about = await readEventIdsAbout(ra.db, objects, MOST_EVENTS);
  return sealBundle(ra, by, {
    kind: 'certificate-evidence',
    objectType: 'certificate',
    objectId: sha256,
    eventIds: about,
    content: {
      certificate: plain({ sha256, serial, ca: row.ca, profile: row.profileId, issuedAt: row.issuedAt, der }),
      chain: plain(ra.cas.chain(row.ca)),
      order: order ?? null,
      changes: plain(
        changes.map(({ kind, reason, revokedAt, invalidityDate, statementDigest }) => ({
          ...{ kind, reason, revokedAt, invalidityDate },
          statement: statementDigest ? (statements.get(statementDigest.toHex()) ?? null) : null,
        })),
      ),
    },
  });
}

async function orderPart(ra: Ra, orderId: string) {
  const [order, stored, approvals, csrs, renewal] = await Promise.all([
    findOrder(ra.db, orderId),
    findOrderContent(ra.db, orderId),
    listApprovals(ra.db, orderId),
    readOrderCsrs(ra.db, orderId),
    findRenewal(ra.db, orderId),
  ]);
  if (!order || !stored) return undefined;
  const { evidence } = readOrderContent(stored.bytes);
  return plain({
    id: orderId,
    // The very octets whose digest the approvers signed.
    content: stored.bytes,
    digest: stored.digest.toHex(),
    approvals: approvals.map(({ credentialId, personId, signature, createdAt }) => ({
      ...{ credentialId, personId, signature },
      at: createdAt,
    })),
    csrs,
    evidence: (await readEvidence(ra, orderId, evidence)) ?? null,
    renewal: renewal ? { request: renewal.request, signedAt: renewal.signedAt, agreement: renewal.agreement } : null,
  });
}
