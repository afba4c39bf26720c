import type { AgencyScope } from '@see/domain';
import { describe, expect, it } from 'vitest';
import { isWithdrawn } from './withdrawn-agency.ts';

const agency = (status: AgencyScope['status'], ...domains: string[]) => ({ status, domains }) as unknown as AgencyScope;

describe('mail to an agency', () => {
  it.each<[string, AgencyScope[], boolean]>([
    ['that is active', [agency('active', 'a.nz')], false],
    ['that is scoped', [agency('scoped', 'a.nz')], false],
    ['that is suspended', [agency('suspended', 'a.nz')], true],
    ['that was removed', [agency('removed', 'a.nz')], true],
    ['whose domain another has now', [agency('removed', 'a.nz'), agency('active', 'a.nz')], false],
    ['that nobody knows', [agency('suspended', 'b.nz')], false],
    ['below a suspended domain', [agency('suspended', 'nz')], true],
    ['beside a suspended domain', [agency('suspended', 'xa.nz')], false],
  ])('%s is withheld as it should be', (_name, agencies, withheld) => {
    expect(isWithdrawn(['dca@A.nz'], agencies)).toBe(withheld);
  });
});
