import { describe, expect, it } from 'vitest';
import { lookOf, looksNear, NearNames, nearPeople } from './near-name.ts';

const SAME = [
  ['Tāne Mahuta', 'Tane Mahuta'],
  ['Tāne Mahuta', 'Ta\u0304ne Mahuta'],
  ['TĀNE MAHUTA', 'tāne mahuta'],
  ['Anne-Marie O’Neil', 'Anne Marie ONeil'],
  ['Grace Liu', 'Grасе Liu'],
  ['Κatο Ρaul', 'Kato Paul'],
  ['Ian Hill', 'lan Hiil'],
  ['Mary Arnold', 'Mary Amold'],
  ['Bob Weir', 'Bob VVeir'],
  ['Jürgen Groß', 'Jurgen Gross'],
  ['Grace Liu', 'Grace  Liu\u200b'],
  ['Ｇｒａｃｅ Liu', 'Grace Liu'],
  ['Lі', 'Li'],
] as const;

const NEAR = [
  ['John Smith', 'Jon Smith', 'one left out'],
  ['John Smith', 'Johnn Smith', 'one added'],
  ['John Smith', 'John Smyth', 'one changed'],
  ['John Smith', 'Jhon Smith', 'two swapped'],
  ['Jon Smith', 'Jon Smiht', 'the last two swapped'],
  ['Jon Smith', 'Jon Smithe', 'one added at the end'],
  ['Jon Smith', 'Don Smith', 'the first one changed'],
  ['Ana Bel', 'Ana Bes', 'six letters'],
] as const;

const FAR = [
  ['John Smith', 'Jane Smith'],
  ['John Smith', 'Jo Smith'],
  ['John Smith', 'Jonh Smiht'],
  ['John Smith', 'Smith John'],
  ['Jon Smith', 'Son Jmith'],
  ['Ana Be', 'Ana Bo'],
  ['Ana Be', 'Ana Bec'],
  ['Aroha Ngata', 'Aroha Parata'],
] as const;

/** The definition, without a short cut: the least number of changes, where neighbours swapped are one (optimal string alignment). */
function distance(one: string, other: string): number {
  const rows = Array.from({ length: one.length + 1 }, (_, at) => [at, ...Array<number>(other.length).fill(0)]);
  for (let at = 0; at <= other.length; at += 1) (rows[0] as number[])[at] = at;
  const cell = (row: number, column: number): number => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let row = 1; row <= one.length; row += 1) {
    for (let column = 1; column <= other.length; column += 1) {
      const [a, b] = [one[row - 1], other[column - 1]];
      let least = Math.min(
        cell(row - 1, column) + 1,
        cell(row, column - 1) + 1,
        cell(row - 1, column - 1) + Number(a !== b),
      );
      if (a === other[column - 2] && b === one[row - 2]) least = Math.min(least, cell(row - 2, column - 2) + 1);
      (rows[row] as number[])[column] = least;
    }
  }
  return cell(one.length, other.length);
}

const near = (one: string, other: string): boolean => looksNear(lookOf(one), lookOf(other));
const person = (displayName: string, index = 0) => ({ id: `person-${index}`, displayName });

describe('the look of a name', () => {
  it.each(SAME)('%j is that of %j', (one, other) => {
    expect(lookOf(one)).toBe(lookOf(other));
    expect(near(one, other)).toBe(true);
  });
});

describe('two names', () => {
  it.each(NEAR)('%j and %j are near: %s', (one, other) => {
    expect(lookOf(one)).not.toBe(lookOf(other));
    expect([near(one, other), near(other, one)]).toEqual([true, true]);
    expect(new NearNames([person(one)]).near(other)).toEqual([person(one)]);
  });

  it.each(FAR)('%j and %j are not', (one, other) => {
    expect([near(one, other), near(other, one)]).toEqual([false, false]);
    expect(new NearNames([person(one)]).near(other)).toEqual([]);
  });
});

/** Words of a few letters, so that many are near each other. */
function someWords(count: number): string[] {
  let state = 12_345;
  const random = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
  return Array.from({ length: count }, () =>
    Array.from({ length: 5 + random(4) }, () => 'abc'.charAt(random(3))).join(''),
  );
}

describe('the measure', () => {
  it('is a distance of one from six letters on, against the definition', () => {
    const words = someWords(400);
    let found = 0;
    for (const one of words) {
      for (const other of words) {
        const want = one === other || (Math.min(one.length, other.length) >= 6 && distance(one, other) <= 1);
        if (looksNear(one, other) !== want) throw new Error(`${one} and ${other}`);
        found += Number(want);
      }
    }
    expect(found).toBeGreaterThan(words.length);
  });

  it('finds by shape whom it finds by going through all', () => {
    const people = someWords(500).map(person);
    const names = new NearNames(people);
    for (const { displayName } of people) {
      const byShape = names.near(displayName).map(({ id }) => id);
      expect(byShape.sort()).toEqual(
        nearPeople(displayName, people)
          .map(({ id }) => id)
          .sort(),
      );
    }
  });

  it('answers for 3,000 people among 3,000 in well under two seconds', () => {
    const names = someWords(6_000).map((word, index) => `${word}${index.toString(36)} Ngata`);
    const started = performance.now();
    const known = new NearNames(names.slice(0, 3_000).map(person));
    for (const name of names.slice(3_000)) known.near(name);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
