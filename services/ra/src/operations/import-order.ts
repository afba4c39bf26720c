import type { Database, Tx } from '@see/db';
import type { OrderRisk, Refusal } from '@see/domain';
import type { OrderRequest, SubjectPerson } from '@see/policy';
import type { CanonicalValue } from '@see/statement';
import type { Ra } from '../ra.ts';
import { evaluateWish, type OrderMaking } from './evaluate-wish.ts';
import { assessWord } from './personal-evidence.ts';
import { noReadings, type ReadRisks, readImportRisks } from './risk-readings.ts';

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
  readonly of: (person: RowPerson) => Promise<readonly Refusal[]>;
  /** By row, for those of which it was asked and whose order would need a second approval, as things are now. */
  readonly risks: ReadonlyMap<number, OrderRisk>;
}

type RowPerson = Omit<SubjectPerson, 'id'> & { readonly row: number };

/**
 * Checks what an import would order before anything is written. What would be wrong whoever the person is is found with
 * a plain sample and said once; then persons are not looked at. Names are held against the agency's and the rows above.
 */
export async function checkImportOrder(
  db: Database | Tx,
  making: OrderMaking & Pick<Ra, 'site'>,
  agencyId: string,
  order: ImportOrder,
  enteredBy: string,
): Promise<ImportOrderCheck> {
  const names = await readImportRisks(db, making, agencyId);
  const risks = new Map<number, OrderRisk>();
  const evaluate = (person: Omit<SubjectPerson, 'id'>, readings: ReadRisks) =>
    evaluateWish(
      making,
      importOrderRequest(agencyId, order, { ...person, id: NOBODY }, null),
      SAMPLE_ID,
      noKey,
      readings,
    );
  const of = async ({ row, ...person }: RowPerson): Promise<readonly Refusal[]> => {
    const evaluation = await evaluate(person, names.of);
    if (!evaluation.ok) return evaluation.violations;
    if (evaluation.draft.risk) risks.set(row, evaluation.draft.risk);
    names.add({ id: `row ${row}`, displayName: person.displayName });
    return [];
  };
  const domain = making.authority.current.agencies.get(agencyId)?.domains[0] ?? 'example.invalid';
  const sample = { givenName: 'A', surname: 'Person', displayName: 'A Person', email: `a.person@${domain}` };
  const assessed = assessWord(making, agencyId, typeOf(order), order.sponsorId, enteredBy);
  const tried = await evaluate(sample, noReadings);
  const general = [...(tried.ok ? [] : tried.violations), ...(assessed.ok ? [] : assessed.missing)];
  return { general, of: general.length > 0 ? async () => [] : of, risks };
}
