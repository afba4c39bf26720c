import type { Authority } from '@see/domain';
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
}
