import type { Authority, Refusal } from '@see/domain';
import type { CanonicalValue } from '@see/statement';
import type { PersonRow } from './read-people.ts';
import type { KnownPerson } from './registry-conflict.ts';

/** What somebody decides about a whole import. */
export interface ImportOptions {
  /** What is done with a row whose display name somebody of the agency, or a row above, has already. */
  readonly sameName: 'skip' | 'create';
  /** Whether rows with problems are left out; otherwise one such row refuses the import. */
  readonly leaveOut: boolean;
}

/** What a plan depends on besides the file. */
export interface ImportContext {
  readonly authority: Authority;
  readonly agencyId: string;
  /** Everybody of the agency, and everybody anywhere who has a mail address of the file. */
  readonly registry: readonly KnownPerson[];
  /** Id of the agency's latest import, so that what was confirmed once is not confirmed again. */
  readonly after: string | null;
  readonly options: ImportOptions;
  /** What is ordered for each person who is entered; null when nothing is. */
  readonly order: ImportOrderContext | null;
}

/** An order for each person: the wish, and what would be wrong with it. */
export interface ImportOrderContext {
  /** What is part of the plan's digest. */
  readonly wish: CanonicalValue;
  /** What is wrong whoever the person is. */
  readonly general: readonly Refusal[];
  /** What is wrong with the order for one person; asked row by row in their order. */
  readonly of: (
    person: Pick<PersonRow, 'row' | 'givenName' | 'surname' | 'displayName' | 'email'>,
  ) => Promise<readonly Refusal[]>;
}
