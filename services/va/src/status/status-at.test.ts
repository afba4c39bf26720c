import type { CertificateStatus } from '@see/domain';
import { describe, expect, it } from 'vitest';
import type { Remembered } from './effective-status.ts';
import { type PastFacts, statusAt } from './status-at.ts';
import type { Judgement } from './status-judge.ts';

const time = (day: number) => new Date(Date.UTC(2026, 10, day));
const validity = { notBefore: time(1), notAfter: time(20) };
const judged = (status: CertificateStatus, releases: Judgement['releases'] = []): Judgement => ({
  status,
  releases,
  holdId: undefined,
  uncounted: false,
});
const good = judged({ kind: 'good' });
const held = (day: number): CertificateStatus & Remembered => ({ kind: 'held', reason: 6, revokedAt: time(day) });
const revoked = (day: number, invalid?: number): CertificateStatus & Remembered => ({
  kind: 'revoked',
  reason: 1,
  revokedAt: time(day),
  ...(invalid === undefined ? {} : { invalidityDate: time(invalid) }),
});

const usual: PastFacts = { at: time(10), validity, past: good, present: good, remembered: [] };

describe('the status at a time', () => {
  it.each<[string, Partial<PastFacts>, string, Date?]>([
    ['of a certificate that nothing was ever recorded of', {}, 'good'],
    ['at its first and last moment', { at: time(1) }, 'good'],
    ['at its last moment', { at: time(20) }, 'good'],
    ['before', { at: new Date(time(1).getTime() - 1) }, 'not-yet-valid'],
    ['after', { at: new Date(time(20).getTime() + 1) }, 'expired'],
    ['without octets that the CA signed', { validity: undefined }, 'unknown'],
    ['after a revocation', { past: judged(revoked(9)), present: judged(revoked(9)) }, 'revoked', time(9)],
    ['before a revocation', { present: judged(revoked(11)), remembered: [revoked(11)] }, 'good'],
    [
      'after its end, revoked before',
      { at: time(21), past: judged(revoked(9)), present: judged(revoked(9)) },
      'revoked',
      time(9),
    ],
    ['on hold', { past: judged(held(9)), present: judged(held(9)), remembered: [held(9)] }, 'held', time(9)],
    ['on hold then, released since', { past: judged(held(9)) }, 'held', time(9)],
    [
      'on hold then, revoked since: the hold, though memory dates the revocation from it',
      { past: judged(held(9)), present: judged(revoked(9)), remembered: [revoked(9)] },
      'held',
      time(9),
    ],
    [
      'released then, on hold again since',
      {
        past: judged({ kind: 'good' }, [{ holdId: 1, signedFrom: time(9) }]),
        present: judged(held(11)),
        remembered: [held(11)],
      },
      'good',
    ],
    [
      'on a list that was in force, released before the time',
      { past: judged({ kind: 'good' }, [{ holdId: 1, signedFrom: time(9) }]), remembered: [held(8)] },
      'good',
    ],
    ['of what vanished from the database, but not from a list', { remembered: [revoked(9)] }, 'revoked', time(9)],
    ['of a hold that vanished', { remembered: [held(9)] }, 'held', time(9)],
    ['of what vanished, before it', { remembered: [revoked(11)] }, 'good'],
    [
      'of a revocation whose beginning was moved in the database',
      { present: judged(revoked(12)), remembered: [revoked(9)] },
      'revoked',
      time(9),
    ],
    ['without octets, but on a list', { validity: undefined, remembered: [revoked(9)] }, 'revoked', time(9)],
  ])('%s', (_name, facts, status, since) => {
    const found = statusAt({ ...usual, ...facts });
    expect([found.status, found.since, found.retroactive]).toEqual([status, since, false]);
  });

  it.each<[string, Partial<PastFacts>, string, boolean]>([
    ['before its invalidity date', { present: judged(revoked(12, 11)) }, 'good', false],
    ['from its invalidity date on', { present: judged(revoked(12, 10)) }, 'revoked', true],
    [
      'on hold, from its invalidity date on',
      { past: judged(held(9)), present: judged(revoked(9, 9)) },
      'revoked',
      true,
    ],
    [
      'that the events tell of and memory does not',
      { present: judged(revoked(12, 8)), remembered: [revoked(12)] },
      'revoked',
      true,
    ],
    ['that only a list tells of', { remembered: [revoked(12, 8)] }, 'revoked', true],
    [
      'that had been revoked by then',
      { past: judged(revoked(9, 8)), present: judged(revoked(9, 8)) },
      'revoked',
      false,
    ],
  ])('of a certificate whose revocation says that it was invalid before, %s', (_name, facts, status, retroactive) => {
    const found = statusAt({ ...usual, ...facts });
    expect([found.status, found.retroactive]).toEqual([status, retroactive]);
  });
});
