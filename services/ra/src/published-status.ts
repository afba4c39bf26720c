import { createHash, randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Database } from '@see/db';
import { readFirstCrlAbove, readNewestSerials } from '@see/db/ra';
import type { Authority } from '@see/domain';
import { type CrlScope, crlUrl, publishedScopes } from '@see/issuance';
import { buildOcspRequest, encodeCertId } from '@see/ocsp';
import { type OcspVerificationCode, OcspVerificationError, verifyOcspResponse } from '@see/verify';
import { type Certificate, parseCertificate, parseSpki } from '@see/x509';
import type { CaRegistry } from './ca-registry.ts';
import { PartRound } from './part-round.ts';
import { readPublishedList } from './read-published-list.ts';

/** What holds of what a client got. */
export interface FetchedGood {
  readonly ok: true;
  /** Of a list. */
  readonly number: number | undefined;
  readonly until: Date | undefined;
  /** When the first list was made that it should have been replaced by; undefined for the newest, and for OCSP. */
  readonly behindSince: Date | undefined;
}

/** What a client gets who asks now: a list or an answer that holds, or why not. */
export interface Fetched {
  readonly ca: string;
  /** `crl` for the full list; of the parts of a CA, one that is wrong where there is one. */
  readonly kind: 'crl' | 'delta' | 'part' | 'ocsp';
  readonly fetchedAt: Date;
  /** How long it took, in milliseconds. */
  readonly took: number;
  readonly result: FetchedGood | { readonly ok: false; readonly fault: FetchFault };
}

/** `away`: no answer in time; `status`: refused; `unreadable`: not what it should be; `signature`: not signed by the CA or its responder; `time`: ended, or not begun. */
export type FetchFault = 'away' | 'status' | 'unreadable' | 'signature' | 'time';

const FAULTS: Readonly<Record<OcspVerificationCode, FetchFault>> = {
  'not-successful': 'status',
  'other-certificate': 'unreadable',
  'other-nonce': 'unreadable',
  'unknown-critical': 'unreadable',
  'not-authorised': 'signature',
  'bad-signature': 'signature',
  'not-yet-valid': 'time',
  'too-old': 'time',
};

/** How long answers of OCSP took at one look, in milliseconds, by CA; those that came. */
export interface OcspDelay {
  readonly at: Date;
  readonly took: ReadonlyMap<string, number>;
}

export interface PublishedStatusParts {
  readonly db: Database;
  readonly cas: CaRegistry;
  readonly va: string;
  /** What the verified authority says of where and which lists are published. */
  readonly configuration: () => Pick<Authority['configuration'], 'vaUrl' | 'status'>;
  readonly now: () => Date;
}

/** Looks that are remembered. */
const MOST_DELAYS = 1_440;
const PATIENCE = 5_000;
const MOMENT = 2_000;
const MOST = 64 * 1024 * 1024;

/**
 * Fetches back what is published, as clients do: the full and the delta revocation list of every CA, one of its parts after the
 * other, and an OCSP answer about its newest certificate. Signatures are verified with the CAs of the database, and what the
 * database has that is newer than a list is noted. It is kept in memory with the time at which it
 * was fetched; a restart starts anew. NOT checked: whether other networks reach it.
 */
export class PublishedStatus {
  readonly #parts: PublishedStatusParts;
  readonly #round = new PartRound();
  #found: readonly Fetched[] = [];
  #lookedAt: Date | undefined;
  #delays: readonly OcspDelay[] = [];

  constructor(parts: PublishedStatusParts) {
    this.#parts = parts;
  }

  /** What came back at the last look; nothing before the first. */
  get found(): readonly Fetched[] {
    return this.#found;
  }

  /** When the last look was over; undefined before the first. */
  get lookedAt(): Date | undefined {
    return this.#lookedAt;
  }

  /** How long OCSP took at each of the last looks, the oldest first: a day of them. */
  get delays(): readonly OcspDelay[] {
    return this.#delays;
  }

