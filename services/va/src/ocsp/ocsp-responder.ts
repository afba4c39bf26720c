import { type OcspResponseInput, prepareOcspResponse } from '@see/issuance/ocsp-response';
import { type CertId, type OcspRequest, OcspRequestError, parseOcspRequest } from '@see/ocsp';
import type { IssuerIndex } from '../trust/issuer-index.ts';
import type { TrustedCa } from '../trust/trusted-ca.ts';
import { answerTimes } from './answer-times.ts';
import type { CertificateLookup, Lookup } from './certificate-lookup.ts';
import type { Delegate } from './delegate.ts';
import {
  type AnswerPath,
  type AnswerStatus,
  errorAnswer,
  isFresh,
  isUsable,
  type OcspAnswer,
  type SharedAnswer,
} from './ocsp-answer.ts';
import type { SharedAnswers } from './shared-answers.ts';
import type { SigningTimes } from './signing-times.ts';
import { neverIssuedResponse, singleResponse } from './single-response.ts';
import { TryLaterError, WorkQueue } from './work-queue.ts';

export interface ResponderDeps {
  /** Undefined until the CA certificates are verified. */
  readonly issuers: () => IssuerIndex | undefined;
  readonly delegateOf: (ca: string) => Delegate | undefined;
  readonly lookup: CertificateLookup;
  readonly answers: SharedAnswers;
  readonly times: SigningTimes;
  readonly now: () => Date;
  /** The time up to which every revocation is known; undefined before the first reading. */
  readonly knownAt: () => Date | undefined;
  readonly onError: (error: unknown) => void;
  readonly limits: ResponderLimits;
}

export interface ResponderLimits {
  /** Certificates in one request. */
  readonly requests: number;
  /** Signings at once; the thread pool has four threads unless told otherwise. */
  readonly signings: number;
  /** Answers that wait to be signed: those that will be shared, those with a nonce or for several, never-issued ones. */
  readonly shared: number;
  readonly live: number;
  readonly neverIssued: number;
  /** How long an answer is valid, in milliseconds (REV-24). */
  readonly validity: number;
}

export const RESPONDER_LIMITS: ResponderLimits = {
  requests: 20,
  signings: 4,
  shared: 4_096,
  live: 1_024,
  neverIssued: 64,
  validity: 12 * 3_600_000,
};
/** An answer that says never issued is soon no longer true. */
const NEVER_ISSUED_VALIDITY_MS = 300_000;

/** The answer and where it came from. */
export interface Answered {
  readonly answer: OcspAnswer;
  readonly path: AnswerPath;
}

/**
 * From the octets of a request to those of the answer (REV-20..REV-33). Never throws: what goes wrong becomes one of
 * the unsigned answers. Equal signings are shared, waiting ones are bounded.
 */
export class OcspResponder {
  readonly #deps: ResponderDeps;
  readonly #queues: { readonly live: WorkQueue; readonly neverIssued: WorkQueue };

