import { Fields } from './fields.ts';
import { refused } from './refusal.ts';

/**
 * Why an order may need two approvals although its profile asks for one (section 8.1). The first two follow from signed
 * statements, and the signer finds them itself; the others from the database, as ra read it.
 */
export const RISKS = ['new-sponsor', 'new-domain', 'near-name', 'out-of-hours', 'many-at-once'] as const;
export type Risk = (typeof RISKS)[number];

/** Different persons who approve an order with a risk, at least. */
export const RAISED_QUORUM = 2;

export interface RiskReason {
  readonly code: Risk;
  /** In plain words: it is read before the order is signed. */
  readonly reason: string;
}

/** Why the quorum is what it is, and what it would be otherwise. Absent in orders without a risk. */
export interface OrderRisk {
  readonly quorumWithout: number;
  readonly reasons: readonly RiskReason[];
}

/** Reads the member `risk` of an order. Each reason once, in the order of `RISKS`: one meaning has one spelling. */
export function readOrderRisk(fields: Fields, quorum: number): OrderRisk {
  const risk = {
    quorumWithout: fields.integer('quorumWithout', 1, quorum),
    reasons: fields.list('reasons', 1, RISKS.length, (item, path) => {
      const one = new Fields(item, path);
      const reason = { code: one.oneOf('code', RISKS), reason: one.text('reason') };
      one.end();
      return reason;
    }),
  };
  fields.end();
  const places = risk.reasons.map(({ code }) => RISKS.indexOf(code));
  if (places.some((place, index) => index > 0 && place <= (places[index - 1] ?? 0)))
    throw refused('bad-order', '$.risk.reasons: in the order of the catalogue, none twice');
  if (quorum < RAISED_QUORUM)
    throw refused('bad-order', `an order with a risk has a quorum of ${RAISED_QUORUM} at least`);
  return risk;
}
