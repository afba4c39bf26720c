import { reasonName } from '@see/domain';
import { Refusal } from '@see/http/problem';
import type { CrlArchive } from '../crl/crl-archive.ts';
import type { ShelvedCrl } from '../crl/crl-shelf.ts';
import type { Page } from '../http/page.ts';
import { jsonReply } from '../http/reply.ts';
import { TryLaterError, WorkQueue } from '../ocsp/work-queue.ts';
import type { PastAnswer, StatusHistory } from '../status/status-history.ts';
import type { TrustedCa } from '../trust/trusted-ca.ts';
import { crlReply } from './crl-page.ts';
import { readTime } from './read-time.ts';

export interface StatusPageDeps {
  readonly history: StatusHistory;
  readonly archive: CrlArchive;
  readonly now: () => Date;
  readonly caOf: (id: string) => TrustedCa | undefined;
  /** Whether the authority and every certificate were read. */
  readonly isLoaded: () => boolean;
  readonly vaUrl: () => string | undefined;
  readonly onError: (error: unknown) => void;
}

const STATUS = /^\/status\/([a-z]{1,20})\/([0-9a-f]{2}(?:[0-9a-f]{2}){0,19})$/;
const NUMBERED = /^\/crl\/([a-z]{1,20})\/number\/(0|[1-9][0-9]{0,17})\.crl$/;
/** Lists may have a million entries: one at a time, and few wait. */
const AT_ONCE = 1;
const MOST_WAITING = 16;
const LATER = { headers: { 'retry-after': '5' } };

/**
 * `/status/<ca>/<serial number in hex>?at=<RFC 3339>`: what the status was, with the lists that show it (JSON).
 * `/crl/<ca>/number/<n>.crl`: one full CRL of those that were ever published. Both read the database, so that few are answered
 * at once, and none without it.
 */
export function statusPage(deps: StatusPageDeps): Page {
  const queue = new WorkQueue(AT_ONCE, MOST_WAITING);
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await queue.run(work);
    } catch (error) {
      if (error instanceof TryLaterError) throw new Refusal('unavailable', 'Too many ask for the past at once.', LATER);
      deps.onError(error);
      throw new Refusal('unavailable', 'The database cannot be read now.', { ...LATER, cause: error });
    }
  };
  return async ({ path, query }) => {
    const [, numberedCa = '', number] = NUMBERED.exec(path) ?? [];
    if (number !== undefined) {
      const ca = deps.caOf(numberedCa);
      const crl = ca && (await inTurn(() => deps.archive.read(ca, BigInt(number))));
      return crl && numberedReply(crl, deps.now());
    }
    const [, caId = '', serial] = STATUS.exec(path) ?? [];
    const ca = deps.caOf(caId);
    if (serial === undefined || !ca || ca.id === 'root') return undefined;
    if (!deps.isLoaded()) throw new Refusal('unavailable', 'The certificates are not loaded yet.', LATER);
    const at = timeOf(query, deps.now());
    return jsonReply(200, {
      ca: ca.id,
      serial,
      at: at.toISOString(),
      ...written(await inTurn(() => deps.history.find(ca, serial, at)), `${deps.vaUrl() ?? ''}/crl/${ca.id}`),
    });
  };
}

/** The one parameter `at`; now without it. Throws Refusal for another form and for the future. */
function timeOf(query: string, now: Date): Date {
  const parameters = [...new URLSearchParams(query)];
  const [only] = parameters;
  if (!only) return now;
  // A plus sign that was not encoded has become a space on the way.
  const at = parameters.length === 1 && only[0] === 'at' ? readTime(only[1].replace(' ', '+')) : undefined;
  if (!at)
    throw new Refusal('invalid-request', 'The only parameter is at, a time as in RFC 3339: 2026-11-22T10:00:00Z.');
  if (at > now) throw new Refusal('invalid-request', `Nothing is known of the future; it is ${now.toISOString()}.`);
  return at;
}

function written(answer: PastAnswer, address: string) {
  const { status, reason, since, invalidityDate, retroactive, validity, knownAt, inForce, firstListing } = answer;
  const list = (crl: ShelvedCrl) => ({
    number: Number(crl.number),
    thisUpdate: crl.thisUpdate.toISOString(),
    nextUpdate: crl.nextUpdate.toISOString(),
    url: `${address}/number/${crl.number}.crl`,
  });
  return {
    status,
    reason: reason === undefined ? null : (reasonName(reason) ?? String(reason)),
    since: since?.toISOString() ?? null,
    invalidityDate: invalidityDate?.toISOString() ?? null,
    retroactive,
    notBefore: validity?.notBefore.toISOString() ?? null,
    notAfter: validity?.notAfter.toISOString() ?? null,
    knownAt: knownAt.toISOString(),
    evidence: {
      inForce: inForce ? { ...list(inForce.crl), lists: inForce.lists } : null,
      firstListing: firstListing ? list(firstListing) : null,
    },
  };
}

/** It is what it is for ever. */
function numberedReply(crl: ShelvedCrl, now: Date) {
  const reply = crlReply(crl, now);
  const { expires: _, ...headers } = reply.headers;
  return { ...reply, headers: { ...headers, 'cache-control': 'public, max-age=31536000, immutable, no-transform' } };
}
