import type { RevocationEvent } from '@see/domain';
import { describe, expect, it } from 'vitest';
import { isShown, type ListView } from './shown-by-list.ts';

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 22) + minutes * 60_000);
const event = (kind: RevocationEvent['kind'], minutes: number, reason = 6): RevocationEvent => ({
  id: 2,
  kind,
  reason,
  revokedAt: at(minutes),
});
const list = (minutes: number, listed?: ListView['listed']): ListView => ({ thisUpdate: at(minutes), listed });
const held = (minutes: number) => ({ kind: 'held' as const, reason: 6, revokedAt: at(minutes) });
const revoked = (minutes: number, reason: number) => ({ kind: 'revoked' as const, reason, revokedAt: at(minutes) });
const hold = { revokedAt: at(0) };

describe('what a list shows', () => {
  it.each<[string, RevocationEvent, typeof hold | undefined, ListView, boolean]>([
    ['a release, by not listing it', event('release', 20), hold, list(21), true],
    ['a release that is dated later than the list', event('release', 22), hold, list(21), false],
    ['a release, where it is still held', event('release', 20), hold, list(21, held(0)), false],
    ['a release, where it is revoked', event('release', 20), hold, list(21, revoked(0, 4)), false],
    ['a release, where the hold may not have been known', event('release', 3), hold, list(9), false],
    ['a release of nothing', event('release', 20), undefined, list(21), false],
    ['a release, when the certificate had expired', event('release', 20), hold, list(60), false],
    ['a hold', event('hold', 0), undefined, list(1, held(0)), true],
    ['a hold of a fraction of a second later', event('hold', 0.005), undefined, list(1, held(0)), true],
    ['a hold that the list dates later', event('hold', 0), undefined, list(2, held(1)), false],
    ['a hold that became a revocation', event('hold', 0), undefined, list(2, revoked(0, 4)), true],
    ['a hold that is not listed', event('hold', 0), undefined, list(1), false],
    ['a revocation', event('revoke', 0, 4), undefined, list(1, revoked(0, 4)), true],
    ['a revocation for another reason', event('revoke', 0, 1), undefined, list(1, revoked(0, 4)), false],
    ['a revocation of what is held', event('revoke', 0, 6), undefined, list(1, held(0)), false],
    ['a revocation that the list dates later', event('revoke', 0, 4), undefined, list(2, revoked(1, 4)), false],
  ])('%s', (_name, told, of, view, want) => {
    expect(isShown(told, of, view, at(60))).toBe(want);
    // Where the end of the certificate is not known, it may have left the list by it.
    expect(isShown(told, of, view, undefined)).toBe(want && told.kind !== 'release');
  });
});
