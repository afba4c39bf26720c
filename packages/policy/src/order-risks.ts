import {
  type AgencyScope,
  type Authority,
  isWithin,
  type OrderDraft,
  type OrderRisk,
  RAISED_QUORUM,
  RISKS,
  type Risk,
  type RiskPolicy,
  type RiskReason,
} from '@see/domain';
import { type GeneralName, parseGeneralNames } from '@see/x509';
import type { NamedPerson } from './near-name.ts';
import { outsideHours } from './working-hours.ts';

/** What ra read of the database and the clock about an order. Nobody signed it, so the signer can not see it for itself. */
export interface RiskReadings {
  /** People of the agency with a name near to that of the person; none when the order is for nobody's name. */
  readonly nearPeople: readonly NamedPerson[];
  /** Orders that the same person made within the policy's minutes before this one; null when they do not count (imports). */
  readonly recentOrders: number | null;
}

/** What is read where nothing is near and nothing was ordered. */
export const NO_READINGS: RiskReadings = { nearPeople: [], recentOrders: null };

/** People named in a reason; more are counted. */
const NAMED = 3;
const MOST_CHARACTERS = 400;
const DAY = 86_400;

/**
 * Why an order needs two approvals where its profile may ask for one: what follows from signed statements, from what ra read,
 * and from the time at which it was made. Undefined when there is no reason.
 */
export function orderRisk(draft: OrderDraft, authority: Authority, readings: RiskReadings): OrderRisk | undefined {
  const policy = authority.configuration.risk;
  const found = new Map<Risk, string>(signedRisks(draft, authority).map(({ code, reason }) => [code, reason]));
  const add = (code: Risk, reason: string | undefined): void => {
    if (reason !== undefined) found.set(code, reason);
  };
  if (policy.nearNames) add('near-name', nearReason(readings.nearPeople));
  if (policy.hours) add('out-of-hours', outsideHours(draft.createdAt, policy.hours));
  add('many-at-once', manyReason(policy, readings.recentOrders));
  const reasons = RISKS.flatMap((code) => {
    const reason = found.get(code);
    return reason === undefined ? [] : [{ code, reason: reason.toWellFormed().slice(0, MOST_CHARACTERS) }];
  });
  return reasons.length === 0 ? undefined : { quorumWithout: draft.quorum, reasons };
}

/** The draft with its risk in it, and the quorum that it raises. */
export function withRisk(draft: OrderDraft, risk: OrderRisk | undefined): OrderDraft {
  return risk ? { ...draft, quorum: Math.max(draft.quorum, RAISED_QUORUM), risk } : draft;
}

/**
 * The risks that follow from the authority chain alone: what a sponsor and a domain had been for how long when the order was
 * made. The signer finds the same and holds the order to it. An agency or sponsor that is none gives no risk: such an order is
 * refused for that.
 */
export function signedRisks(order: OrderDraft, authority: Authority): readonly RiskReason[] {
  const scope = authority.agencies.get(order.agencyId);
  if (!scope) return [];
  const policy = authority.configuration.risk;
  const risks: RiskReason[] = [];
  const since = scope.sponsorsSince.get(order.sponsor);
  if (since !== undefined && isNew(since, order.createdAt, policy.newSponsorDays))
    risks.push({
      code: 'new-sponsor',
      reason: `the sponsor is one since ${day(since)}: ${less(policy.newSponsorDays)}`,
    });
  const fresh = domainsOf(order).flatMap((domain) => {
    const from = domainSince(scope, domain);
    return from !== undefined && isNew(from, order.createdAt, policy.newDomainDays)
      ? [`${domain} since ${day(from)}`]
      : [];
  });
  if (fresh.length > 0) {
    const more = fresh.length > NAMED ? ` and ${fresh.length - NAMED} more` : '';
    const what = `${fresh.slice(0, NAMED).join(', ')}${more}`;
    risks.push({ code: 'new-domain', reason: `new in the agency's scope: ${what}: ${less(policy.newDomainDays)}` });
  }
  return risks;
}

function isNew(since: number, at: number, days: number): boolean {
  return days > 0 && at - since < days * DAY;
}

/** When the oldest entry of the scope that a name lies in came into it; undefined when it lies in none. */
function domainSince(scope: AgencyScope, domain: string): number | undefined {
  const entries = scope.domains.filter((entry) => isWithin(domain, entry));
  if (entries.length === 0) return undefined;
  return Math.min(...entries.map((entry) => scope.domainsSince.get(entry) ?? 0));
}

/** The domains of every name in the certificates, each once; none of names that can not be read, which are refused. */
function domainsOf({ items }: OrderDraft): readonly string[] {
  return [...new Set(items.flatMap((item) => namesIn(item.subjectAltName).flatMap(domainOf)))];
}

function namesIn(base64: string): readonly GeneralName[] {
  try {
    return parseGeneralNames(Uint8Array.fromBase64(base64));
  } catch {
    return [];
  }
}

function domainOf(name: GeneralName): string[] {
  if (name.kind === 'dNSName') return [name.value.replace(/^\*\./, '').toLowerCase()];
  if (name.kind === 'rfc822Name') return [name.value.slice(name.value.lastIndexOf('@') + 1).toLowerCase()];
  return [];
}

function nearReason(people: readonly NamedPerson[]): string | undefined {
  if (people.length === 0) return undefined;
  const named = people.slice(0, NAMED).map(({ displayName, id }) => `${displayName} (${id})`);
  const more = people.length > NAMED ? ` and ${people.length - NAMED} more` : '';
  return `the name is close to that of somebody the agency has already: ${named.join(', ')}${more}`;
}

function manyReason({ manyAtOnce }: RiskPolicy, recent: number | null): string | undefined {
  if (manyAtOnce === null || recent === null || recent < manyAtOnce.orders) return undefined;
  return `order ${recent + 1} by the same person within ${manyAtOnce.minutes} minutes, and more than ${manyAtOnce.orders} are unusual`;
}

function day(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

function less(days: number): string {
  return `less than ${days} days before the order`;
}
