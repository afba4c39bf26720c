import { nameKey } from './name-key.ts';
import type { PersonRow } from './read-people.ts';
import type { SeenRows } from './seen-rows.ts';

/** Somebody who is in the registry. */
export interface KnownPerson {
  readonly id: string;
  readonly agencyId: string | null;
  readonly givenName: string | null;
  readonly surname: string;
  readonly displayName: string;
  readonly email: string | null;
  readonly externalId: string | null;
  readonly leftAt: Date | null;
}

/** A row that means somebody who is there already, or may. */
export interface Conflict {
  readonly code: 'already-registered' | 'same-name';
  readonly message: string;
  readonly remedy: string;
  /** The person of the agency, to be shown beside the row; null where the other one is a row above. */
  readonly existing: KnownPerson | null;
  /** The row above that has the same name. */
  readonly sameAsRow: number | null;
  /** Whether somebody decided that the row is created all the same. */
  readonly tolerated: boolean;
}

/** The registry by mail address and, for the agency, by name. */
export interface RegistryIndex {
  readonly agencyId: string;
  readonly byMail: ReadonlyMap<string, readonly KnownPerson[]>;
  readonly byName: ReadonlyMap<string, KnownPerson>;
  /** Those of the agency who are there now, by its own number. */
  readonly byNumber: ReadonlyMap<string, KnownPerson>;
}

export function indexRegistry(people: readonly KnownPerson[], agencyId: string): RegistryIndex {
  const byMail = new Map<string, KnownPerson[]>();
  const byName = new Map<string, KnownPerson>();
  const byNumber = new Map<string, KnownPerson>();
  for (const person of people) {
    if (person.agencyId === agencyId && person.externalId !== null && person.leftAt === null)
      byNumber.set(person.externalId, person);
    if (person.email !== null) {
      const key = person.email.toLowerCase();
      byMail.set(key, [...(byMail.get(key) ?? []), person]);
    }
    const key = nameKey(person.displayName);
    if (person.agencyId === agencyId && !byName.has(key)) byName.set(key, person);
  }
  return { agencyId, byMail, byName, byNumber };
}

/**
 * The conflict of a row without problems. The same mail address means the same person, so the row is not created; the
 * same name may be another person, so that is for somebody to decide. Addresses of people outside of the
 * agency are a problem, not a conflict: see `check-row`.
 */
export function findConflict(
  person: PersonRow,
  registry: RegistryIndex,
  seen: SeenRows,
  sameName: 'skip' | 'create',
): Conflict | null {
  const owners = registry.byMail.get(person.email.toLowerCase()) ?? [];
  const owner = owners.find(({ agencyId }) => agencyId === registry.agencyId);
  if (owner) {
    return {
      code: 'already-registered',
      message: `${person.email} is registered for ${owner.displayName}`,
      remedy: 'leave the row out; a changed name is changed in the person’s record',
      existing: owner,
      sameAsRow: null,
      tolerated: false,
    };
  }
  const namesake = registry.byName.get(nameKey(person.displayName));
  const above = seen.withName(person.displayName);
  if (!namesake && above === undefined) return null;
  return {
    code: 'same-name',
    message: namesake
      ? `the agency has a ${namesake.displayName} with the address ${namesake.email ?? 'unknown'}`
      : `row ${above} has the same name`,
    remedy: 'find out whether it is the same person; create rows of the same name when it is not',
    existing: namesake ?? null,
    sameAsRow: above ?? null,
    tolerated: sameName === 'create',
  };
}
