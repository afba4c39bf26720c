import { describe, expect, it } from 'vitest';
import { speechIn, type View } from '../../view.ts';
import { type HomeFacts, homePage } from './home-page.ts';

const asset = { url: '/assets/none', integrity: 'sha384-none' };
const view = {
  assets: new Proxy({}, { get: () => asset }),
  urls: { va: 'http://localhost:1', portal: 'http://localhost:2', desk: 'http://localhost:3' },
  preset: 'evaluation',
  speech: speechIn('en'),
  here: '/console',
  rootFingerprint: '00'.repeat(32),
} as unknown as View;
const reader = { name: 'Mere', role: 'operator', formToken: 'x', places: [] };
const facts: HomeFacts = {
  now: new Date('2026-11-22T00:00:00Z'),
  pendingOrders: 0,
  oldestPending: undefined,
  refusedOrders: 0,
  queue: { plain: [0, 0, 0], withRisk: [0, 0, 0] },
  expiring: [0, 0, 0],
  stalePeople: 0,
  staleAgencies: 0,
  unendedAgencies: [],
  failedMails: 0,
  waitingReports: 0,
  reviews: 0,
  proposals: 0,
  published: [],
  signing: {
    leaseUntil: new Date('2026-11-22T00:00:10Z'),
    logSize: 10,
    checkpoint: undefined,
    outsideLog: { events: 0, since: undefined },
    keys: [],
  },
  may: { records: true, mails: true },
  more: ['profiles'],
  processes: [],
};

describe('the home page', () => {
  it('is clear when nothing needs anybody', () => {
    const page = homePage(view, reader, facts);
    expect(page).toContain('All clear');
    expect(page).not.toContain('see mail list');
  });

  it.each([
    [1, '1 mail was given up'],
    [2, '2 mails were given up'],
  ])('tells of %d dead letters and where to look', (failedMails, text) => {
    const page = homePage(view, reader, { ...facts, failedMails });
    expect(page).toContain('Needs somebody');
    expect(page).toContain(text);
    expect(page).toContain('href="/console/mails?state=failed"');
  });

  const at = new Date('2026-11-22T00:00:00Z');
  const fetched = { ca: 'gateway', fetchedAt: at, took: 3, newest: undefined } as const;
  const good = {
    ok: true,
    number: undefined,
    until: new Date('2026-11-22T01:00:00Z'),
    behindSince: undefined,
  } as const;
  const behind = (seconds: number) => ({ ...good, behindSince: new Date(at.getTime() - seconds * 1000) });
  it.each([
    [
      'a list that is over',
      { published: [{ ...fetched, kind: 'crl', result: { ...good, until: new Date(0) } }] },
      'no good revocation list of CA gateway',
    ],
    [
      'a part that is none',
      { published: [{ ...fetched, kind: 'part', result: { ok: false, fault: 'status' } }] },
      'no good revocation list of CA gateway',
    ],
    [
      'a list behind which is a newer one',
      { published: [{ ...fetched, kind: 'delta', result: behind(120) }] },
      'an old revocation list of CA gateway: a newer one was made 2 minutes ago',
    ],
    [
      'an answer that is none',
      { published: [{ ...fetched, kind: 'ocsp', result: { ok: false, fault: 'signature' } }] },
      'no good OCSP answer about certificates of CA gateway',
    ],
    [
      'a signer without its lease',
      { signing: { ...facts.signing, leaseUntil: new Date(0) } },
      'no signer holds the lease',
    ],
    [
      'a log that stands still',
      { signing: { ...facts.signing, outsideLog: { events: 3, since: new Date(0) } } },
      'longer than five minutes',
    ],
    ['records past their review', { stalePeople: 2 }, 'The records of 2 people are past their review.'],
    [
      'a silent process',
      { processes: [{ process: 'worker', seenAt: new Date(0) }] },
      'The process worker was last heard of',
    ],
  ] as const)('tells of %s', (_name, more, text) => {
    const page = homePage(view, reader, { ...facts, ...more });
    expect(page).toContain('Needs somebody');
    expect(page).toContain(text);
  });

  it('is clear with lists and answers that hold', () => {
    const published = [
      { ...fetched, kind: 'crl', result: good, newest: 4 },
      { ...fetched, kind: 'part', result: behind(50) },
      { ...fetched, kind: 'ocsp', result: good },
    ] as const;
    expect(homePage(view, reader, { ...facts, published })).toContain('All clear');
  });

  it('tells of a removed agency whose certificates are good, and what ends them', () => {
    const page = homePage(view, reader, { ...facts, unendedAgencies: ['treasury'] });
    expect(page).toContain('Needs somebody');
    expect(page).toContain('see agency abolish treasury');
  });
});
