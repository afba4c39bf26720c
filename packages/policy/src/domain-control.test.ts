import { describe, expect, it } from 'vitest';
import { domainStandings, staleDomains } from './domain-control.ts';
import { STANDARD_EVIDENCE } from './evidence-policy.ts';

const now = new Date('2026-11-22T00:00:00Z');
const ago = (days: number) => new Date(now.getTime() - days * 86_400_000);
const scope = (days: number) => ({
  domains: ['treasury.govt.nz', 'budget.govt.nz'],
  lastVerifiedAt: ago(days).getTime() / 1000,
});
const stale = (days: number, names: readonly string[], evidence: Parameters<typeof domainStandings>[2] = []) =>
  staleDomains(domainStandings(STANDARD_EVIDENCE, scope(days), evidence), names, STANDARD_EVIDENCE, now).map(
    ({ message }) => message,
  );

describe('control of a domain', () => {
  it.each([
    [397.9, 0],
    [398, 1],
  ])('counts for 398 days: %d days after the scope was verified', (days, faults) => {
    expect(stale(days, ['domain-signing-authority@treasury.govt.nz'])).toHaveLength(faults);
  });

  it('is asked of the domains that are in the certificate, and of no other', () => {
    expect(stale(400, ['mail.budget.govt.nz', 'x@BUDGET.govt.nz'])).toEqual([
      'control of budget.govt.nz was last shown on 2025-10-18, more than 398 days ago',
    ]);
    expect(stale(400, ['notbudget.govt.nz', 'budget.govt.nz.evil.example'])).toEqual([]);
  });

  it('is shown again by newer evidence of that very domain', () => {
    const names = ['a@treasury.govt.nz'];
    const shown = (domain: string, days: number) => [
      { domain, method: 'dns-record' as const, recordedAt: ago(days) },
      { domain, method: 'officer-decision' as const, recordedAt: ago(500) },
    ];
    expect(stale(400, names, shown('treasury.govt.nz', 1))).toEqual([]);
    expect(stale(400, names, shown('budget.govt.nz', 1))).toHaveLength(1);
    expect(stale(400, names, shown('treasury.govt.nz', 399))[0]).toContain('last shown on 2025-10-19');
    expect(domainStandings(STANDARD_EVIDENCE, scope(400), shown('treasury.govt.nz', 1))).toMatchObject([
      { domain: 'treasury.govt.nz', by: 'dns-record' },
      { domain: 'budget.govt.nz', by: 'scope-statement' },
    ]);
  });
});
