import { describe, expect, it } from 'vitest';
import { type SiteReport, siteReportViolations } from './site-report.ts';
import { SITE_TESTS } from './site-tests.ts';

const now = new Date('2026-11-22T00:00:00Z');
const report: SiteReport = {
  product: { name: 'MailMarshal', version: '10', accredited: true },
  testedOn: '2026-11-20',
  testedBy: 'R. Tester',
  results: SITE_TESTS.map(({ id }) => ({ test: id, result: 'passed' })),
};
const codes = (change: Partial<SiteReport>) =>
  siteReportViolations({ ...report, ...change }, now).map(({ code }) => code);
const [first = { test: '', result: 'passed' as const }, ...rest] = report.results;

describe('a report on a site', () => {
  it('certifies it when every test passed on an accredited product', () => {
    expect(report.results.length).toBeGreaterThan(5);
    expect(codes({})).toEqual([]);
    expect(codes({ testedOn: '2025-11-22' })).toEqual([]);
    expect(codes({ testedOn: '2026-11-22' })).toEqual([]);
  });

  it.each<[string, Partial<SiteReport>, string[]]>([
    [
      'a product that is not accredited',
      { product: { ...report.product, accredited: false } },
      ['product-not-accredited'],
    ],
    ['a test that failed', { results: [{ ...first, result: 'failed' }, ...rest] }, ['test-not-passed']],
    [
      'a test that was left out as not applicable',
      { results: [{ ...first, result: 'not-applicable' }, ...rest] },
      ['test-not-passed'],
    ],
    ['a test that is missing', { results: rest }, ['test-not-passed']],
    [
      'a test twice, failed and passed',
      { results: [{ ...first, result: 'failed' }, first, ...rest] },
      ['test-twice', 'test-not-passed'],
    ],
    [
      'a test of another catalogue',
      { results: [...report.results, { test: 'X-1', result: 'passed' }] },
      ['test-unknown'],
    ],
    ['a day to come', { testedOn: '2026-11-23' }, ['tested-later']],
    ['no day', { testedOn: 'yesterday' }, ['tested-later']],
    ['a day of more than a year ago', { testedOn: '2025-11-21' }, ['report-too-old']],
  ])('does not with %s', (_name, change, wanted) => {
    expect(codes(change)).toEqual(wanted);
  });
});
