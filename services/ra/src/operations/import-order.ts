import type { Refusal } from '@see/domain';
import type { OrderRequest, SubjectPerson } from '@see/policy';
import type { CanonicalValue } from '@see/statement';
import type { Ra } from '../ra.ts';
import { evaluateWish, type OrderMaking } from './evaluate-wish.ts';
import { assessWord } from './personal-evidence.ts';

/** What an import orders for each person that it enters. */
export interface ImportOrder {
  readonly profiles: readonly string[];
  readonly sponsorId: string;
  readonly agentId?: string;
  readonly type?: string;
  readonly organizationName?: string;
  readonly validityDays?: number;
}

/** The request for one person of an import. */
export function importOrderRequest(
  agencyId: string,
  order: ImportOrder,
  person: SubjectPerson,
  evidence: CanonicalValue,
): OrderRequest {
  return {
    kind: 'person',
    agencyId,
    applicant: person.id,
    sponsor: order.sponsorId,
    agent: order.agentId ?? null,
    typeId: typeOf(order),
    ...(order.organizationName === undefined ? {} : { organizationName: order.organizationName }),
    person,
    items: order.profiles.map((profileId) => ({ profileId, csr: null, dnsNames: [] })),
    evidence,
    replaces: [],
    ...(order.validityDays === undefined ? {} : { validityDays: order.validityDays }),
  };
}

/** The type of the certificates that an import orders. */
export function typeOf({ type }: ImportOrder): string {
  return type ?? 'business-card-software';
}

/** No key comes with a person's order. */
export const noKey = async (): Promise<undefined> => undefined;

/** Whoever is put in the place of a person who has no record yet. */
const NOBODY = 'ZZZZZZZZZZZZZZZZ';
const SAMPLE_ID = '00000000-0000-4000-8000-000000000000';

/** What is wrong with the orders of an import: with all of them, and with that of each person. */
export interface ImportOrderCheck {
  readonly general: readonly Refusal[];
  readonly of: (person: Omit<SubjectPerson, 'id'>) => Promise<readonly Refusal[]>;
}

/**
 * Checks what an import would order before anything is written. What would be wrong whoever the person is is found with
 * a plain sample and said once; then persons are not looked at.
 */
export async function checkImportOrder(
  making: OrderMaking & Pick<Ra, 'site'>,
  agencyId: string,
  order: ImportOrder,
  enteredBy: string,
): Promise<ImportOrderCheck> {
  const of = async (person: Omit<SubjectPerson, 'id'>): Promise<readonly Refusal[]> => {
    const request = importOrderRequest(agencyId, order, { ...person, id: NOBODY }, null);
    const evaluation = await evaluateWish(making, request, SAMPLE_ID, noKey);
    return evaluation.ok ? [] : evaluation.violations;
  };
  const domain = making.authority.current.agencies.get(agencyId)?.domains[0] ?? 'example.invalid';
  const sample = { givenName: 'A', surname: 'Person', displayName: 'A Person', email: `a.person@${domain}` };
  const assessed = assessWord(making, agencyId, typeOf(order), order.sponsorId, enteredBy);
  const general = [...(await of(sample)), ...(assessed.ok ? [] : assessed.missing)];
  return { general, of: general.length > 0 ? async () => [] : of };
}
