import { derInteger, derNull, derSequence, derTime } from '@see/asn1';
import {
  buildTbsCertList,
  type CrlEntryTemplate,
  crlNumber,
  encodeExtensions,
  encodeName,
  parseTbsCertList,
  type RevokedEntries,
  signatureAlgorithm,
} from '@see/x509';
import { describe, expect, it } from 'vitest';
import { ListedEntries, type ListedSerial } from './listed-entries.ts';

const NOW = new Date('2026-11-22T00:00:00Z');
const CRITICAL = { oid: '1.2.3', critical: true, value: derNull() };

function entriesOf(entries: readonly CrlEntryTemplate[]): RevokedEntries {
  return parseTbsCertList(
    buildTbsCertList({
      signatureAlgorithmDer: signatureAlgorithm('ecdsa-sha384'),
      issuerDer: encodeName([]),
      thisUpdate: NOW,
      nextUpdate: new Date('2026-11-24T00:00:00Z'),
      extensions: [crlNumber(1n)],
      entries,
    }),
  ).entries;
}

/** An entry whose serial number has 16 octets and ends in `number`. */
function entry(number: number, more: Partial<CrlEntryTemplate> = {}): CrlEntryTemplate {
  const serialNumber = new Uint8Array(16).fill(0x41);
  new DataView(serialNumber.buffer).setUint32(12, number);
  return { serialNumber, revocationDate: new Date(NOW.getTime() - number * 1000), reason: 1, ...more };
}

const told = async (pages: AsyncIterable<readonly ListedSerial[]>) => (await Array.fromAsync(pages)).flat();
const hex = (one: CrlEntryTemplate): string => one.serialNumber.toHex();
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index * 3);

describe('the entries of a CRL', () => {
  it.each([
    ['in order', (list: CrlEntryTemplate[]) => list],
    [
      'in no order',
      (list: CrlEntryTemplate[]) =>
        list.toSorted(
          (one, other) =>
            hex(one)
              .at(-1)
              ?.localeCompare(hex(other).at(-1) ?? '') ?? 0,
        ),
    ],
    ['backwards', (list: CrlEntryTemplate[]) => list.toReversed()],
  ])('%s are found, and no others', async (_name, arrange) => {
    const templates = numbers(1_000).map((number) =>
      entry(number, number % 2 ? { reason: 6 } : { reason: 4, invalidityDate: new Date(NOW.getTime() - 86_400_000) }),
    );
    const short = { serialNumber: Uint8Array.of(0x7f), revocationDate: NOW };
    const listed = await ListedEntries.read(entriesOf(arrange([short, ...templates])));
    expect(listed.size).toBe(1_001);
    for (const { revocationDate, invalidityDate, reason, ...one } of templates) {
      const kind = reason === 6 ? 'held' : 'revoked';
      const dates = { revokedAt: revocationDate, ...(invalidityDate ? { invalidityDate } : {}) };
      expect(listed.find(one.serialNumber.toHex())).toEqual({ kind, reason, ...dates });
    }
    expect(listed.find('7f')).toEqual({ kind: 'revoked', reason: 0, revokedAt: NOW });
    for (const number of numbers(1_000)) expect(listed.find(hex(entry(number + 1)))).toBeUndefined();
    for (const none of ['00', '7e', 'ff'.repeat(20)]) expect(listed.find(none)).toBeUndefined();
    expect(listed.ends?.first.toHex()).toBe('7f');
    expect(listed.ends?.last.toHex()).toBe(hex(entry(2_997)));
  });

  it('that are there twice: the last one counts, in whatever order the list is', async () => {
    for (const others of [[], [entry(9), entry(1)]]) {
      const listed = await ListedEntries.read(entriesOf([entry(5, { reason: 6 }), entry(5, { reason: 1 }), ...others]));
      expect(listed.find(hex(entry(5)))?.kind).toBe('revoked');
    }
  });

  it('of an empty list are none', async () => {
    const listed = await ListedEntries.read(entriesOf([]));
    expect([listed.size, listed.ends, listed.find('41'), await told(listed.news())]).toEqual([
      0,
      undefined,
      undefined,
      [],
    ]);
  });

  it('that are removed from a delta are not listed; elsewhere they are revoked', async () => {
    const removed = entriesOf([entry(5, { reason: 8 })]);
    const delta = await ListedEntries.read(removed, true);
    expect([delta.find(hex(entry(5))), await told(delta.news())]).toEqual([undefined, []]);
    expect((await ListedEntries.read(removed)).find(hex(entry(5)))?.kind).toBe('revoked');
  });

  it('with a critical extension that is not understood, or that can not be read, make the list useless', async () => {
    const list = (extensions: Uint8Array) =>
      parseTbsCertList(
        derSequence(
          derInteger(1),
          signatureAlgorithm('ecdsa-sha384'),
          encodeName([]),
          derTime(NOW),
          derSequence(derSequence(derInteger(1), derTime(NOW)), derSequence(derInteger(2), derTime(NOW), extensions)),
        ),
      ).entries;
    await expect(ListedEntries.read(list(encodeExtensions([CRITICAL])))).rejects.toThrow(/critical extension 1\.2\.3/);
    await expect(ListedEntries.read(list(derSequence()))).rejects.toThrow();
  });
});

