import type { StatusPlan } from '@see/domain';
import { crlUrl, publishedScopes } from '@see/issuance';
import { parseCertificate, parseCrl } from '@see/x509';
import { answerUntil, HASHES, ocspFile, ocspText } from './static-answers.ts';
import { StaticFiles } from './static-files.ts';

/** A certificate that an answer is exported about. */
export interface ExportedCertificate {
  readonly ca: string;
  /** Hex of the content octets. */
  readonly serial: string;
}

export interface ExportDeps {
  /** Where va answers. */
  readonly va: string;
  readonly folder: string;
  /** Ids of the issuing CAs. */
  readonly cas: readonly string[];
  /** What they publish beside full CRLs. */
  readonly plan: StatusPlan;
  readonly certificates: AsyncIterable<ExportedCertificate>;
  readonly now: Date;
}

export interface ExportReport {
  readonly files: number;
  readonly octets: number;
  /** Certificates whose answers were written. */
  readonly certificates: number;
  /** Addresses that gave nothing that can be served. */
  readonly failed: readonly string[];
  /** Files of before that are no more. */
  readonly removed: number;
  /** When the first of the answers and lists ends: before then it is to be done again. */
  readonly until: string | null;
}

const AT_ONCE = 32;
const MOST_FAILURES = 100;
/** Besides OCSP, CRLs and CA certificates. */
const PAGES = ['members.json', 'members.json.jws', 'members.pem', 'members.p7b', 'cp', 'ca/chain.pem', 'ca/root.cer'];
const FOLDERS = ['ocsp', 'crl', 'ca'];

/**
 * Writes what va serves as files under the paths under which it serves them. Each OCSP answer is one that va gave now. What
 * it did not give is left out and named, and an older file of it removed: nothing is kept beyond what holds.
 */
export async function exportVa({ va, folder, cas, plan, certificates, now }: ExportDeps): Promise<ExportReport> {
  const files = new StaticFiles(folder);
  const failed: string[] = [];
  let until: Date | undefined;
  const note = (end: Date | undefined): void => {
    if (end && (!until || end < until)) until = end;
  };
  const take = async (
    path: string,
    check: (content: Uint8Array) => boolean = () => true,
    url = path,
  ): Promise<void> => {
    const response = await fetch(`${va}/${url}`, { signal: AbortSignal.timeout(60_000) });
    const content = new Uint8Array(await response.arrayBuffer());
    if (response.ok && check(content)) files.write(path, content);
    else if (failed.length < MOST_FAILURES) failed.push(`/${url}`);
  };
  for (const path of [...PAGES, ...cas.map((ca) => `ca/${ca}.cer`)]) await take(path);
  for (const path of ['root', ...cas].flatMap((ca) =>
    publishedScopes(plan, ca).map((scope) => crlUrl('', ca, scope).slice(1)),
  )) {
    await take(path, (der) => {
      const { nextUpdate } = parseCrl(der);
      note(nextUpdate);
      return nextUpdate !== undefined && nextUpdate > now;
    });
  }
  const issuers = new Map(
    await Promise.all(cas.map(async (ca) => [ca, parseCertificate(await bytesOf(`${va}/ca/${ca}.cer`))] as const)),
  );
  let count = 0;
  await inLanes(certificates, async ({ ca, serial }) => {
    const issuer = issuers.get(ca);
    if (!issuer) return;
    for (const hash of HASHES) {
      const text = ocspText(issuer, Uint8Array.fromHex(serial), hash);
      const end = { at: undefined as Date | undefined };
      const holds = (der: Uint8Array): boolean => {
        end.at = answerUntil(der);
        return end.at !== undefined && end.at > now;
      };
      await take(ocspFile(text), holds, `ocsp/${encodeURIComponent(text)}`);
      note(end.at);
    }
    count += 1;
  });
  const removed = files.sweep([...FOLDERS, ...PAGES]);
  return {
    files: files.count,
    octets: files.octets,
    certificates: count,
    failed,
    removed,
    until: until?.toISOString() ?? null,
  };
}

async function bytesOf(url: string): Promise<Uint8Array> {
  const response = await fetch(url, { signal: AbortSignal.timeout(60_000) });
  return new Uint8Array(await response.arrayBuffer());
}

/** Does the work for each item, a few at once. Rejects with the first failure. */
async function inLanes<T>(items: AsyncIterable<T>, work: (item: T) => Promise<void>): Promise<void> {
  const iterator = items[Symbol.asyncIterator]();
  const lane = async (): Promise<void> => {
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}
