import type { Database, Tx } from '@see/db';
import { countOrdersBy, readAgencyNames } from '@see/db/ra';
import type { RiskPolicy } from '@see/domain';
import { NearNames, NO_READINGS, nearPeople, type OrderRequest, type RiskReadings } from '@see/policy';
import type { Ra } from '../ra.ts';

/** What gives the readings of a request. Asked once an order. */
export type ReadRisks = (request: OrderRequest) => RiskReadings | Promise<RiskReadings>;

/** Nothing is looked at: for samples that nobody orders, and for people whose names were approved before. */
export const noReadings: ReadRisks = () => NO_READINGS;

/**
 * Readings for one order: whether the name of its person is near to that of somebody of the agency, and how many orders
 * whoever makes it made lately. Orders that are made at the very same moment do not see each other.
 */
export function readRisks(ra: Pick<Ra, 'db' | 'authority' | 'now'>, createdBy: string): ReadRisks {
  return async ({ agencyId, person }) => {
    const { nearNames, manyAtOnce } = riskPolicy(ra);
    const [people, recentOrders] = await Promise.all([
      nearNames && person ? readAgencyNames(ra.db, agencyId) : [],
      manyAtOnce && countOrdersBy(ra.db, createdBy, minutesAgo(ra.now(), manyAtOnce.minutes), MOST_COUNTED),
    ]);
    const others = people.filter(({ id }) => id !== person?.id);
    return { nearPeople: person ? nearPeople(person.displayName, others) : [], recentOrders };
  };
}

/**
 * Readings for the orders of an import: names of the agency's people as they are now, and of everybody whom `add` named. How
 * many orders are made is not read: an import was confirmed as a whole.
 */
export async function readImportRisks(
  db: Database | Tx,
  making: Pick<Ra, 'authority'>,
  agencyId: string,
): Promise<{ readonly of: ReadRisks; readonly add: NearNames['add'] }> {
  if (!riskPolicy(making).nearNames) return { of: noReadings, add: () => undefined };
  const names = new NearNames(await readAgencyNames(db, agencyId));
  return {
    of: ({ person }) => ({
      nearPeople: person ? names.near(person.displayName).filter(({ id }) => id !== person.id) : [],
      recentOrders: null,
    }),
    add: (person) => names.add(person),
  };
}

function riskPolicy({ authority }: Pick<Ra, 'authority'>): RiskPolicy {
  return authority.current.configuration.risk;
}

/** More are not counted: the reason names the number. */
const MOST_COUNTED = 10_000;

function minutesAgo(now: Date, minutes: number): Date {
  return new Date(now.getTime() - minutes * 60_000);
}