describe('what a CRL says that the one before did not say', () => {
  const news = async (before: readonly CrlEntryTemplate[], now: readonly CrlEntryTemplate[]) => {
    const [old, young] = [await ListedEntries.read(entriesOf(before)), await ListedEntries.read(entriesOf(now))];
    return (await told(young.news(old))).map(({ serial, standing }) => [serial, standing.reason]);
  };

  it.each<[string, CrlEntryTemplate[], CrlEntryTemplate[], CrlEntryTemplate[]]>([
    [
      'new ones, first, between and last',
      [entry(2), entry(4)],
      [1, 2, 3, 4, 5].map((n) => entry(n)),
      [entry(1), entry(3), entry(5)],
    ],
    ['another reason', [entry(2, { reason: 6 }), entry(3)], [entry(2), entry(3)], [entry(2)]],
    ['another time', [entry(2)], [entry(2, { revocationDate: NOW })], [entry(2)]],
    ['nothing where entries left', [entry(1), entry(2), entry(3)], [entry(2)], []],
    ['all after an empty one', [], [entry(1), entry(2)], [entry(1), entry(2)]],
    ['nothing when it is empty', [entry(1)], [], []],
  ])('%s', async (_name, before, now, wanted) => {
    expect(await news(before, now)).toEqual(wanted.map((one) => [hex(one), one.reason]));
  });

  it('leaves out what is known', async () => {
    const listed = await ListedEntries.read(entriesOf([entry(1), entry(2, { reason: 6 }), entry(3)]));
    const asked: string[] = [];
    const pages = listed.news(undefined, (octets, at, length, kind) => {
      asked.push(`${octets.subarray(at, at + length).toHex()} ${kind}`);
      return octets[at + length - 1] === 3;
    });
    expect((await told(pages)).map(({ serial }) => serial)).toEqual([hex(entry(1)), hex(entry(2))]);
    const kinds = ['revoked', 'held', 'revoked'];
    expect(asked).toEqual([1, 2, 3].map((number, at) => `${hex(entry(number))} ${kinds[at]}`));
  });

  it('is told in pages, between which others look something up', async () => {
    const many = (count: number, step: number) => Array.from({ length: count }, (_, index) => entry(index * step));
    const old = await ListedEntries.read(entriesOf(many(15_000, 3)));
    const young = await ListedEntries.read(entriesOf(many(45_000, 1)));
    const found: string[] = [];
    let pages = 0;
    for await (const page of young.news(old)) {
      old.find(hex(entry(0)));
      young.find(hex(entry(44_999)));
      found.push(...page.map(({ serial }) => serial));
      pages += 1;
    }
    expect(pages).toBe(3);
    expect(found).toEqual(
      many(45_000, 1)
        .map(hex)
        .filter((_, number) => number % 3 !== 0),
    );
  });
});
