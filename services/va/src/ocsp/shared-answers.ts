import { type OcspResponseInput, prepareOcspResponse, restoreOcspResponse } from '@see/issuance/ocsp-response';
import type { CertId } from '@see/ocsp';
import { type StatusEntry, sameStatus } from '../status/status-entry.ts';
import type { TrustedCa } from '../trust/trusted-ca.ts';
import type { AnswerCache } from './answer-cache.ts';
import { answerTimes, timesOfSecond } from './answer-times.ts';
import { certIdForm } from './cert-id-form.ts';
import type { CertificateLookup } from './certificate-lookup.ts';
import type { Delegate } from './delegate.ts';
import { type SharedAnswer, sharedAnswer } from './ocsp-answer.ts';
import type { SignatureTable } from './signature-table.ts';
import type { SigningTimes } from './signing-times.ts';
import { type AnswerTimes, singleResponse } from './single-response.ts';
import { TryLaterError, WorkQueue } from './work-queue.ts';

export interface SharedAnswersDeps {
  readonly lookup: CertificateLookup;
  readonly cache: AnswerCache;
  readonly signatures: SignatureTable;
  readonly times: SigningTimes;
  readonly delegateOf: (ca: string) => Delegate | undefined;
  readonly now: () => Date;
  /** The time up to which every revocation is known; undefined before the first reading. */
  readonly knownAt: () => Date | undefined;
  /** How long an answer is valid, in milliseconds (REV-24). */
  readonly validity: number;
  /** Signings at once, and how many may wait. */
  readonly signings: number;
  readonly waiting: number;
}

/** Seconds that HTTP caches may keep answers; a hold may end at any time. */
const MAX_AGE = 3_600;
const MAX_AGE_HELD = 30;

/**
 * Answers about one certificate without a nonce, which everyone may get: whole ones in a bounded cache, the signatures of
 * all in a compact table from which the rest is built again, and new ones signed. Equal signings are shared, waiting
 * ones are bounded.
 */
export class SharedAnswers {
  readonly #deps: SharedAnswersDeps;
  readonly #queue: WorkQueue;
  readonly #signing = new Map<string, Promise<SharedAnswer>>();

  constructor(deps: SharedAnswersDeps) {
    this.#deps = deps;
    this.#queue = new WorkQueue(deps.signings, deps.waiting);
  }

  /** Answers that are being signed or wait for it. */
  get queueLength(): number {
    return this.#queue.length;
  }

  /** The newest answer that was signed before, fresh or not. */
  known(ca: TrustedCa, id: CertId, entry: StatusEntry): SharedAnswer | undefined {
    const { cache, signatures, validity } = this.#deps;
    const key = keyOf(id);
    const cached = cache.get(entry.row, key);
    if (cached) return cached;
    const stored = signatures.find(entry.row, certIdForm(id));
    if (!stored) return undefined;
    const times = timesOfSecond(stored.producedAt, stored.delegate, validity);
    const input = inputOf(ca, id, entry, stored.delegate, times);
    const answer = answerOf(entry, restoreOcspResponse(input, stored.signature), times);
    cache.put(entry.row, key, answer);
    return answer;
  }

  /** Signs a new answer; all who ask for the same meanwhile get the same. Rejects with TryLaterError. */
  sign(ca: TrustedCa, id: CertId): Promise<SharedAnswer> {
    const key = keyOf(id);
    const running = this.#signing.get(key);
    if (running) return running;
    const signing = this.#queue.run(() => this.#sign(ca, id)).finally(() => this.#signing.delete(key));
    this.#signing.set(key, signing);
    return signing;
  }

  /** Signs ahead of need: the signature is kept, the whole answer only where an older one is. */
  async signAhead(ca: TrustedCa, id: CertId): Promise<void> {
    await this.#sign(ca, id, true);
  }

  /** What a certificate's answers said is no longer so. */
  drop(entry: StatusEntry): void {
    this.#deps.cache.drop(entry.row);
    this.#deps.signatures.drop(entry.row);
  }

  /** No answer that was signed before is worth anything. */
  clear(): void {
    this.#deps.cache.clear();
    this.#deps.signatures.clear();
  }

  async #sign(ca: TrustedCa, id: CertId, ahead = false): Promise<SharedAnswer> {
    const { lookup, cache, signatures, validity } = this.#deps;
    for (;;) {
      const entry = lookup.peek(ca.id, id.serialHex);
      const delegate = this.#deps.delegateOf(ca.id);
      if (!entry || !delegate) throw new TryLaterError('no-delegate');
      const { status } = entry;
      const now = this.#deps.now();
      // Revoked is known for good.
      const times = answerTimes(now, status.kind === 'revoked' ? now : this.#deps.knownAt(), delegate, validity);
      const prepared = prepareOcspResponse(inputOf(ca, id, entry, delegate, times));
      const { der, signature } = await this.#deps.times.of(() => prepared.sign());
      // Revoked while it was being signed: then it is signed again.
      const after = lookup.peek(ca.id, id.serialHex);
      if (!after || !sameStatus(after.status, status)) continue;
      // So is what was signed by a key that signs no more.
      if (this.#deps.delegateOf(ca.id) !== delegate) continue;
      const form = certIdForm(id);
      // One signature a certificate is kept, in the form that is signed ahead where there is one.
      const isKept = ahead || signatures.producedAt(entry.row) === 0 || signatures.find(entry.row, form) !== undefined;
      if (isKept && times.thisUpdate.getTime() === times.producedAt.getTime())
        signatures.put(entry.row, form, { delegate, producedAt: times.producedAt.getTime() / 1000, signature });
      const answer = answerOf(entry, der, times);
      if (!ahead || cache.has(entry.row)) cache.put(entry.row, keyOf(id), answer);
      return answer;
    }
  }
}

function answerOf(entry: StatusEntry, bytes: Uint8Array, times: AnswerTimes): SharedAnswer {
  const { kind } = entry.status;
  return sharedAnswer(kind, bytes, times, kind === 'held' ? MAX_AGE_HELD : MAX_AGE);
}

function inputOf(
  ca: TrustedCa,
  id: CertId,
  entry: StatusEntry,
  delegate: Delegate,
  times: AnswerTimes,
): OcspResponseInput {
  return {
    issuer: ca.certificate.der,
    delegate: delegate.ocsp,
    producedAt: times.producedAt,
    responses: [singleResponse(id.der, entry, times, ca.certificate.notBefore)],
  };
}

/** One character for each octet: cheaper to make and to keep than hex. */
function keyOf(id: CertId): string {
  const { der } = id;
  return Buffer.from(der.buffer, der.byteOffset, der.length).toString('latin1');
}