  /** Fetches everything once. Failures are results; throws only when the database is away. */
  async look(): Promise<void> {
    const { cas, db } = this.#parts;
    const known = cas.all().map(({ id, certificate }) => ({ id, certificate: parseCertificate(certificate) }));
    const serials = new Map((await readNewestSerials(db)).map(({ ca, serial }) => [ca, serial]));
    const found: Fetched[] = [];
    for (const { id, certificate } of known) {
      found.push(...(await this.#lists(id, certificate)));
      const serial = serials.get(id);
      if (serial) found.push(await this.#ask(id, 'ocsp', () => this.#ocsp(certificate, serial)));
    }
    this.#found = found;
    this.#lookedAt = this.#parts.now();
    this.#delays = [...this.#delays, delayOf(found, this.#parts.now())].slice(-MOST_DELAYS);
  }

  async #ask(ca: string, kind: Fetched['kind'], fetchIt: () => Promise<Fetched['result']>): Promise<Fetched> {
    const start = performance.now();
    const first = await fetchIt();
    // A process that is just being started is given a moment.
    const again = !first.ok && first.fault === 'away';
    if (again) await setTimeout(MOMENT);
    const result = again ? await fetchIt() : first;
    return { ca, kind, fetchedAt: this.#parts.now(), took: Math.round(performance.now() - start), result };
  }

  /** The lists of a CA, of its parts the worst of those that are looked at now. */
  async #lists(ca: string, certificate: Certificate): Promise<Fetched[]> {
    const scopes = publishedScopes(this.#parts.configuration().status, ca);
    const parts = scopes.filter((scope) => scope !== 'full' && scope !== 'delta');
    const found = [await this.#ask(ca, 'crl', () => this.#list(ca, certificate, 'full'))];
    if (scopes.includes('delta')) found.push(await this.#ask(ca, 'delta', () => this.#list(ca, certificate, 'delta')));
    const looked: Fetched[] = [];
    for (const part of this.#round.next(ca, parts)) {
      const one = await this.#ask(ca, 'part', () => this.#list(ca, certificate, part));
      this.#round.note(ca, part, one.result.ok && !one.result.behindSince);
      looked.push(one);
    }
    const worst =
      looked.find(({ result }) => !result.ok) ??
      looked.find(({ result }) => result.ok && result.behindSince) ??
      looked[0];
    return worst ? [...found, worst] : found;
  }

  async #list(ca: string, certificate: Certificate, scope: CrlScope): Promise<Fetched['result']> {
    const got = await this.#fetch(crlUrl('', ca, scope), {});
    if ('fault' in got) return { ok: false, fault: got.fault };
    const { vaUrl } = this.#parts.configuration();
    const read = readPublishedList(got.octets, { ca, certificate, scope, vaUrl, now: this.#parts.now() });
    if (!read.ok) return read;
    return { ...read, behindSince: await readFirstCrlAbove(this.#parts.db, ca, scope, read.number) };
  }

  async #ocsp(ca: Certificate, serial: Uint8Array): Promise<Fetched['result']> {
    const sha1 = (octets: Uint8Array): Uint8Array => new Uint8Array(createHash('sha1').update(octets).digest());
    const certId = encodeCertId({
      hashAlgorithm: 'sha1',
      issuerNameHash: sha1(ca.subjectDer),
      issuerKeyHash: sha1(parseSpki(ca.spki).publicKeyBits),
      serialNumber: serial,
    });
    const nonce = new Uint8Array(randomBytes(16));
    const got = await this.#fetch('/ocsp', {
      method: 'POST',
      headers: { 'content-type': 'application/ocsp-request' },
      body: new Uint8Array(buildOcspRequest([certId], nonce)),
    });
    if ('fault' in got) return { ok: false, fault: got.fault };
    try {
      const { nextUpdate } = verifyOcspResponse(got.octets, { certId, issuer: ca, nonce, now: this.#parts.now() });
      return { ok: true, number: undefined, until: nextUpdate, behindSince: undefined };
    } catch (error) {
      return { ok: false, fault: error instanceof OcspVerificationError ? FAULTS[error.code] : 'unreadable' };
    }
  }

  async #fetch(path: string, init: RequestInit): Promise<{ octets: Uint8Array } | { fault: FetchFault }> {
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      const answer = await fetch(`${this.#parts.va}${path}`, { ...init, signal, redirect: 'error' });
      const octets = new Uint8Array(await answer.arrayBuffer());
      return answer.ok && octets.length <= MOST ? { octets } : { fault: 'status' };
    } catch {
      return { fault: 'away' };
    }
  }
}

function delayOf(found: readonly Fetched[], at: Date): OcspDelay {
  const answered = found.filter(({ kind, result }) => kind === 'ocsp' && result.ok);
  return { at, took: new Map(answered.map(({ ca, took }) => [ca, took])) };
}
