import { nameKey } from './name-key.ts';
import type { PersonRow } from './read-people.ts';

/** The rows above the one that is looked at, by what must not, or should not, occur twice. */
export class SeenRows {
  readonly #mails = new Map<string, number>();
  readonly #ids = new Map<string, number>();
  readonly #names = new Map<string, number>();

  add({ row, email, externalId, displayName }: PersonRow): void {
    remember(this.#mails, email.toLowerCase(), row);
    remember(this.#ids, externalId ?? '', row);
    remember(this.#names, nameKey(displayName), row);
  }

  /** Number of the first row above with this mail address. */
  withMail(email: string): number | undefined {
    return this.#mails.get(email.toLowerCase());
  }

  withExternalId(id: string): number | undefined {
    return this.#ids.get(id);
  }

  withName(displayName: string): number | undefined {
    return this.#names.get(nameKey(displayName));
  }
}

function remember(rows: Map<string, number>, key: string, row: number): void {
  if (key !== '' && !rows.has(key)) rows.set(key, row);
}
