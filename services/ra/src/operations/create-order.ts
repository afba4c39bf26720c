import { createHash } from 'node:crypto';
import { type AuditActor, sqlState } from '@see/db';
import { findKeyFact, findOrder, listAuditEvents } from '@see/db/ra';
import { type Actor, Refusal } from '@see/http';
import { ASSESSED, type EvidenceAssessment, type KnownKey, type OrderRequest } from '@see/policy';
import { type CanonicalValue, canonicalBytes } from '@see/statement';
import type { Ra } from '../ra.ts';
import { refusedFor } from '../refusal.ts';
import { assertReplaces } from './assert-replaces.ts';
import { assertFreshDomains } from './domain-evidence.ts';
import { evaluateWish } from './evaluate-wish.ts';
import { findSubject, subjectOf } from './find-subject.ts';
import { orderToStore } from './order-to-store.ts';
import { assessPerson, evidencePolicy } from './personal-evidence.ts';
import { csrOfText } from './read-csr.ts';
import { readRisks } from './risk-readings.ts';
import { storeOrder } from './store-order.ts';

/** What a client asks for when it orders. */
export interface OrderWish {
  readonly agencyId: string;
  readonly applicantId: string;
  readonly sponsorId: string;
  readonly agentId?: string;
  readonly type?: string;
  readonly organizationName?: string;
  readonly items: readonly { readonly profile: string; readonly csr?: string; readonly domains?: readonly string[] }[];
  readonly evidence?: Readonly<Record<string, string>>;
  readonly replaces?: readonly string[];
  readonly validityDays?: number;
}

const UNIQUE_VIOLATION = '23505';

/** The types that a profile's certificates have when the wish names none. */
const USUAL_TYPES: Readonly<Record<string, string>> = {
  'gateway-sign': 'gateway',
  'gateway-encrypt': 'gateway',
  'tls-server': 'device',
};

/**
 * Evaluates a wish and stores the order: complete for approval when it brings its keys, waiting for its code when a
 * person will bring them. Everything that is wrong is said at once and then nothing is stored. With an idempotency key,
 * the same wish by the same person gives the same order again; another wish under the key is refused. `risks` says what is looked
 * at that may raise the quorum.
 */
export async function createOrder(
  ra: Ra,
  actor: Actor,
  by: AuditActor,
  wish: OrderWish,
  idempotencyKey: string | undefined,
  risks = readRisks(ra, actor.personId),
): Promise<{ readonly id: string; readonly created: boolean }> {
  assertParty(actor, wish);
  const wishDigest = createHash('sha256')
    .update(canonicalBytes(plain(wish)))
    .digest('hex');
  const orderId =
    idempotencyKey === undefined ? crypto.randomUUID() : keyedId(ra.instance, actor.personId, idempotencyKey);
  if (idempotencyKey !== undefined && (await findOrder(ra.db, orderId))) {
    return { id: await sameWish(ra, orderId, wishDigest), created: false };
  }
  await assertReplaces(ra, wish);
  const { request, assessed } = await requestOf(ra, actor, wish);
  const known = (spkiSha256: Uint8Array) => knownKey(ra, spkiSha256);
  const evaluation = await evaluateWish(ra, request, orderId, known, risks);
  const missing = assessed && !assessed.ok ? assessed.missing : [];
  if (!evaluation.ok) {
    const aboutCsr = evaluation.violations.every((violation) => violation.path?.endsWith('csr'));
    throw refusedFor(aboutCsr ? 'csr-refused' : 'order-refused', [...evaluation.violations, ...missing]);
  }
  if (missing.length > 0) throw refusedFor('evidence-missing', missing);
  const byWord = assessed?.ok === true && assessed.byWord;
  const toStore = orderToStore(evaluation, request, by, actor.personId, { byWord, detail: { wishDigest } });
  if (toStore.order.profiles.some((profileId) => profileId.startsWith('gateway-')))
    await assertFreshDomains(ra, wish.agencyId, toStore.order.names);
  const stored = storeOrder(ra, toStore);
  try {
    await stored;
  } catch (error) {
    // The same request came twice at once and the other one was first.
    if (idempotencyKey === undefined || sqlState(error) !== UNIQUE_VIOLATION) throw error;
    return { id: await sameWish(ra, orderId, wishDigest), created: false };
  }
  return { id: orderId, created: true };
}

