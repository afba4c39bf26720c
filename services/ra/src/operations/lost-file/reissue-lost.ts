import { type AuditActor, brokenConstraint, notify, withTransaction, writeAudit } from '@see/db';
import {
  type CertificateRow,
  findOrderContent,
  findReplacingOrder,
  insertLostFile,
  insertMailboxProof,
  insertOrders,
} from '@see/db/ra';
import { isDelegated, type OrderContent, readOrderContent } from '@see/domain';
import { Refusal } from '@see/http';
import type { OrderRequest } from '@see/policy';
import type { CanonicalValue } from '@see/statement';
import { type Ra, seconds } from '../../ra.ts';
import { refusedFor } from '../../refusal.ts';
import { revokeCertificate } from '../change-status.ts';
import { evaluateWish } from '../evaluate-wish.ts';
import { findSubject, subjectOf } from '../find-subject.ts';
import { type OrderToStore, orderToStore } from '../order-to-store.ts';
import { assessPerson } from '../personal-evidence.ts';
import { noReadings } from '../risk-readings.ts';
import type { LostCertificates } from './lost-certificates.ts';

const WARNING = {
  code: 'asked-by-link',
  message:
    'the person asked for this by a link in a mail, as file or passphrase are lost: have their word, or their sponsor’s, by another way',
  source: 'section 8.4',
  path: 'replaces',
};

/**
 * Orders what lost certificates are replaced by: the same profiles and type, for the same sponsor, by new keys and a new code;
 * approval is as for any order. What is replaced is revoked as superseded once that is issued (`endDueCertificates`), or now
 * for keyCompromise when somebody else may have it: then also if no order can be made. The link is used up with the order.
 * Throws Refusal.
 */
export async function reissueLost(
  ra: Ra,
  by: AuditActor,
  lost: LostCertificates,
  othersMayHaveIt: boolean,
): Promise<string> {
  const { check, token, certificates } = lost;
  const actor: AuditActor = { ...by, personId: check.personId, method: 'mailed-link' };
  const replaced = newestOfEach(certificates);
  if (othersMayHaveIt)
    for (const certificate of certificates)
      await revokeCertificate(ra, actor, certificate, { action: 'revoke', reason: 'keyCompromise' });
  const { order, event } = await orderOf(ra, actor, check.personId, replaced);
  const certificateIds = certificates.map(({ id }) => id);
  try {
    await withTransaction(ra.db, async (tx) => {
      await insertOrders(tx, [order]);
      await insertMailboxProof(tx, check.id, token);
      await insertLostFile(tx, { orderId: order.id, checkId: check.id, certificateIds });
      await writeAudit(tx, [event]);
      // The worker binds a code to it.
      await notify(tx, 'see_orders', 0);
    });
  } catch (error) {
    if (brokenConstraint(error) === 'mailbox_proofs_pkey')
      throw new Refusal('link-over', 'It was used already. The order is made.', { cause: error });
    throw error;
  }
  return order.id;
}

function newestOfEach(certificates: readonly CertificateRow[]): readonly CertificateRow[] {
  const newest = new Map<string, CertificateRow>();
  for (const row of certificates) if (!newest.has(row.profileId)) newest.set(row.profileId, row);
  return [...newest.values()].sort((one, other) => one.id - other.id);
}

async function orderOf(
  ra: Ra,
  by: AuditActor,
  personId: string,
  replaced: readonly CertificateRow[],
): Promise<OrderToStore> {
  const former = await formerContent(ra, replaced);
  for (const { id } of replaced) {
    const other = await findReplacingOrder(ra.db, id);
    if (other !== undefined)
      throw new Refusal(
        'wrong-state',
        'New certificates are ordered already. Wait for the mail with the code, or ask your sponsor.',
      );
  }
  const typeId = former.items[0]?.typeId ?? 'business-card-software';
  const person = await findSubject(ra, { applicantId: personId, agencyId: former.agencyId }, true);
  const assessed = (await assessPerson(ra, person, [typeId], null)).get(typeId);
  const request: OrderRequest = {
    kind: 'person',
    agencyId: former.agencyId,
    applicant: personId,
    sponsor: former.sponsor,
    agent: null,
    typeId,
    person: subjectOf(person),
    items: replaced.map(({ profileId }) => ({ profileId, csr: null, dnsNames: [] })),
    evidence: { ...(assessed?.ok === true ? assessed.used : {}) } as CanonicalValue,
    replaces: replaced.map(({ sha256 }) => sha256.toHex()),
  };
  const none = async (): Promise<undefined> => undefined;
  const evaluation = await evaluateWish(ra, request, crypto.randomUUID(), none, noReadings);
  const missing = assessed && !assessed.ok ? assessed.missing : [];
  if (!evaluation.ok) throw refusedFor('order-refused', [...evaluation.violations, ...missing]);
  if (missing.length > 0) throw refusedFor('evidence-missing', missing);
  const warned = { ...evaluation, warnings: [...evaluation.warnings, WARNING] };
  const detail = { replaces: request.replaces, asked: 'mailed-link' };
  return orderToStore(warned, request, by, personId, { byWord: false, detail });
}

/** What the newest of them was ordered with; its sponsor has to be one today. */
async function formerContent(ra: Ra, replaced: readonly CertificateRow[]): Promise<OrderContent> {
  const orderId = replaced.at(-1)?.orderId ?? null;
  const stored = orderId === null ? undefined : await findOrderContent(ra.db, orderId);
  const content = stored && readOrderContent(stored.bytes);
  const scope = content && ra.authority.current.agencies.get(content.agencyId);
  if (content && scope && isDelegated(scope, content.sponsor, 'sponsor', seconds(ra.now()))) return content;
  throw refusedFor('order-refused', [
    {
      code: 'sponsor-left',
      message: 'whoever sponsored these certificates is no sponsor of the agency today',
      source: 'section 8.4',
      path: 'replaces',
      remedy: 'ask your service desk: another sponsor orders new ones for you',
    },
  ]);
}
