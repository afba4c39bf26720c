import {
  type CertificateRow,
  findCertificateByHash,
  findEscrowedKey,
  findOrder,
  findSuccessor,
  listCertificates,
  listNoticedRecoveries,
  listRevocations,
  type RevocationRow,
  readPersonNames,
} from '@see/db/ra';
import { activeProfile, readRecoveryContent, reasonName } from '@see/domain';
import { Refusal } from '@see/http';
import { profileOf, renewalOpensAt } from '@see/policy';
import type { Client } from '../../client-certificate/identify-client.ts';
import type { Ra } from '../../ra.ts';
import { statusView } from '../certificate-view.ts';
import { renewalRule } from '../renewal/renewal-facts.ts';

/** Nobody has had more; a certificate lives a year or longer. */
const MOST = 200;

/** The personal certificates of a holder, the newest first. Those of gateways, servers and operators are not among them. */
export async function ownCertificates(ra: Ra, client: Client) {
  const { rows } = await listCertificates(ra.db, { personId: client.personId }, MOST, undefined);
  const personal = rows.filter(({ ca }) => ca === 'individual');
  const events = await listRevocations(
    ra.db,
    personal.map(({ id }) => id),
  );
  return personal.map((row) => ownCertificate(ra, client, row, events.get(row.id) ?? []));
}

/** One of them by its fingerprint. Throws Refusal `not-found` for one of somebody else too. */
export async function findOwnCertificate(ra: Ra, client: Client, sha256: string): Promise<CertificateRow> {
  const row = await findCertificateByHash(ra.db, Uint8Array.fromHex(sha256));
  if (row?.personId === client.personId && row.ca === 'individual') return row;
  throw new Refusal('not-found', 'You have no certificate with this fingerprint.');
}

/** A certificate as its holder sees it. */
export function ownCertificate(ra: Ra, client: Client, row: CertificateRow, events: readonly RevocationRow[]) {
  const active = activeProfile(ra.authority.current, row.profileId);
  const rule = renewalRule(ra, row.profileId);
  return {
    sha256: row.sha256.toHex(),
    serial: row.serial.toHex(),
    profile: row.profileId,
    title: active ? profileOf(active.content).title : row.profileId,
    state: statusView(row, events, ra.now()).kind,
    notBefore: row.notBefore,
    notAfter: row.notAfter,
    renewFrom: rule ? renewalOpensAt(rule, row) : undefined,
    shown: row.id === client.certificateId,
  };
}

/** A certificate with what was done with it, by whom, and how it stands with a kept copy of its key. */
export async function ownCertificateDetail(ra: Ra, client: Client, row: CertificateRow) {
  const [found, order, successor, escrow, recoveries] = await Promise.all([
    listRevocations(ra.db, [row.id]),
    row.orderId === null ? undefined : findOrder(ra.db, row.orderId),
    findSuccessor(ra.db, row.sha256),
    row.orderId === null ? undefined : findEscrowedKey(ra.db, row.orderId, row.spkiSha256),
    listNoticedRecoveries(ra.db, row.id),
  ]);
  const events = found.get(row.id) ?? [];
  const names = await readPersonNames(ra.db, [
    ...events.map(({ requestedBy }) => requestedBy),
    ...(order ? [order.sponsorId] : []),
  ]);
  const who = (id: string) => (id === client.personId ? { own: true } : { by: names.get(id) });
  const active = activeProfile(ra.authority.current, row.profileId);
  const issued = { kind: 'issued' as const, at: row.issuedAt, by: order && names.get(order.sponsorId) };
  const changes = events.map(({ kind, revokedAt, reason, requestedBy }) => ({
    kind,
    at: revokedAt,
    reason: reasonName(reason) ?? 'unspecified',
    ...who(requestedBy),
  }));
  const replaced = successor ? [{ kind: 'replaced' as const, at: successor.notBefore }] : [];
  return {
    certificate: ownCertificate(ra, client, row, events),
    history: [issued, ...changes, ...replaced].sort((one, other) => one.at.getTime() - other.at.getTime()),
    mayHold: active !== undefined && profileOf(active.content).holdPermitted,
    copyKept: row.profileId === 'user-encrypt' ? escrow !== undefined : undefined,
    // What agents decide for others is told at the release; a holder who asked sees each step.
    recoveries: recoveries
      .filter(({ content, releasedAt }) => releasedAt !== null || readRecoveryContent(content).capacity === 'self')
      .map(({ state, releasedAt, createdAt }) => ({ state, at: releasedAt ?? createdAt })),
  };
}
