import type { CrlScope } from '@see/issuance';

/** Goes round the parts of each CA, one a look, and goes back to those that were found wrong until they are right. */
export class PartRound {
  readonly #places = new Map<string, number>();
  readonly #wrong = new Map<string, Set<CrlScope>>();

  /** The parts to look at now: the next one, and one that was wrong. None where the CA has none. */
  next(ca: string, parts: readonly CrlScope[]): CrlScope[] {
    const place = this.#places.get(ca) ?? 0;
    this.#places.set(ca, place + 1);
    const [again] = [...(this.#wrong.get(ca) ?? [])].filter((part) => parts.includes(part));
    const turn = parts[place % parts.length];
    return [...new Set([again, turn])].filter((part) => part !== undefined);
  }

  note(ca: string, part: CrlScope, isRight: boolean): void {
    const wrong = this.#wrong.get(ca) ?? new Set();
    if (isRight) wrong.delete(part);
    else wrong.add(part);
    this.#wrong.set(ca, wrong);
  }
}
