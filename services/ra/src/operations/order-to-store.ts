import type { AuditActor, AuditEvent } from '@see/db';
import type { NewOrder } from '@see/db/ra';
import { type OrderDraft, writeOrderContent } from '@see/domain';
import { decodeNames, type OrderEvaluation, type OrderRequest } from '@see/policy';
import { nameAttribute, oid } from '@see/x509';
import { type GivenWord, wordWithOrder } from './personal-evidence.ts';

/** A new order and its audit event, as they are stored together. */
export interface OrderToStore {
  readonly order: NewOrder;
  readonly event: AuditEvent;
  /** The sponsor's word that it gives, with the event of that. */
  readonly word: GivenWord | undefined;
}

/** Puts together what is stored of an order that broke no rule. `detail` goes into its audit event. */
export function orderToStore(
  { draft, csrs, warnings }: Extract<OrderEvaluation, { ok: true }>,
  request: OrderRequest,
  by: AuditActor,
  createdBy: string,
  { byWord, detail }: { readonly byWord: boolean; readonly detail: Readonly<Record<string, unknown>> },
): OrderToStore {
  const names = namesOf(draft);
  const profiles = draft.items.map((item) => item.profileId);
  const createdAt = new Date(draft.createdAt * 1000);
  const given = { id: draft.orderId, applicantId: draft.applicant, sponsorId: draft.sponsor, createdBy };
  return {
    order: {
      id: draft.orderId,
      kind: draft.kind,
      agencyId: draft.agencyId,
      profiles,
      subject: request.person?.displayName ?? names.subject,
      names: names.altNames,
      applicantId: draft.applicant,
      sponsorId: draft.sponsor,
      agentId: draft.agent,
      quorum: draft.quorum,
      risk: draft.risk ?? null,
      draft,
      content: draft.kind === 'csr' ? writeOrderContent({ ...draft, commitment: null }) : undefined,
      warnings,
      deliverTo: draft.deliverTo,
      createdBy,
      createdAt,
      approveBefore: new Date(draft.approveBefore * 1000),
      useBefore: new Date(draft.useBefore * 1000),
      keys: csrs
        .filter((verified) => verified !== null)
        .map(({ csr, key }) => ({ csr: csr.der, spkiSha256: key.sha256 })),
    },
    event: {
      kind: 'order.create',
      outcome: 'success',
      actor: by,
      objectType: 'order',
      objectId: draft.orderId,
      detail: {
        agencyId: draft.agencyId,
        profiles,
        evidence: request.evidence,
        ...(draft.risk ? { risks: draft.risk.reasons.map(({ code }) => code) } : {}),
        ...detail,
      },
    },
    word: byWord ? wordWithOrder(by, given, createdAt.toISOString().slice(0, 10)) : undefined,
  };
}

function namesOf(draft: OrderDraft): { subject: string; altNames: string[] } {
  const all = draft.items.map(decodeNames).filter((names) => names !== undefined);
  const altNames = all.flatMap((names) =>
    names.altNames.map((name) => ('value' in name && typeof name.value === 'string' ? name.value : name.kind)),
  );
  const subject = all[0] ? (nameAttribute(all[0].subject, oid.commonName) ?? '') : '';
  return { subject: altNames[0] ?? subject, altNames: [...new Set(altNames)] };
}