/** Whoever orders is named in the order as what they are, except operators, who may enter it for others. */
export function assertParty(actor: Actor, wish: { readonly sponsorId: string; readonly agentId?: string }): void {
  if (actor.role === 'sponsor' && wish.sponsorId !== actor.personId) {
    throw new Refusal('forbidden', 'A sponsor orders in their own name: sponsorId must be yours.');
  }
  if (actor.role === 'registration-agent' && wish.agentId !== actor.personId) {
    throw new Refusal('forbidden', 'A registration agent is named in the order: agentId must be yours.');
  }
}

/** The request that policy evaluates, and what the evidence of its person is worth. */
async function requestOf(
  ra: Ra,
  actor: Actor,
  wish: OrderWish,
): Promise<{ readonly request: OrderRequest; readonly assessed: EvidenceAssessment | undefined }> {
  const said = Object.keys(wish.evidence ?? {}).find((name) => (ASSESSED as readonly string[]).includes(name));
  if (said !== undefined) {
    const message = `${said} is said by what is on record: see person evidence list PERSON`;
    throw refusedFor('invalid-request', [{ code: 'not-yours-to-say', message, path: 'body/evidence' }]);
  }
  const personal = wish.items.every((item) => item.profile.startsWith('user-') || item.profile === 'operator');
  const kind = wish.items.some((item) => item.csr !== undefined) || !personal ? 'csr' : 'person';
  const typeId = wish.type ?? USUAL_TYPES[wish.items[0]?.profile ?? ''] ?? 'business-card-software';
  const person = personal ? await findSubject(ra, wish, kind === 'person') : undefined;
  const byWord = evidencePolicy(ra).knownToAgency.byNamingInOrder || actor.personId === wish.sponsorId;
  const assessed = person && (await assessPerson(ra, person, [typeId], byWord ? wish.sponsorId : null)).get(typeId);
  const used = assessed?.ok === true ? assessed.used : {};
  const request: OrderRequest = {
    kind,
    agencyId: wish.agencyId,
    applicant: wish.applicantId,
    sponsor: wish.sponsorId,
    agent: wish.agentId ?? null,
    typeId,
    ...(wish.organizationName === undefined ? {} : { organizationName: wish.organizationName }),
    person: person ? subjectOf(person) : null,
    items: wish.items.map((item) => ({
      profileId: item.profile,
      csr: item.csr === undefined ? null : csrOfText(item.csr),
      dnsNames: (item.domains ?? []).map((name) => name.toLowerCase()),
    })),
    evidence: { ...wish.evidence, ...used } as CanonicalValue,
    replaces: wish.replaces ?? [],
    ...(wish.validityDays === undefined ? {} : { validityDays: wish.validityDays }),
  };
  return { request, assessed };
}

/** What is known of a key: where it is certified, whether it is blocked; keys of CAs count as blocked. */
export async function knownKey(ra: Ra, spkiSha256: Uint8Array): Promise<KnownKey | undefined> {
  if (ra.cas.isCaKey(spkiSha256)) return { blocked: 'it is the key of a certification authority', uses: [] };
  return findKeyFact(ra.db, spkiSha256);
}

/** A UUID (version 8, RFC 9562 5.8) that follows from who asks and the key they gave. */
function keyedId(instance: string, personId: string, key: string): string {
  const hash = createHash('sha256').update(`see-pki/order-id/v1\0${instance}\0${personId}\0${key}`).digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return hash
    .toString('hex')
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

async function sameWish(ra: Ra, orderId: string, wishDigest: string): Promise<string> {
  const { rows } = await listAuditEvents(
    ra.db,
    { kind: 'order.create', objectId: orderId, outcome: 'success' },
    1,
    undefined,
  );
  const known = (rows[0]?.detail as { wishDigest?: unknown } | undefined)?.wishDigest;
  if (known === wishDigest) return orderId;
  throw new Refusal(
    'idempotency-mismatch',
    'This Idempotency-Key was used for another order. Use a new key for a new order.',
  );
}

/** The wish without members that are undefined, which have no canonical form. */
function plain(wish: OrderWish): unknown {
  return JSON.parse(JSON.stringify(wish));
}
