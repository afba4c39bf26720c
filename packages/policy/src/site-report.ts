import type { Refusal } from '@see/domain';
import { SITE_TESTS } from './site-tests.ts';

/** The report on the tests of an agency's mail gateway. */
export interface SiteReport {
  readonly product: { readonly name: string; readonly version: string; readonly accredited: boolean };
  /** ISO 8601 day. */
  readonly testedOn: string;
  readonly testedBy: string;
  readonly results: readonly {
    readonly test: string;
    readonly result: 'passed' | 'failed' | 'not-applicable';
    readonly note?: string;
  }[];
}

const VALID_FOR_DAYS = 365;
const DAY = 86_400_000;

/**
 * Everything for which a report certifies no site: a product that is not accredited in this version, a mandatory test that did
 * not pass or is missing, a test twice or of another catalogue, a day to come or more than a year ago. Empty when it does.
 */
export function siteReportViolations(report: SiteReport, now: Date): Refusal[] {
  const found: Refusal[] = [];
  const add = (code: string, message: string, path: string): void => {
    found.push({ code, message, path, source: 'SEE-10' });
  };
  const { product, testedOn, results } = report;
  if (!product.accredited)
    add('product-not-accredited', `${product.name} ${product.version} is not accredited in this version`, 'product');
  const age = now.getTime() - Date.parse(`${testedOn}T00:00:00Z`);
  if (!(age > -DAY)) add('tested-later', `${testedOn} is no day that has come`, 'testedOn');
  else if (age > VALID_FOR_DAYS * DAY) add('report-too-old', 'the tests are more than a year old', 'testedOn');
  const seen = new Set<string>();
  for (const [index, { test }] of results.entries()) {
    if (!SITE_TESTS.some(({ id }) => id === test))
      add('test-unknown', `${test} is no test of a site`, `results[${index}]`);
    else if (seen.has(test)) add('test-twice', `${test} is there twice`, `results[${index}]`);
    seen.add(test);
  }
  for (const { id, title } of SITE_TESTS) {
    const result = results.find(({ test }) => test === id)?.result;
    if (result !== 'passed') add('test-not-passed', `${id} (${title}) is ${result ?? 'missing'}`, 'results');
  }
  return found;
}
