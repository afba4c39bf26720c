import type { AuditActor } from '@see/db';
import {
  findCertificateDer,
  listCertificates,
  listEvidence,
  listRevocations,
  type Person,
  readMailbox,
  readPersonTraces,
} from '@see/db/ra';
import type { Ra } from '../../ra.ts';
import { plain, sealBundle } from './seal-bundle.ts';

const MOST_CERTIFICATES = 500;

/**
 * Everything that is held about one person, for their request of access (Privacy Act 2020, IPP 6): in clear, as it is theirs. Who else
 * acted is left out, as that is about others. Codes, keys, hashes of secrets and tokens are no information about them and are not in it.
 * Undefined until the log covers it (see `sealBundle`).
 */
export async function exportPerson(ra: Ra, by: AuditActor, person: Person): Promise<string | undefined> {
  const [evidence, mailbox, traces, certificates] = await Promise.all([
    listEvidence(ra.db, person.id),
    readMailbox(ra.db, person.id),
    readPersonTraces(ra.db, person.id, person.email),
    listCertificates(ra.db, { personId: person.id }, MOST_CERTIFICATES, undefined),
  ]);
  const changes = await listRevocations(
    ra.db,
    certificates.rows.map(({ id }) => id),
  );
  const held = await Promise.all(
    certificates.rows.map(async (row) => ({
      ...{ serial: row.serial.toHex(), profile: row.profileId, subject: row.subject, names: row.names },
      ...{ notBefore: row.notBefore, notAfter: row.notAfter, orderId: row.orderId },
      der: (await findCertificateDer(ra.db, row.id)) ?? null,
      changes: (changes.get(row.id) ?? []).map(({ kind, reason, revokedAt, invalidityDate }) => ({
        ...{ kind, reason, revokedAt, invalidityDate },
      })),
    })),
  );
  const { verifiedBy: _others, ...record } = person;
  return sealBundle(ra, by, {
    kind: 'person-access',
    objectType: 'person',
    objectId: person.id,
    eventIds: [],
    content: {
      person: plain(record),
      mailbox: plain(mailbox),
      evidence: plain(evidence.map(({ sightedBy: _sighted, recordedBy: _recorded, ...item }) => item)),
      certificates: plain(held),
      traces: plain(traces),
    },
  });
}
