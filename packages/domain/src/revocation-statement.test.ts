import { type CanonicalValue, type Statement, writeStatement } from '@see/statement';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Authority } from './authority/authority.ts';
import { noteOperators, withFormerOperators } from './authority/former-operators.ts';
import {
  accept,
  administrators,
  INSTANCE,
  NOW,
  operators,
  recovery,
  type SampleKey,
  sampleAuthority,
  sampleKey,
  signedBy,
} from './authority/sample-chain.ts';
import { certificateStatus, type RevocationEvent } from './certificate-status.ts';
import {
  countingEvents,
  eventCounts,
  type FormerGrounds,
  readRevocationSubject,
  type StoredStatement,
} from './revocation-statement.ts';

type Subject = { readonly [key: string]: CanonicalValue };

const DAY = 86_400;
const [o1, o2] = operators;
const serial = '4a'.repeat(16);
const user = { ca: 'individual', serial, profileId: 'user-auth' };
const gateway = { ca: 'gateway', serial, profileId: 'gateway-sign' };
const releaseOf = (holdId: number): Subject => ({ ca: 'individual', serial, holdId });
const revokeOf = (ca: string, more: Subject = {}): Subject => ({
  kind: 'revoke',
  reason: 'superseded',
  certificates: [{ ca, serial }],
  ...more,
});

function statement(kind: string, subject: Subject, change: Partial<Statement> = {}) {
  return writeStatement({
    v: 1,
    instance: INSTANCE,
    kind,
    subject,
    notBefore: NOW,
    notAfter: NOW + DAY,
    nonce: 'nonce-nonce-nonce',
    ...change,
  });
}

function stored(
  kind: string,
  subject: Subject,
  keys: readonly SampleKey[],
  change: Partial<Statement> = {},
): StoredStatement {
  const read = statement(kind, subject, change);
  return { bytes: read.bytes, signatures: signedBy(read, ...keys) };
}

const at = (seconds: number): Date => new Date(seconds * 1000);
const hold = { id: 7, revokedAt: at(NOW - DAY) };
const release: RevocationEvent = { id: 8, kind: 'release', reason: 0, revokedAt: at(NOW + 60) };
const revoke: RevocationEvent = { id: 9, kind: 'revoke', reason: 4, revokedAt: at(NOW + 60) };

describe('a release', () => {
  const old = { id: 7, revokedAt: at(NOW - 31 * DAY) };
  const gone = accept(sampleAuthority, 'credential-remove', { credentialId: o1.credentialId });
  const good = stored('hold-release', releaseOf(7), [o1]);
  const swapped = { bytes: statement('hold-release', releaseOf(6)).bytes, signatures: good.signatures };

  it.each<[string, boolean, StoredStatement | undefined, typeof hold | undefined, Authority]>([
    ['signed by one operator', true, good, hold, sampleAuthority],
    ['without a statement', false, undefined, hold, sampleAuthority],
    ['without a signature', false, stored('hold-release', releaseOf(7), []), hold, sampleAuthority],
    [
      'signed by an administrator',
      false,
      stored('hold-release', releaseOf(7), [administrators[0]]),
      hold,
      sampleAuthority,
    ],
    ['signed by recovery keys', false, stored('hold-release', releaseOf(7), [...recovery]), hold, sampleAuthority],
    ['signed by a removed credential', false, good, hold, gone],
    ['of another hold', false, stored('hold-release', releaseOf(6), [o1]), hold, sampleAuthority],
    ['of another hold, with the signature for this one', false, swapped, hold, sampleAuthority],
    ['without a hold', false, good, undefined, sampleAuthority],
    [
      'of another serial number',
      false,
      stored('hold-release', { ...releaseOf(7), serial: '4b'.repeat(16) }, [o1]),
      hold,
      sampleAuthority,
    ],
    [
      'of another CA',
      false,
      stored('hold-release', { ...releaseOf(7), ca: 'operations' }, [o1]),
      hold,
      sampleAuthority,
    ],
    [
      'of another instance',
      false,
      stored('hold-release', releaseOf(7), [o1], { instance: 'other' }),
      hold,
      sampleAuthority,
    ],
    [
      'by a statement of another kind',
      false,
      stored('certificate-revoke', revokeOf('individual'), [o1, o2]),
      hold,
      sampleAuthority,
    ],
    ['by an unknown kind', false, stored('hold-end', releaseOf(7), [o1, o2]), hold, sampleAuthority],
    [
      'with more than it may say',
      false,
      stored('hold-release', { ...releaseOf(7), all: true }, [o1, o2]),
      hold,
      sampleAuthority,
    ],
    ['that is no statement', false, { bytes: Buffer.from('{}'), signatures: [] }, hold, sampleAuthority],
    ['that is no JSON', false, { bytes: new Uint8Array(3), signatures: [] }, hold, sampleAuthority],
    [
      'whose statement has lapsed',
      false,
      stored('hold-release', releaseOf(7), [o1], { notAfter: NOW - DAY }),
      hold,
      sampleAuthority,
    ],
    [
      'before its statement begins',
      false,
      stored('hold-release', releaseOf(7), [o1], { notBefore: NOW + DAY }),
      hold,
      sampleAuthority,
    ],
    [
      'by a clock that is a little ahead',
      true,
      stored('hold-release', releaseOf(7), [o1], { notBefore: NOW + 120 }),
      hold,
      sampleAuthority,
    ],
    ['after thirty days by one operator', false, good, old, sampleAuthority],
    [
      'after thirty days by one operator twice',
      false,
      stored('hold-release', releaseOf(7), [o1, o1]),
      old,
      sampleAuthority,
    ],
    ['after thirty days by two operators', true, stored('hold-release', releaseOf(7), [o1, o2]), old, sampleAuthority],
    [
      'on the thirtieth day by one operator',
      true,
      good,
      { id: 7, revokedAt: at(NOW + 60 - 30 * DAY) },
      sampleAuthority,
    ],
  ])('%s counts: %s', (_name, want, signed, of, authority) => {
    expect(eventCounts(release, user, of, signed, authority)).toBe(want);
  });
});

