import type { Tx } from '@see/db';
import { findStalePeople } from '@see/db/ra';
import type { Refusal as Fault, OrderContent } from '@see/domain';
import { partyViolations } from '@see/policy';
import { type Ra, seconds } from '../../ra.ts';

/**
 * Why orders may not be approved now that could be made: the record of the agency, a delegation or the person is past its
 * review or was changed since (GOV-20). By order id; orders with nothing against them are left out. The signer asks the same of the
 * agency and the delegations, again and by itself.
 */
export async function staleRecords(
  ra: Ra,
  tx: Tx | Ra['db'],
  orders: readonly OrderContent[],
): Promise<ReadonlyMap<string, Fault>> {
  const { current } = ra.authority;
  const at = seconds(ra.now());
  const people = await findStalePeople(
    tx,
    orders.filter(isPersonal).map(({ applicant }) => applicant),
    ra.now(),
  );
  const found = new Map<string, Fault>();
  for (const order of orders) {
    const scope = current.agencies.get(order.agencyId);
    const [first] = scope ? partyViolations(order, scope, at) : [];
    const fault = first ?? (isPersonal(order) && people.has(order.applicant) ? PERSON : undefined);
    if (fault) found.set(order.orderId, fault);
  }
  return found;
}

const PERSON: Fault = {
  code: 'person-stale',
  message: 'the record of the person is past its review date',
  source: 'GOV-20',
  remedy: 'have the agency confirm the record: see person review PERSON',
};

function isPersonal({ items }: OrderContent): boolean {
  return items.some(({ profileId }) => profileId.startsWith('user-') || profileId === 'operator');
}
