import { randomBytes } from 'node:crypto';
import { DerReader, derInteger, derOctetString, derOid, derSequence, derTime, derUtcTime } from '@see/asn1';
import { describe, expect, it } from 'vitest';
import { buildTbsCertList, type CrlEntryTemplate } from './build-crl.ts';
import { crlNumber } from './extensions/crl-number.ts';
import { encodeName } from './name.ts';
import { parseTbsCertList } from './parse-crl.ts';
import { RevokedEntries } from './revoked-entries.ts';
import { readRevokedEntry } from './revoked-entry.ts';
import { RevokedScanner } from './revoked-scanner.ts';
import { signatureAlgorithm } from './signature-algorithm.ts';

const NOW = new Date('2026-11-22T00:00:00Z');

function listOf(entries: readonly CrlEntryTemplate[]) {
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

/** What the scanner says of each entry, in the form of what `readRevokedEntry` reads. */
function scanned(scanner: RevokedScanner) {
  const found: object[] = [];
  while (scanner.next()) {
    const { octets, at, length, revokedAt, reason, invalidSince, unusual } = scanner;
    found.push({
      serialHex: octets.subarray(at, at + length).toHex(),
      revocationDate: new Date(revokedAt * 1000),
      reason: unusual ? unusual.reason : reason || undefined,
      invalidityDate: invalidSince === 0 ? undefined : new Date(invalidSince * 1000),
    });
  }
  return found;
}

const REASONS = [undefined, 1, 2, 3, 4, 5, 6, 8, 9, 10];

describe('entries of a CRL without objects', () => {
  it('are those that are read with them, whatever they hold', () => {
    const templates = Array.from({ length: 2_000 }, (_, index): CrlEntryTemplate => {
      const serialNumber = new Uint8Array(randomBytes(1 + (index % 20)));
      serialNumber[0] = (serialNumber[0] as number) | 1;
      const reason = REASONS[index % REASONS.length];
      // Now and then after 2049, when times are written in another way.
      const revocationDate = new Date(Date.UTC(1971 + (index % 120), index % 12, 1 + (index % 31), index % 24, 7, 9));
      const since = new Date(revocationDate.getTime() - index * 1000);
      return {
        serialNumber,
        revocationDate,
        ...(reason === undefined ? {} : { reason }),
        ...(index % 3 === 0 ? { invalidityDate: since } : {}),
      };
    });
    // 21 content octets are one too many for the usual form.
    const entries = listOf(
      templates.filter(({ serialNumber }) => serialNumber.length < 20 || (serialNumber[0] as number) < 0x80),
    );
    const read = Array.from(entries, ({ serialHex, revocationDate, reason, invalidityDate }) => ({
      serialHex,
      revocationDate,
      reason,
      invalidityDate,
    }));
    expect(scanned(entries.scan())).toEqual(read);
    expect(read.length).toBeGreaterThan(1_900);
    expect(entries.count()).toBe(read.length);
  });

  it('are counted by their headers, long and short ones', () => {
    const long = derSequence(serial, time, derSequence(reasonOf('0a0101'), derOctetString(new Uint8Array(300))));
    const short = derSequence(serial, time);
    const entriesOf = (...octets: Uint8Array[]) =>
      new RevokedEntries(DerReader.of(derSequence(...octets)).sequence(), 2);
    expect(entriesOf(short, long, short, long).count()).toBe(4);
    expect(() => entriesOf(short, long.subarray(0, -1)).count()).toThrow(
      expect.objectContaining({ code: 'truncated' }),
    );
    expect(() => entriesOf(long, short.subarray(0, -1)).count()).toThrow(
      expect.objectContaining({ code: 'truncated' }),
    );
    expect(new RevokedEntries(undefined, 2).count()).toBe(0);
  });

  const serial = derInteger(5);
  const time = derUtcTime(NOW);
  const reasonOf = (octets: string) => derSequence(derOid('2.5.29.21'), derOctetString(Uint8Array.fromHex(octets)));
  const unusual: [string, Uint8Array][] = [
    ['an explicit reason 0', derSequence(serial, time, derSequence(reasonOf('0a0100')))],
    [
      'a critical reason',
      derSequence(
        serial,
        time,
        derSequence(
          derSequence(derOid('2.5.29.21'), Uint8Array.of(1, 1, 0xff), derOctetString(Uint8Array.of(10, 1, 1))),
        ),
      ),
    ],
    ['a negative serial number', derSequence(Uint8Array.of(2, 1, 0x80), time)],
    ['a long serial number', derSequence(derInteger(new Uint8Array(21).fill(1)), time)],
    ['GeneralizedTime', derSequence(serial, derTime(new Date('2051-01-01T00:00:00Z')))],
    [
      'another extension',
      derSequence(serial, time, derSequence(derSequence(derOid('2.5.29.99'), derOctetString(new Uint8Array(2))))),
    ],
  ];
  it.each(unusual)('with %s are read the long way', (_name, octets) => {
    const scanner = new RevokedScanner(octets, 0, octets.length, 2);
    expect(scanner.next()).toBe(true);
    expect(scanner.unusual?.serialHex).toBe(octets.subarray(scanner.at, scanner.at + scanner.length).toHex());
    expect(scanner.next()).toBe(false);
  });

  it('with one octet changed are refused or read as the long way reads them', () => {
    const whole = derSequence(serial, time, derSequence(reasonOf('0a0103'), derExplicitInvalidity()));
    for (let at = 0; at < whole.length; at += 1) {
      for (const change of [0x01, 0x02, 0x10, 0x80, 0xff]) {
        const octets = Uint8Array.from(whole, (octet, index) => (index === at ? octet ^ change : octet));
        const slow = outcome(() => {
          const { serialHex, revocationDate, reason, invalidityDate } = readRevokedEntry(DerReader.of(octets), 2);
          return { serialHex, revocationDate, reason, invalidityDate };
        });
        const scanner = new RevokedScanner(octets, 0, octets.length, 2);
        const fast = outcome(() => {
          scanner.next();
          return scanned(new RevokedScanner(octets, 0, scanner.to, 2))[0];
        });
        expect([at, change, fast]).toEqual([at, change, slow]);
      }
    }
  });

  function derExplicitInvalidity(): Uint8Array {
    const value = derTime(new Date('2051-01-01T00:00:00Z'));
    return derSequence(derOid('2.5.29.24'), derOctetString(value));
  }
});

function outcome(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return (error as Error).name;
  }
}