describe('what was found good before', () => {
  const gone = accept(sampleAuthority, 'credential-remove', { credentialId: o1.credentialId });
  const signed = stored('hold-release', releaseOf(7), [o1]);
  const known = statement('hold-release', releaseOf(7)).digest.toHex();
  const accepted = (digest: Uint8Array) => digest.toHex() === known;

  it('goes on counting when its operator has left, for what it says and for nothing else', () => {
    expect(eventCounts(release, user, hold, signed, gone)).toBe(false);
    expect(eventCounts(release, user, hold, signed, gone, accepted)).toBe(true);
    const other = stored('hold-release', releaseOf(6), [o1]);
    expect(eventCounts(release, user, { ...hold, id: 6 }, other, gone, accepted)).toBe(false);
    expect(eventCounts(release, user, { ...hold, id: 6 }, signed, gone, accepted)).toBe(false);
    expect(eventCounts(release, { ...user, ca: 'operations' }, hold, signed, gone, accepted)).toBe(false);
    expect(eventCounts(release, user, hold, undefined, gone, accepted)).toBe(false);
  });
});

describe('what an operator signed who has left', () => {
  const gone = accept(sampleAuthority, 'role-remove', { personId: o1.personId, role: 'operator' });
  const noted = noteOperators(noteOperators(new Map(), sampleAuthority), gone);
  const former = (isShown: boolean) => ({ authority: withFormerOperators(gone, noted), isShown: () => isShown });
  const counts = (key: SampleKey, grounds?: FormerGrounds) =>
    eventCounts(release, user, hold, stored('hold-release', releaseOf(7), [key]), gone, undefined, grounds);

  it('counts where it is shown that it counted, and not by their word alone', () => {
    expect([counts(o1), counts(o1, former(false)), counts(o1, former(true))]).toEqual([false, false, true]);
    expect(counts(o2, former(false))).toBe(true);
  });

  it('counts for nothing by a key that never had the right', () => {
    const stranger = sampleKey(o1.personId);
    expect([counts(administrators[0], former(true)), counts(stranger, former(true))]).toEqual([false, false]);
    // A key that its person got when they were no operator any more.
    const { personId, publicKey } = stranger;
    const again = accept(gone, 'credential-register', { personId, publicKey, label: 'new' });
    const authority = withFormerOperators(again, noteOperators(noted, again));
    const signed = stored('hold-release', releaseOf(7), [stranger]);
    expect(eventCounts(release, user, hold, signed, again, undefined, { authority, isShown: () => true })).toBe(false);
  });
});

