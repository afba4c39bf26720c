import { listPeople, type Person, readAgencyNames } from '@see/db/ra';
import { nearPeople } from '@see/policy';
import type { Ra } from '../ra.ts';

/** More of either kind are not named. */
const MOST = 5;

/** People who may be meant by an entry. */
export interface PeopleAlike {
  /** Those who are there now under the very same mail address, in whatever agency. */
  readonly byMail: readonly Person[];
  /** Those who are with the same agency now under the same name or one that is close to it (`policy/near-name`). */
  readonly byName: readonly { readonly id: string; readonly displayName: string }[];
}

/** Who is in the registry already that an entry may mean. Given name and surname the other way round are not found. */
export async function peopleAlike(
  ra: Pick<Ra, 'db'>,
  wish: { readonly agencyId: string; readonly displayName: string; readonly email: string },
): Promise<PeopleAlike> {
  const [mail, names] = await Promise.all([
    wish.email.includes('@') ? listPeople(ra.db, { search: wish.email }, MOST, undefined) : { rows: [] },
    readAgencyNames(ra.db, wish.agencyId),
  ]);
  return {
    byMail: mail.rows.filter(({ leftAt }) => leftAt === null),
    byName: wish.displayName === '' ? [] : nearPeople(wish.displayName, names).slice(0, MOST),
  };
}
