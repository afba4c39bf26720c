import {
  findOrderContent,
  findOrderDraft,
  findOrderNeighbours,
  findOrderRefusal,
  listApprovals,
  listDeliveries,
  listOrderCertificates,
  type OrderRow,
  readPersonNames,
} from '@see/db/ra';
import { activeProfile, isDual, type OrderContent, type OrderDraft, readOrderContent } from '@see/domain';
import { type Actor, actorOf, type Violation } from '@see/http';
import { profileOf } from '@see/policy';
import { type OrderFacts, orderInWords } from '@see/ui';
import type { FastifyRequest } from 'fastify';
import { compareOrder } from '../../operations/compare-order.ts';
import { readEvidence } from '../../operations/order-evidence.ts';
import { enrolmentUrl } from '../../operations/order-view.ts';
import { missingAgreement } from '../../operations/renewal/agree.ts';
import { agencyOf, may } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';

const ENDED = ['issued', 'rejected', 'refused', 'withdrawn', 'lapsed', 'issuing'];

/** What the page of an order shows to this reader. `said`: what was just done, and what is wrong with a form. */
export async function orderFacts(
  ra: Ra,
  request: FastifyRequest,
  order: OrderRow,
  said: Pick<OrderFacts, 'done' | 'decided' | 'errors' | 'rejected'>,
): Promise<OrderFacts> {
  const actor = actorOf(request);
  const approves = may(actor, 'order.approve');
  const reader = { personId: actor.personId, agencyId: agencyOf(actor) };
  const [stored, approvals, refusal, deliveries, certificates, missing, queue] = await Promise.all([
    findOrderContent(ra.db, order.id),
    listApprovals(ra.db, order.id),
    findOrderRefusal(ra.db, order.id),
    listDeliveries(ra.db, order.id),
    listOrderCertificates(ra.db, order.id),
    missingAgreement(ra, order),
    approves ? findOrderNeighbours(ra.db, reader, order) : { previous: undefined, next: undefined },
  ]);
  const content = stored ? readOrderContent(stored.bytes) : await draftContent(ra, order.id);
  const people = await readPersonNames(ra.db, [
    content.applicant,
    content.sponsor,
    ...(content.agent === null ? [] : [content.agent]),
    order.createdBy,
    ...approvals.map((approval) => approval.personId),
  ]);
  const { current } = ra.authority;
  const profileTitle = (id: string): string | undefined => {
    const active = activeProfile(current, id);
    return active && profileOf(active.content).title;
  };
  return {
    now: ra.now(),
    id: order.id,
    subject: order.subject,
    agency: { id: order.agencyId, name: current.agencies.get(order.agencyId)?.name ?? order.agencyId },
    state: order.state,
    stateReason: order.stateReason,
    quorum: content.quorum,
    dual: isDual(content),
    risks: content.risk?.reasons.map(({ reason }) => reason) ?? [],
    approvals: approvals.map(({ personId, credentialId, createdAt }) => ({
      name: people.get(personId) ?? personId,
      personId,
      credentialId,
      at: createdAt,
    })),
    digest: stored?.digest.toHex(),
    evidence: await readEvidence(ra, order.id, content.evidence),
    compared: await compareOrder(ra, order, content),
    sections: orderInWords(content, {
      person: (id) => people.get(id),
      agency: (id) => current.agencies.get(id)?.name,
      profile: profileTitle,
      type: (id) => current.types.get(id)?.title,
    }),
    warnings: [...(missing ? [missing] : []), ...((order.warnings ?? []) as Violation[])],
    createdBy: people.get(order.createdBy) ?? order.createdBy,
    createdAt: order.createdAt,
    approveBefore: order.approveBefore,
    refusal,
    deliveries,
    certificates: certificates.map(({ certificate }) => ({
      sha256: certificate.sha256.toHex(),
      serial: certificate.serial.toHex(),
      profile: profileTitle(certificate.profileId) ?? certificate.profileId,
    })),
    enrolmentUrl: enrolmentUrl(ra, order),
    mayApprove: approves && order.state === 'pending' && stored !== undefined && !missing,
    mayReject: may(actor, 'order.reject') && !ENDED.includes(order.state),
    agree: agreeing(actor, order, missing !== undefined),
    mayWithdraw: may(actor, 'order.withdraw') && !may(actor, 'order.reject') && !ENDED.includes(order.state),
    queue,
    ...said,
  };
}

/** As what the reader may agree to a renewal that waits for its sponsor. */
function agreeing(actor: Actor, { sponsorId }: OrderRow, waits: boolean): OrderFacts['agree'] {
  if (!waits || !may(actor, 'order.agree')) return undefined;
  if (actor.personId === sponsorId) return 'sponsor';
  return actor.role === 'operator' ? 'operator' : undefined;
}

/** A person's order before its code is bound: shown with the same words, without a digest to approve. */
async function draftContent(ra: Ra, id: string): Promise<OrderContent> {
  return { ...((await findOrderDraft(ra.db, id)) as OrderDraft), commitment: null };
}