describe('a revocation', () => {
  const two = stored('certificate-revoke', revokeOf('gateway'), [o1, o2]);
  const personal = stored('certificate-revoke', revokeOf('individual'), [o1, o2]);
  const alone = stored('certificate-revoke', revokeOf('individual'), [o1]);
  const forged = stored('hold-release', releaseOf(7), []);
  const named = { ...revoke, statementDigest: new Uint8Array(48) };

  it.each<[string, boolean, RevocationEvent, typeof user, StoredStatement | undefined]>([
    ["of a person's certificate needs nothing", true, revoke, user, undefined],
    ["of a person's certificate by a statement of two", true, named, user, personal],
    ["of a person's certificate by a statement of one", false, named, user, alone],
    ["of a person's certificate by a statement about something else", false, named, user, two],
    ["of a person's certificate by a statement that is gone", false, named, user, undefined],
    [
      "hold of a person's certificate in the name of a release",
      false,
      { ...named, kind: 'hold', reason: 6 },
      user,
      forged,
    ],
    ["hold of a person's certificate needs nothing", true, { ...revoke, kind: 'hold', reason: 6 }, user, undefined],
    ['of a gateway by two operators', true, revoke, gateway, two],
    [
      'of a gateway after its statement has lapsed',
      true,
      revoke,
      gateway,
      stored('certificate-revoke', revokeOf('gateway'), [o1, o2], { notAfter: NOW }),
    ],
    ['of a gateway without a statement', false, revoke, gateway, undefined],
    ['of a gateway by one operator', false, revoke, gateway, stored('certificate-revoke', revokeOf('gateway'), [o1])],
    ['of a gateway for another reason', false, { ...revoke, reason: 1 }, gateway, two],
    ['of another gateway', false, revoke, { ...gateway, serial: '4b'.repeat(16) }, two],
    [
      'of the other gateway certificate of two that are named',
      true,
      revoke,
      gateway,
      stored(
        'certificate-revoke',
        revokeOf('gateway', {
          certificates: [
            { ca: 'gateway', serial: '4b'.repeat(16) },
            { ca: 'gateway', serial },
          ],
        }),
        [o1, o2],
      ),
    ],
    ['of an OCSP responder without a statement', false, revoke, { ...gateway, profileId: 'ocsp-responder' }, undefined],
    [
      'of a gateway by a statement for a hold',
      false,
      revoke,
      gateway,
      stored('certificate-revoke', revokeOf('gateway', { kind: 'hold', reason: 'certificateHold' }), [o1, o2]),
    ],
    [
      'hold of a gateway by a statement to revoke it',
      false,
      { ...revoke, kind: 'hold', reason: 6 },
      gateway,
      stored('certificate-revoke', revokeOf('gateway', { reason: 'certificateHold' }), [o1, o2]),
    ],
    [
      'hold of a gateway by its statement',
      true,
      { ...revoke, kind: 'hold', reason: 6 },
      gateway,
      stored('certificate-revoke', revokeOf('gateway', { kind: 'hold', reason: 'certificateHold' }), [o1, o2]),
    ],
  ])('%s: %s', (_name, want, event, certificate, signed) => {
    expect(eventCounts(event, certificate, undefined, signed, sampleAuthority)).toBe(want);
  });
});

describe('the subject of a revocation statement', () => {
  it('is read', () => {
    expect(readRevocationSubject(statement('hold-release', releaseOf(7)))).toEqual({
      kind: 'release',
      certificates: [{ ca: 'individual', serial }],
      reason: 'unspecified',
      holdId: 7,
    });
    expect(readRevocationSubject(statement('certificate-revoke', revokeOf('tls')))).toEqual({
      kind: 'revoke',
      certificates: [{ ca: 'tls', serial }],
      reason: 'superseded',
      holdId: null,
    });
  });

  it.each<[string, string, Subject, string]>([
    ['another kind', 'agency-scope', revokeOf('tls'), 'unknown-kind'],
    ['no certificate', 'certificate-revoke', revokeOf('tls', { certificates: [] }), 'bad-subject'],
    [
      'over 500 certificates',
      'certificate-revoke',
      revokeOf('tls', { certificates: Array(501).fill({ ca: 'tls', serial }) }),
      'bad-subject',
    ],
    [
      'a serial number in capitals',
      'certificate-revoke',
      revokeOf('tls', { certificates: [{ ca: 'tls', serial: serial.toUpperCase() }] }),
      'bad-subject',
    ],
    ['a reason that is not used', 'certificate-revoke', revokeOf('tls', { reason: 'removeFromCRL' }), 'bad-subject'],
    ['a release among revocations', 'certificate-revoke', revokeOf('tls', { kind: 'release' }), 'bad-subject'],
    ['a hold without id', 'hold-release', { ca: 'tls', serial }, 'bad-subject'],
    ['hold 0', 'hold-release', releaseOf(0), 'bad-subject'],
  ])('with %s is refused', (_name, kind, subject, code) => {
    expect(() => readRevocationSubject(statement(kind, subject))).toThrow(expect.objectContaining({ code }));
  });
});

