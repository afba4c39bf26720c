import { ConsoleBrowser } from '../../../test/support/console-browser.ts';
import { openCalls } from '../../../test/support/registration-calls.ts';
import { makeWorld } from '../../../test/support/world.ts';
import { FILLED, fillRegistry } from './registry/fill-registry.ts';

/** Milliseconds in which the server makes any list page. */
const AIM = 50;
const TIMES = 31;

/** List pages and searches of the console, as operators use them all day. */
const PAGES: readonly string[] = [
  '/console',
  '/console/orders',
  '/console/orders?state=all',
  '/console/orders?state=issued&q=person%204',
  '/console/certificates',
  '/console/certificates?expiring=30',
  '/console/certificates?q=Person%2012',
  '/console/certificates?q=p777@treasury.govt.nz',
  '/console/certificates?q=00000000000000000000000000007777',
  '/console/certificates?status=good',
  '/console/certificates?status=revoked&agency=treasury',
  '/console/certificates?status=expired&profile=user-auth',
  '/console/certificates?profile=tls-server',
  '/console/orders?state=all&agency=dpmc',
  '/console/orders?state=all&q=p777@treasury.govt.nz',
  '/console/orders?state=all&q=00000000',
  '/console/search?q=Person%2012',
  '/console/search?q=p777@treasury.govt.nz',
  '/console/search?q=nobody',
  '/console/profiles',
  '/console/agencies',
  '/console/agencies/treasury',
  '/console/batches',
  '/console/services',
  '/console/sessions',
  '/console/hr-feeds',
  '/console/people',
  '/console/people?agency=treasury',
  '/console/people?q=person%2012',
  '/console/people?standing=stale',
  '/console/imports',
  '/console/records',
  '/console/records?standing=all',
  '/console/mails?state=all',
  '/console/recoveries',
];

/** Pages that count everything, not lists: shown, and not held to the aim. */
const COUNTING: readonly string[] = ['/console/figures', `/console/reports/${new Date().toISOString().slice(0, 7)}`];

/** Pages of the auditor and administrator. */
const AUDIT: readonly string[] = [
  '/console/audit',
  '/console/audit?kind=order',
  '/console/audit?kind=order&from=2026-01-01&until=2026-01-02',
  '/console/audit?agency=treasury',
  '/console/audit?person=BENCH00000000777',
  '/console/statements',
  '/console/operators',
  '/console/access-reviews',
];

/**
 * Server time of list pages with 100,000 certificates, without the network: median and worst of many requests one after
 * another, of pages and of the second page where there is one.
 */
export async function benchPages(): Promise<void> {
  const world = await makeWorld();
  try {
    const calls = await openCalls(world);
    await fillRegistry(world);
    process.stdout.write(`${FILLED}\n`);
    const { registration, person } = calls;
    const open = async (role: 'operator' | 'administrator', email: string): Promise<ConsoleBrowser> => {
      const browser = new ConsoleBrowser(registration.app, world.instance.urls.portal);
      await browser.form('/console/sign-in', { token: await registration.token(role, person[email] ?? '') });
      return browser;
    };
    const operator = await open('operator', 'mere.tahana@ssc.govt.nz');
    const administrator = await open('administrator', 'aroha.ngata@ssc.govt.nz');
    const slow: string[] = [];
    for (const [browser, pages] of [
      [operator, PAGES],
      [operator, COUNTING],
      [administrator, AUDIT],
    ] as const) {
      for (const page of pages) {
        const { median, worst, next } = await timesOf(browser, page);
        process.stdout.write(
          `${median.toFixed(1).padStart(7)} ms median ${worst.toFixed(1).padStart(7)} worst  ${page}\n`,
        );
        if (median > AIM && !COUNTING.includes(page)) slow.push(page);
        if (!next) continue;
        const second = await timesOf(browser, next);
        process.stdout.write(
          `${second.median.toFixed(1).padStart(7)} ms median ${second.worst.toFixed(1).padStart(7)} worst    next page\n`,
        );
        if (second.median > AIM) slow.push(next);
      }
    }
    process.stdout.write(slow.length === 0 ? `every page within ${AIM} ms\n` : `over ${AIM} ms: ${slow.join(' ')}\n`);
    await registration.app.close();
  } finally {
    await world.close();
  }
}

async function timesOf(browser: ConsoleBrowser, path: string) {
  const times: number[] = [];
  let text = '';
  for (let time = 0; time < TIMES; time += 1) {
    const before = performance.now();
    const answer = await browser.get(path);
    times.push(performance.now() - before);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.text.slice(0, 300)}`);
    text = answer.text;
  }
  times.sort((one, other) => one - other);
  const next = /href="([^"]+)" rel="next"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
  return { median: times[TIMES >> 1] ?? 0, worst: times.at(-1) ?? 0, next };
}
