import type { CanonicalValue } from '@see/statement';
import { refused } from './refusal.ts';

type Members = { readonly [key: string]: CanonicalValue };

/**
 * Reads the members of a canonical object one by one and refuses what was not read, so that nothing is signed that
 * nobody looked at. Every accessor throws RefusedError `bad-subject` naming the path.
 */
export class Fields {
  readonly #members: Members;
  readonly #path: string;
  readonly #seen = new Set<string>();

  constructor(value: CanonicalValue | undefined, path: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw fault(path, 'an object is expected');
    this.#members = value as Members;
    this.#path = path;
  }

  #take(name: string): CanonicalValue | undefined {
    this.#seen.add(name);
    return Object.hasOwn(this.#members, name) ? this.#members[name] : undefined;
  }

  /** Whether a member is there; it still has to be read. */
  has(name: string): boolean {
    return Object.hasOwn(this.#members, name);
  }

  text(name: string, pattern?: RegExp, max = 400): string {
    const value = this.#take(name);
    if (typeof value !== 'string' || value.length === 0 || value.length > max)
      throw fault(this.#at(name), `text of 1 to ${max} characters is expected`);
    if (pattern && !pattern.test(value)) throw fault(this.#at(name), `does not match ${pattern.source}`);
    return value;
  }

  /** Text or null. Absent is not the same as null: one meaning has one spelling. */
  optionalText(name: string, pattern?: RegExp, max = 400): string | null {
    return this.#take(name) === null ? null : this.text(name, pattern, max);
  }

  integer(name: string, min: number, max: number): number {
    const value = this.#take(name);
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < min || value > max)
      throw fault(this.#at(name), `a whole number from ${min} to ${max} is expected`);
    return value;
  }

  boolean(name: string): boolean {
    const value = this.#take(name);
    if (typeof value !== 'boolean') throw fault(this.#at(name), 'true or false is expected');
    return value;
  }

  oneOf<const T extends string>(name: string, values: readonly T[]): T {
    const value = this.#take(name);
    const found = values.find((candidate) => candidate === value);
    if (found === undefined) throw fault(this.#at(name), `one of ${values.join(', ')} is expected`);
    return found;
  }

  texts(name: string, min: number, max: number, pattern?: RegExp): string[] {
    return this.list(name, min, max, (item, path) => {
      if (typeof item !== 'string' || item.length === 0 || item.length > 400) throw fault(path, 'text is expected');
      if (pattern && !pattern.test(item)) throw fault(path, `does not match ${pattern.source}`);
      return item;
    });
  }

  list<T>(name: string, min: number, max: number, read: (item: CanonicalValue, path: string) => T): T[] {
    const value = this.#take(name);
    if (!Array.isArray(value) || value.length < min || value.length > max)
      throw fault(this.#at(name), `a list of ${min} to ${max} is expected`);
    return (value as readonly CanonicalValue[]).map((item, index) => read(item, `${this.#at(name)}[${index}]`));
  }

  object(name: string): Fields {
    return new Fields(this.#take(name), this.#at(name));
  }

  /** An object or null; absent is refused. */
  optionalObject(name: string): Fields | null {
    const value = this.#take(name);
    return value === null ? null : new Fields(value, this.#at(name));
  }

  /** Ends the reading: a member that no accessor asked for is refused. */
  end(): void {
    for (const name of Object.keys(this.#members)) {
      if (!this.#seen.has(name)) throw fault(this.#at(name), 'unknown member');
    }
  }

  #at(name: string): string {
    return `${this.#path}.${name}`;
  }
}

function fault(path: string, message: string) {
  return refused('bad-subject', `${path}: ${message}`, { path });
}
