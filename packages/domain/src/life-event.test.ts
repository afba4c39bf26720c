import { describe, expect, it } from 'vitest';
import {
  type AffectedCertificate,
  LIFE_EVENT_KINDS,
  LIFE_EVENTS,
  type LifeEventKind,
  type PlannedAction,
  planAction,
  type StatusRules,
} from './life-event.ts';

const now = new Date('2026-11-22T00:00:00Z');
const good: AffectedCertificate = { profileId: 'user-sign', status: 'good', notAfter: new Date('2027-01-01') };
const held = { ...good, status: 'held', reason: 6 } as const;
const revoked = { ...good, status: 'revoked', reason: 3 } as const;
const all: StatusRules = {
  holdPermitted: false,
  revocationReasons: ['keyCompromise', 'affiliationChanged', 'superseded', 'cessationOfOperation'],
};
const holding = { ...all, holdPermitted: true };

describe('what an event does to a certificate', () => {
  it.each<[LifeEventKind, string, AffectedCertificate, StatusRules | undefined, PlannedAction]>([
    ['leaver', 'good', good, all, { action: 'revoke', reason: 'affiliationChanged' }],
    ['leaver', 'held', held, holding, { action: 'revoke', reason: 'affiliationChanged' }],
    ['leaver', 'revoked', revoked, all, { action: 'none', because: 'revoked' }],
    ['leaver', 'expired', { ...good, notAfter: now }, all, { action: 'none', because: 'expired' }],
    ['leaver', 'without a profile', good, undefined, { action: 'revoke', reason: 'affiliationChanged' }],
    [
      'leaver',
      'of a profile without the reason',
      good,
      { ...all, revocationReasons: ['superseded'] },
      { action: 'revoke', reason: 'superseded' },
    ],
    ['death', 'good', good, all, { action: 'revoke', reason: 'cessationOfOperation' }],
    ['mover', 'good', good, all, { action: 'revoke', reason: 'affiliationChanged' }],
    ['name-change', 'good', good, all, { action: 'revoke', reason: 'affiliationChanged' }],
    ['lost-token', 'that may be held', good, holding, { action: 'hold' }],
    ['lost-token', 'that is held', held, holding, { action: 'none', because: 'held' }],
    ['lost-token', 'that can not be held', good, all, { action: 'revoke', reason: 'superseded' }],
    ['lost-key', 'good', good, holding, { action: 'revoke', reason: 'keyCompromise' }],
    ['lost-key', 'revoked for another reason', revoked, all, { action: 'revoke', reason: 'keyCompromise' }],
    ['lost-key', 'revoked for it', { ...revoked, reason: 1 }, all, { action: 'none', because: 'revoked' }],
    [
      'lost-key',
      'of a gateway',
      { ...good, profileId: 'gateway-sign' },
      all,
      { action: 'none', because: 'two-operators' },
    ],
  ])('%s: %s', (kind, _name, certificate, rules, want) => {
    expect(planAction(LIFE_EVENTS[kind], certificate, rules, now)).toEqual(want);
  });

  it('ends access in every case but that of a token which may be found', () => {
    for (const kind of LIFE_EVENT_KINDS) {
      const plan = planAction(LIFE_EVENTS[kind], good, holding, now);
      expect(plan.action, kind).toBe(kind === 'lost-token' ? 'hold' : 'revoke');
    }
  });
});