  constructor(deps: ResponderDeps) {
    this.#deps = deps;
    const { signings, live, neverIssued } = deps.limits;
    this.#queues = {
      live: new WorkQueue(signings, live),
      neverIssued: new WorkQueue(1, neverIssued),
    };
  }

  /** Answers that are being signed or wait for it. */
  get queueLength(): number {
    return this.#deps.answers.queueLength + this.#queues.live.length + this.#queues.neverIssued.length;
  }

  async answer(der: Uint8Array): Promise<Answered> {
    try {
      const request = parseOcspRequest(der);
      if (request.requests.length > this.#deps.limits.requests)
        throw new OcspRequestError('malformedRequest', 'too many certificates in one request');
      return await this.#answer(request);
    } catch (error) {
      if (error instanceof OcspRequestError) return failed(error.status);
      if (error instanceof TryLaterError) return failed('tryLater');
      this.#deps.onError(error);
      return failed('internalError');
    }
  }

  async #answer(request: OcspRequest): Promise<Answered> {
    const issuers = this.#deps.issuers();
    if (!issuers) return failed('tryLater');
    const ids = request.requests.map((item) => item.certId);
    const [first] = ids;
    const ca = first && issuers.find(first);
    // One signature can not speak for two CAs, and none of ours for a foreign one (REV-27).
    if (!ca || ids.some((id) => issuers.find(id) !== ca)) return failed('unauthorized');
    if (ids.length > 1) return this.#answerSeveral(ca, ids, request.nonce);
    if (request.nonce) return this.#answerWithNonce(ca, first, request.nonce);
    return this.#answerShared(ca, first);
  }

  async #answerShared(ca: TrustedCa, id: CertId): Promise<Answered> {
    const { answers, lookup, now } = this.#deps;
    const entry = lookup.peek(ca.id, id.serialHex);
    const cached = entry && answers.known(ca, id, entry);
    if (cached && isFresh(cached, now().getTime())) return { answer: cached, path: 'table' };
    const found = await lookup.find(ca.id, id.serialHex);
    if (found.kind === 'never-issued') return this.#answerNeverIssued(ca, id, undefined);
    if (found.kind === 'later')
      return cached && this.#usable(cached) ? { answer: cached, path: 'table' } : failed('tryLater');
    try {
      return { answer: await answers.sign(ca, id), path: 'signed' };
    } catch (error) {
      // What was signed before half of its life went by is still true (every change drops it).
      if (cached && this.#usable(cached)) return { answer: cached, path: 'table' };
      throw error;
    }
  }

  async #answerWithNonce(ca: TrustedCa, id: CertId, nonce: Uint8Array): Promise<Answered> {
    const found = await this.#deps.lookup.find(ca.id, id.serialHex);
    if (found.kind === 'later') return failed('tryLater');
    if (found.kind === 'never-issued') return this.#answerNeverIssued(ca, id, nonce);
    try {
      return await this.#signLive(ca, [id], [found], nonce);
    } catch (error) {
      // RFC 9654 2.1: an answer without nonce is allowed, and better than none.
      if (!(error instanceof TryLaterError)) throw error;
      const { answer, path } = await this.#answerShared(ca, id);
      return { answer, path: path === 'error' ? path : 'without-nonce' };
    }
  }

  async #answerSeveral(ca: TrustedCa, ids: readonly CertId[], nonce: Uint8Array | undefined): Promise<Answered> {
    const found = await Promise.all(ids.map((id) => this.#deps.lookup.find(ca.id, id.serialHex)));
    if (found.some((item) => item.kind === 'later')) return failed('tryLater');
    return this.#signLive(ca, ids, found, nonce);
  }

  async #answerNeverIssued(ca: TrustedCa, id: CertId, nonce: Uint8Array | undefined): Promise<Answered> {
    try {
      return await this.#queues.neverIssued.run(() => this.#sign(ca, [id], [{ kind: 'never-issued' }], nonce));
    } catch (error) {
      // Random serial numbers cost us a signature each: under a flood the unsigned answer has to do.
      if (error instanceof TryLaterError) return failed('unauthorized');
      throw error;
    }
  }

  #signLive(
    ca: TrustedCa,
    ids: readonly CertId[],
    found: readonly Lookup[],
    nonce: Uint8Array | undefined,
  ): Promise<Answered> {
    return this.#queues.live.run(() => this.#sign(ca, ids, found, nonce));
  }

  async #sign(
    ca: TrustedCa,
    ids: readonly CertId[],
    found: readonly Lookup[],
    nonce: Uint8Array | undefined,
  ): Promise<Answered> {
    const delegate = this.#deps.delegateOf(ca.id);
    if (!delegate) return failed('tryLater');
    const unissued = found.some((item) => item.kind === 'never-issued');
    const validity = unissued ? NEVER_ISSUED_VALIDITY_MS : this.#deps.limits.validity;
    const lasting = found.every((item) => item.kind === 'certificate' && item.entry.status.kind === 'revoked');
    const now = this.#deps.now();
    const times = answerTimes(now, lasting ? now : this.#deps.knownAt(), delegate, validity);
    const statuses: AnswerStatus[] = [];
    const responses = ids.map((id, index) => {
      const item = found[index];
      if (item?.kind !== 'certificate') {
        statuses.push('never-issued');
        return neverIssuedResponse(id.der, times);
      }
      statuses.push(item.entry.status.kind);
      return singleResponse(id.der, item.entry, times, ca.certificate.notBefore);
    });
    const input: OcspResponseInput = {
      issuer: ca.certificate.der,
      delegate: delegate.ocsp,
      producedAt: times.producedAt,
      responses,
      ...(nonce ? { nonce } : {}),
      ...(unissued ? { extendedRevoke: true } : {}),
    };
    const prepared = prepareOcspResponse(input);
    const bytes = await this.#deps.times.of(() => prepared.signForOne());
    const status = statuses.length === 1 ? (statuses[0] as AnswerStatus) : 'several';
    return { answer: { kind: 'private', status, bytes }, path: 'signed' };
  }

  #usable(answer: SharedAnswer): boolean {
    return isUsable(answer, this.#deps.now().getTime());
  }
}

function failed(status: Parameters<typeof errorAnswer>[0]): Answered {
  return { answer: errorAnswer(status), path: 'error' };
}
