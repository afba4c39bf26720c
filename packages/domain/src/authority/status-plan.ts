import type { CanonicalValue } from '@see/statement';
import { Fields } from '../fields.ts';
import { refused } from '../refusal.ts';

/** Keys of OCSP responders that the validation authority may make. */
export const RESPONDER_KEYS = ['P-384', 'P-256', 'RSA-3072'] as const;

/** Which revocation lists one CA has besides its full ones. */
export type CrlPlan = {
  readonly ca: string;
  /** Whether revocations between two full lists are told by delta CRLs (RFC 5280 5.2.4). */
  readonly delta: boolean;
  /**
   * In how many parts certificates are listed, by parts of the serial numbers; powers of two, rising. New certificates name the
   * list of the last of them; those of before stay published as long as certificates name them, so none is ever left out.
   */
  readonly shards: readonly number[];
};

/** How status is published. Part of the configuration that two administrators sign: it decides what certificates point to. */
export type StatusPlan = {
  readonly responderKey: (typeof RESPONDER_KEYS)[number];
  /** CAs that have full lists alone are left out. */
  readonly crls: readonly CrlPlan[];
};

/** The plan of a chain that names none. */
export const DEFAULT_STATUS_PLAN: StatusPlan = { responderKey: 'P-384', crls: [] };

const MOST_SHARDS = 1_024;

/** Reads the member `status` of a configuration; the default when there is none. Whether there is such a CA is not checked. */
export function readStatusPlan(fields: Fields | undefined): StatusPlan {
  if (!fields) return DEFAULT_STATUS_PLAN;
  const plan = {
    responderKey: fields.oneOf('responderKey', RESPONDER_KEYS),
    crls: fields.list('crls', 0, 20, (item, path) => readCrlPlan(new Fields(item, path))),
  };
  fields.end();
  if (new Set(plan.crls.map(({ ca }) => ca)).size !== plan.crls.length)
    throw refused('bad-subject', 'status.crls: each CA once');
  return plan;
}

function readCrlPlan(fields: Fields): CrlPlan {
  const plan = {
    ca: fields.text('ca', /^[a-z]{1,20}$/),
    delta: fields.boolean('delta'),
    shards: fields.list('shards', 0, 5, shardCount),
  };
  fields.end();
  if (plan.shards.some((count, index) => index > 0 && count <= (plan.shards[index - 1] ?? 0)))
    throw refused('bad-subject', `status.crls of ${plan.ca}: shards are rising`);
  return plan;
}

function shardCount(item: CanonicalValue, path: string): number {
  if (
    typeof item !== 'number' ||
    !Number.isInteger(item) ||
    item < 2 ||
    item > MOST_SHARDS ||
    (item & (item - 1)) !== 0
  )
    throw refused('bad-subject', `${path}: a power of two from 2 to ${MOST_SHARDS} is expected`, { path });
  return item;
}

/** The plan of a CA: full lists alone where none is named. */
export function crlPlanOf(plan: StatusPlan, ca: string): CrlPlan {
  return plan.crls.find((one) => one.ca === ca) ?? { ca, delta: false, shards: [] };
}

/** Refuses a plan that takes away parts to which certificates may point. Throws RefusedError `shards-fixed`. */
export function assertKeepsShards(before: StatusPlan, after: StatusPlan): void {
  for (const { ca, shards } of before.crls) {
    const kept = new Set(crlPlanOf(after, ca).shards);
    const lost = shards.filter((count) => !kept.has(count));
    if (lost.length > 0)
      throw refused('shards-fixed', `certificates of ${ca} point to lists in ${lost.join(', ')} parts`);
  }
}
