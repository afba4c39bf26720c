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
  expiringCertificates: 0,
  staleAgencies: 0,
  unendedAgencies: [],
  failedMails: 0,
  waitingReports: 0,
  reviews: 0,
  proposals: 0,
  crls: [],
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
    expect(page).toContain('see mail list --state failed');
  });

  it('tells of a removed agency whose certificates are good, and what ends them', () => {
    const page = homePage(view, reader, { ...facts, unendedAgencies: ['treasury'] });
    expect(page).toContain('Needs somebody');
    expect(page).toContain('see agency abolish treasury');
  });
});