describe('the events that count', () => {
  const statements = new Map<string, StoredStatement>();
  /** An event on its own day; releases of the holds named, by so many operators. */
  function event(
    id: number,
    kind: RevocationEvent['kind'],
    release?: { hold: number; signers: number },
  ): RevocationEvent {
    const base = { id, kind, reason: { hold: 6, release: 0, revoke: 4 }[kind], revokedAt: at(NOW + id * DAY) };
    if (!release) return base;
    const key = `${release.hold} ${release.signers} ${id}`;
    if (!statements.has(key)) {
      const time = { notBefore: NOW + id * DAY, notAfter: NOW + id * DAY };
      statements.set(key, stored('hold-release', releaseOf(release.hold), operators.slice(0, release.signers), time));
    }
    return { ...base, statementDigest: Buffer.from(key) };
  }
  const counted = (events: readonly RevocationEvent[]) =>
    countingEvents(events, user, (digest) => statements.get(Buffer.from(digest).toString()), sampleAuthority);
  const ids = (...events: RevocationEvent[]): number[] => [...counted(events)].map(({ id }) => id);

  it.each<[string, RevocationEvent[], number[]]>([
    ['hold and release', [event(1, 'hold'), event(2, 'release', { hold: 1, signers: 1 })], [1, 2]],
    [
      'the release of a hold that is over',
      [
        event(1, 'hold'),
        event(2, 'release', { hold: 1, signers: 1 }),
        event(3, 'hold'),
        event(4, 'release', { hold: 1, signers: 3 }),
      ],
      [1, 2, 3],
    ],
    ['a release before its hold', [event(1, 'release', { hold: 2, signers: 1 }), event(2, 'hold')], [2]],
    [
      'a release twice',
      [event(1, 'hold'), event(2, 'release', { hold: 1, signers: 1 }), event(3, 'release', { hold: 1, signers: 1 })],
      [1, 2],
    ],
    ['a late release by one', [event(1, 'hold'), event(32, 'release', { hold: 1, signers: 1 })], [1]],
    ['a late release by two', [event(1, 'hold'), event(32, 'release', { hold: 1, signers: 2 })], [1, 32]],
    [
      'a second hold does not make the first one young',
      [event(1, 'hold'), event(30, 'release'), event(31, 'hold'), event(32, 'release', { hold: 31, signers: 1 })],
      [1, 31],
    ],
  ])('%s', (_name, events, want) => {
    expect(ids(...events)).toEqual(want);
  });

  it('leave no way from revoked to good, nor from held to good without a signed release of that hold', () => {
    const step = fc.oneof(
      fc
        .constantFrom<RevocationEvent['kind']>('hold', 'revoke', 'release')
        .map((kind) => ({ kind, release: undefined })),
      fc.record({ hold: fc.integer({ min: 1, max: 6 }), signers: fc.integer({ min: 0, max: 2 }) }).map((of) => ({
        kind: 'release' as const,
        release: of,
      })),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), (steps) => {
        const events = steps.map(({ kind, release }, index) => event(index + 1, kind, release));
        const counting = counted(events);
        const statusAfter = (count: number) => certificateStatus(events.slice(0, count), (one) => counting.has(one));
        let standing: number | undefined;
        for (const [index, { kind, release }] of steps.entries()) {
          const before = statusAfter(index).kind;
          const after = statusAfter(index + 1).kind;
          if (before === 'revoked') expect(after).toBe('revoked');
          if (before === 'held' && after === 'good') {
            expect(kind).toBe('release');
            expect(release?.hold).toBe(standing);
            expect(release?.signers).toBeGreaterThan(0);
          }
          if (after === 'held') standing ??= index + 1;
          else standing = undefined;
        }
      }),
      { numRuns: 150 },
    );
  });
});
