import type { Database } from '@see/db';
import { readStaffAccess, type StaffAccess } from '@see/db/ra';
import { Refusal } from '@see/http';
import { reviewStanding } from './access-review.ts';
import type { HeldRole } from './role-in-force.ts';

/**
 * Who has which staff role since when, and when it was last reviewed, kept in memory so that each request can ask. Call
 * `refresh` on a hint of `see_chain` and at sweeps.
 */
export class AccessReviewBook {
  readonly #db: Database;
  #entries: ReadonlyMap<string, StaffAccess> = new Map();

  constructor(db: Database) {
    this.#db = db;
  }

  async refresh(): Promise<readonly StaffAccess[]> {
    const all = await readStaffAccess(this.#db);
    this.#entries = new Map(all.map((access) => [keyOf(access), access]));
    return all;
  }

  /**
   * For a role that is in force: the refusal (`access-locked`) of an operator whom nobody reviewed in time, else
   * undefined. It is also refused when it is not known since when the role is held, which only happens when the database
   * does not agree with the chain.
   */
  async lockOf(held: Pick<HeldRole, 'personId' | 'role'>, now: Date): Promise<Refusal | undefined> {
    if (held.role !== 'operator') return undefined;
    if (!this.#entries.has(keyOf(held))) await this.refresh();
    const access = this.#entries.get(keyOf(held));
    if (!access) return locked(held.personId, 'It is not known when this role was granted');
    if (reviewStanding(access, now).state !== 'locked') return undefined;
    const since = (access.reviewedAt ?? access.grantedAt).toISOString().slice(0, 10);
    return locked(held.personId, `Nobody has reviewed this operator's access since ${since}, so it is locked`);
  }
}

function keyOf({ personId, role }: Pick<HeldRole, 'personId' | 'role'>): string {
  return `${role} ${personId}`;
}

function locked(personId: string, why: string): Refusal {
  return new Refusal(
    'access-locked',
    `${why}. An administrator who is somebody else opens it again: see operator review confirm ${personId}.`,
  );
}
