import type { CertificateStatus } from '@see/domain';
import { describe, expect, it } from 'vitest';
import { effectiveStatus, type Remembered, type VerifiedRelease } from './effective-status.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 22) + seconds * 1000);
const good: CertificateStatus = { kind: 'good' };
const told = (kind: 'held' | 'revoked', reason: number, seconds: number): CertificateStatus => ({
  kind,
  reason,
  revokedAt: at(seconds),
});
const held = (seconds: number, holdId?: number): Remembered => ({
  kind: 'held',
  reason: 6,
  revokedAt: at(seconds),
  ...(holdId === undefined ? {} : { holdId }),
});
const revoked = (seconds: number, reason = 4): Remembered => ({ kind: 'revoked', reason, revokedAt: at(seconds) });
const release = (holdId: number, seconds: number): VerifiedRelease => ({ holdId, signedFrom: at(seconds) });

describe('effective status (promise 8: revocation goes one way)', () => {
  const cases: {
    name: string;
    told: CertificateStatus;
    releases?: VerifiedRelease[];
    remembered?: (Remembered | undefined)[];
    expected: CertificateStatus;
  }[] = [
    { name: 'nothing is known', told: good, expected: good },
    { name: 'the database says revoked', told: told('revoked', 4, 0), expected: told('revoked', 4, 0) },
    {
      name: 'a revocation vanished from the database',
      told: good,
      remembered: [revoked(0)],
      expected: told('revoked', 4, 0),
    },
    {
      name: 'a revocation turned into a hold in the database',
      told: told('held', 6, 5),
      remembered: [revoked(0)],
      expected: told('revoked', 4, 0),
    },
    {
      name: 'a revocation is not ended by a release',
      told: good,
      releases: [release(7, 10)],
      remembered: [revoked(0)],
      expected: told('revoked', 4, 0),
    },
    {
      name: 'the first date stays, keyCompromise is added',
      told: told('revoked', 1, 50),
      remembered: [revoked(0)],
      expected: told('revoked', 1, 0),
    },
    {
      name: 'keyCompromise is not taken back',
      told: told('revoked', 4, 0),
      remembered: [revoked(0, 1)],
      expected: told('revoked', 1, 0),
    },
    { name: 'a hold vanished', told: good, remembered: [held(0, 7)], expected: told('held', 6, 0) },
    {
      name: 'its own release ends a hold',
      told: good,
      releases: [release(7, 10)],
      remembered: [held(0, 7)],
      expected: good,
    },
    {
      name: 'the release of an earlier hold does not end a later one',
      told: good,
      releases: [release(7, 100)],
      remembered: [held(200, 8)],
      expected: told('held', 6, 200),
    },
    {
      name: 'a release that names an earlier id but was signed later ends it (a restored database numbers anew)',
      told: good,
      releases: [release(3, 300)],
      remembered: [held(200, 8)],
      expected: good,
    },
    {
      name: 'a hold that only a CRL knows ends by a release signed after it',
      told: good,
      releases: [release(7, 10)],
      remembered: [undefined, held(0)],
      expected: good,
    },
    {
      name: 'and not by one signed long before it',
      told: good,
      releases: [release(7, 0)],
      remembered: [undefined, held(3600)],
      expected: told('held', 6, 3600),
    },
    {
      name: 'a release that a list shows ends the hold of which it is, by date',
      told: good,
      releases: [{ heldSince: at(0.9) }],
      remembered: [held(0, 7), held(0)],
      expected: good,
    },
    {
      name: 'and none that began later, whatever the row of that hold says',
      told: good,
      releases: [{ heldSince: at(0) }],
      remembered: [held(1, 7)],
      expected: told('held', 6, 1),
    },
    {
      name: 'a hold became a revocation',
      told: told('revoked', 1, 0),
      remembered: [held(0, 7)],
      expected: told('revoked', 1, 0),
    },
    {
      name: 'the strictest of what is remembered counts',
      told: good,
      releases: [release(7, 10)],
      remembered: [held(0, 7), revoked(5)],
      expected: told('revoked', 4, 5),
    },
  ];
  for (const { name, told: says, releases = [], remembered = [], expected } of cases) {
    it(name, () => expect(effectiveStatus(says, releases, remembered)).toEqual(expected));
  }
});
