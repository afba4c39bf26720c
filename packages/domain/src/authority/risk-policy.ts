import type { CanonicalValue } from '@see/statement';
import type { Fields } from '../fields.ts';
import { refused } from '../refusal.ts';

/** When orders are made as a rule, in the time of a place. */
export type WorkingHours = {
  /** IANA name of the time zone: `Pacific/Auckland`. */
  readonly zone: string;
  /** Local times `hh:mm`: from `from` on and before `until`. */
  readonly from: string;
  readonly until: string;
  /** ISO 8601 days of the week: 1 is Monday. */
  readonly days: readonly number[];
};

/**
 * What makes an order one that needs two approvals although its profile asks for one (section 8.1). Each reason can be
 * switched off: 0 days, false, null. Part of the configuration that two administrators sign, so nobody else weakens it.
 */
export type RiskPolicy = {
  /** Days for which a sponsor counts as new. */
  readonly newSponsorDays: number;
  /** Days for which a domain counts as new in an agency's scope. */
  readonly newDomainDays: number;
  /** Whether a name close to that of somebody of the agency raises the quorum. */
  readonly nearNames: boolean;
  readonly hours: WorkingHours | null;
  /** More orders than `orders` by one person within `minutes`; orders of an import do not count. */
  readonly manyAtOnce: { readonly orders: number; readonly minutes: number } | null;
};

/** The policy of a chain that names none: every reason is switched on. */
export const DEFAULT_RISK_POLICY: RiskPolicy = {
  newSponsorDays: 14,
  newDomainDays: 14,
  nearNames: true,
  hours: { zone: 'Pacific/Auckland', from: '07:00', until: '19:00', days: [1, 2, 3, 4, 5] },
  manyAtOnce: { orders: 20, minutes: 60 },
};

/**
 * The policy that an evaluation instance starts with. It depends on no hour and on no agency being old: of the reasons only
 * the one that everybody can try at any time is on.
 */
export const EVALUATION_RISK_POLICY: RiskPolicy = {
  newSponsorDays: 0,
  newDomainDays: 0,
  nearNames: true,
  hours: null,
  manyAtOnce: null,
};

const TIME = /^([01][0-9]|2[0-3]):[0-5][0-9]$/;
const ZONE = /^[A-Za-z]+(?:[/_+-][A-Za-z0-9_+-]+)*$/;

/**
 * Reads the member `risk` of a configuration; the defaults when there is none, as in chains of before it. Whether this machine
 * knows the time zone is not checked: a chain is read the same everywhere.
 */
export function readRiskPolicy(fields: Fields | undefined): RiskPolicy {
  if (!fields) return DEFAULT_RISK_POLICY;
  const policy = {
    newSponsorDays: fields.integer('newSponsorDays', 0, 365),
    newDomainDays: fields.integer('newDomainDays', 0, 365),
    nearNames: fields.boolean('nearNames'),
    hours: readHours(fields.optionalObject('hours')),
    manyAtOnce: readMany(fields.optionalObject('manyAtOnce')),
  };
  fields.end();
  return policy;
}

function readHours(fields: Fields | null): WorkingHours | null {
  if (fields === null) return null;
  const hours = {
    zone: fields.text('zone', ZONE, 64),
    from: fields.text('from', TIME),
    until: fields.text('until', TIME),
    days: fields.list('days', 1, 7, (item, path) => weekday(item, path)),
  };
  fields.end();
  if (hours.until <= hours.from) throw refused('bad-subject', 'risk.hours: until comes after from on the same day');
  if (hours.days.some((day, index) => index > 0 && day <= (hours.days[index - 1] ?? 0)))
    throw refused('bad-subject', 'risk.hours.days: sorted, none twice');
  return hours;
}

function weekday(item: CanonicalValue, path: string): number {
  if (typeof item !== 'number' || !Number.isInteger(item) || item < 1 || item > 7)
    throw refused('bad-subject', `${path}: 1 (Monday) to 7 is expected`, { path });
  return item;
}

function readMany(fields: Fields | null): RiskPolicy['manyAtOnce'] {
  if (fields === null) return null;
  const many = { orders: fields.integer('orders', 1, 5000), minutes: fields.integer('minutes', 1, 1440) };
  fields.end();
  return many;
}
