import { findOrder, findOrderContent, findPerson, type OrderRow } from '@see/db/ra';
import { type Refusal as Fault, isDelegated, type OrderContent, type OrderItem, readOrderContent } from '@see/domain';
import { ASSESSED, type OrderRequest } from '@see/policy';
import type { CanonicalValue } from '@see/statement';
import { nameAttribute, oid } from '@see/x509';
import { type Ra, seconds } from '../../ra.ts';
import { refusedFor } from '../../refusal.ts';
import { findSubject, subjectOf } from '../find-subject.ts';
import { readEvidence } from '../order-evidence.ts';
import { assessPerson } from '../personal-evidence.ts';
import type { HeldCertificate } from './find-signer.ts';

const DAY_SECONDS = 86_400;

/**
 * What a renewal asks for: what the order of the replaced certificate asked for, with a new CSR. The applicant is whoever
 * was then; the sponsor too, and has to be one today. Evidence of a person is judged anew by its clocks, without a sponsor's
 * word that nobody gives now; what else was seen then is carried over.
 */
export async function renewalRequest(
  ra: Ra,
  signer: HeldCertificate,
  target: HeldCertificate,
  csr: Uint8Array,
): Promise<{ readonly orderRequest: OrderRequest; readonly missing: readonly Fault[]; readonly applicantId: string }> {
  const { order, content, item } = await formerOrder(ra, target);
  const { agencyId, applicant, sponsor } = content;
  assertSponsor(ra, agencyId, sponsor);
  const personal = target.row.personId !== null;
  const person = personal ? await findSubject(ra, { agencyId, applicantId: applicant }, false) : undefined;
  if (!personal) await assertStillHere(ra, applicant);
  const assessed = person && (await assessPerson(ra, person, [item.typeId], null)).get(item.typeId);
  const carried = Object.entries((await readEvidence(ra, order.id, content.evidence)) ?? {}).filter(
    ([name]) => !(ASSESSED as readonly string[]).includes(name) && name !== 'renewal',
  );
  const evidence = {
    ...Object.fromEntries(carried),
    ...(assessed?.ok === true ? assessed.used : {}),
    renewal: `of certificate ${target.row.sha256.toHex()}, asked for under ${signer.row.sha256.toHex()}; evidence of order ${order.id}`,
  };
  const organizationName = nameAttribute(target.certificate.subject, oid.organizationName);
  const orderRequest: OrderRequest = {
    kind: 'csr',
    agencyId,
    applicant,
    sponsor,
    agent: null,
    typeId: item.typeId,
    ...(organizationName === undefined ? {} : { organizationName }),
    person: person ? subjectOf(person) : null,
    items: [{ profileId: target.row.profileId, csr, dnsNames: personal ? [] : domainsOf(target.row.names) }],
    evidence: evidence as CanonicalValue,
    replaces: [target.row.sha256.toHex()],
    validityDays: Math.max(1, Math.floor(item.validitySeconds / DAY_SECONDS)),
  };
  return { orderRequest, missing: assessed && !assessed.ok ? assessed.missing : [], applicantId: applicant };
}

interface Former {
  readonly order: OrderRow;
  readonly content: OrderContent;
  readonly item: OrderItem;
}

async function formerOrder(ra: Ra, target: HeldCertificate): Promise<Former> {
  const id = target.row.orderId;
  const [order, stored] = id === null ? [] : await Promise.all([findOrder(ra.db, id), findOrderContent(ra.db, id)]);
  const content = stored && readOrderContent(stored.bytes);
  const item = content?.items.find(({ profileId }) => profileId === target.row.profileId);
  if (order && content && item) return { order, content, item };
  throw refuse('no-order', 'the certificate was made without an order that could be repeated');
}

function assertSponsor(ra: Ra, agencyId: string, sponsor: string): void {
  const scope = ra.authority.current.agencies.get(agencyId);
  if (scope && isDelegated(scope, sponsor, 'sponsor', seconds(ra.now()))) return;
  throw refuse('sponsor-left', 'whoever sponsored the certificate is no sponsor of the agency today');
}

async function assertStillHere(ra: Ra, personId: string): Promise<void> {
  const custodian = await findPerson(ra.db, personId);
  if (custodian && custodian.leftAt === null) return;
  throw refuse('custodian-left', 'whoever looked after the certificate has left');
}

function refuse(code: string, message: string): ReturnType<typeof refusedFor> {
  const remedy = 'have a sponsor of the agency order the new certificate, with replaces';
  return refusedFor('renewal-refused', [{ code, message, source: 'section 8.4', path: 'request', remedy }]);
}

function domainsOf(names: readonly string[]): string[] {
  return names.map((name) => name.slice(name.lastIndexOf('@') + 1));
}
