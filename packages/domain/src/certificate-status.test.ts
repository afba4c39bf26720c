import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CertificateStatus, certificateStatus, type RevocationEvent } from './certificate-status.ts';

const day = (number: number): Date => new Date(number * 86_400_000);
const yes = () => true;

function event(id: number, kind: RevocationEvent['kind'], more: Partial<RevocationEvent> = {}): RevocationEvent {
  return { id, kind, reason: { hold: 6, release: 0, revoke: 4 }[kind], revokedAt: day(id), ...more };
}

describe('certificateStatus', () => {
  it.each<[string, RevocationEvent[], CertificateStatus]>([
    ['nothing happened', [], { kind: 'good' }],
    ['revoked', [event(1, 'revoke')], { kind: 'revoked', reason: 4, revokedAt: day(1) }],
    ['held', [event(1, 'hold')], { kind: 'held', reason: 6, revokedAt: day(1) }],
    ['held and released', [event(1, 'hold'), event(2, 'release')], { kind: 'good' }],
    ['held twice', [event(1, 'hold'), event(2, 'hold')], { kind: 'held', reason: 6, revokedAt: day(1) }],
    [
      'held, released, held',
      [event(1, 'hold'), event(2, 'release'), event(3, 'hold')],
      { kind: 'held', reason: 6, revokedAt: day(3) },
    ],
    [
      'held, then revoked: the date of the hold stays',
      [event(1, 'hold'), event(2, 'revoke')],
      { kind: 'revoked', reason: 4, revokedAt: day(1) },
    ],
    ['revoked, then held', [event(1, 'revoke'), event(2, 'hold')], { kind: 'revoked', reason: 4, revokedAt: day(1) }],
    [
      'revoked, then released',
      [event(1, 'revoke'), event(2, 'release')],
      { kind: 'revoked', reason: 4, revokedAt: day(1) },
    ],
    [
      'held, revoked, released',
      [event(1, 'hold'), event(2, 'revoke'), event(3, 'release')],
      { kind: 'revoked', reason: 4, revokedAt: day(1) },
    ],
    [
      'revoked for another reason later',
      [event(1, 'revoke'), event(2, 'revoke', { reason: 5 })],
      { kind: 'revoked', reason: 4, revokedAt: day(1) },
    ],
    [
      'revoked, its key found compromised later',
      [event(1, 'revoke'), event(2, 'revoke', { reason: 1 })],
      { kind: 'revoked', reason: 1, revokedAt: day(1) },
    ],
    [
      'compromised, then superseded',
      [event(1, 'revoke', { reason: 1 }), event(2, 'revoke')],
      { kind: 'revoked', reason: 1, revokedAt: day(1) },
    ],
    ['a release without a hold', [event(1, 'release')], { kind: 'good' }],
    [
      'an invalidity date',
      [event(1, 'revoke', { invalidityDate: day(0) })],
      { kind: 'revoked', reason: 4, revokedAt: day(1), invalidityDate: day(0) },
    ],
    [
      'an invalidity date that a later reason does not repeat',
      [event(3, 'revoke', { invalidityDate: day(1) }), event(4, 'revoke', { reason: 1 })],
      { kind: 'revoked', reason: 1, revokedAt: day(3), invalidityDate: day(1) },
    ],
    [
      'an invalidity date that moves back',
      [event(3, 'revoke', { invalidityDate: day(2) }), event(4, 'revoke', { reason: 1, invalidityDate: day(1) })],
      { kind: 'revoked', reason: 1, revokedAt: day(3), invalidityDate: day(1) },
    ],
    [
      'an invalidity date that does not move on',
      [event(3, 'revoke', { invalidityDate: day(1) }), event(4, 'revoke', { reason: 1, invalidityDate: day(2) })],
      { kind: 'revoked', reason: 1, revokedAt: day(3), invalidityDate: day(1) },
    ],
    [
      'an invalidity date of the hold',
      [event(3, 'hold', { invalidityDate: day(1) }), event(4, 'revoke')],
      { kind: 'revoked', reason: 4, revokedAt: day(3), invalidityDate: day(1) },
    ],
    [
      'none of a hold that is over',
      [event(2, 'hold', { invalidityDate: day(1) }), event(3, 'release'), event(4, 'revoke')],
      { kind: 'revoked', reason: 4, revokedAt: day(4) },
    ],
  ])('%s', (_name, events, want) => {
    expect(certificateStatus(events, yes)).toEqual(want);
  });

  it('takes no notice of what is not accepted', () => {
    const events = [event(1, 'hold'), event(2, 'release'), event(3, 'revoke')];
    expect(certificateStatus(events, ({ kind }) => kind === 'hold')).toMatchObject({ kind: 'held' });
    expect(certificateStatus(events, () => false)).toEqual({ kind: 'good' });
  });
});

describe('whatever happens', () => {
  const anyEvent = fc.record({
    kind: fc.constantFrom('hold' as const, 'release' as const, 'revoke' as const),
    reason: fc.constantFrom(0, 1, 3, 4, 5, 9),
    invalidity: fc.option(fc.nat(50), { nil: undefined }),
    accepted: fc.boolean(),
  });
  const history = fc.array(anyEvent, { maxLength: 12 });

  /** The status after each event, and the events themselves. */
  function play(list: readonly (typeof anyEvent extends fc.Arbitrary<infer T> ? T : never)[]) {
    const accepted = new Map<RevocationEvent, boolean>();
    const events = list.map((one, index) => {
      const made = event(index + 100, one.kind, {
        ...(one.kind === 'revoke' ? { reason: one.reason } : {}),
        ...(one.invalidity === undefined ? {} : { invalidityDate: day(one.invalidity) }),
      });
      accepted.set(made, one.accepted);
      return made;
    });
    const accepts = (each: RevocationEvent) => accepted.get(each) ?? false;
    const statuses = events.map((_, index) => certificateStatus(events.slice(0, index + 1), accepts));
    return { events, statuses, accepts };
  }

  it('revoked never ends, its date never moves, and compromise is never taken back', () => {
    fc.assert(
      fc.property(history, (list) => {
        const { statuses } = play(list);
        for (const [index, status] of statuses.entries()) {
          const before = statuses[index - 1];
          if (before?.kind !== 'revoked') continue;
          if (status.kind !== 'revoked') throw new Error(`revoked became ${status.kind}`);
          expect(status.revokedAt).toEqual(before.revokedAt);
          if (before.reason === 1) expect(status.reason).toBe(1);
          if (before.invalidityDate)
            expect(Number(status.invalidityDate)).toBeLessThanOrEqual(Number(before.invalidityDate));
        }
      }),
    );
  });

  it('only an accepted release ends a hold', () => {
    fc.assert(
      fc.property(history, (list) => {
        const { events, statuses, accepts } = play(list);
        for (const [index, status] of statuses.entries()) {
          const now = events[index];
          if (!now || statuses[index - 1]?.kind !== 'held' || status.kind !== 'good') continue;
          expect([now.kind, accepts(now)]).toEqual(['release', true]);
        }
      }),
    );
  });

  it('it is what a machine of three states says', () => {
    fc.assert(
      fc.property(history, (list) => {
        const { statuses } = play(list);
        let state = 'good';
        for (const [index, one] of list.entries()) {
          if (one.accepted && state !== 'revoked') {
            state = { hold: 'held', release: 'good', revoke: 'revoked' }[one.kind];
          }
          expect(statuses[index]?.kind).toBe(state);
        }
      }),
    );
  });
});
