import { createHash } from 'node:crypto';
import { type OcspErrorStatus, ocspErrorResponse } from '@see/ocsp';

/** What an answer says, for metrics. */
export type AnswerStatus = 'good' | 'revoked' | 'held' | 'never-issued' | 'several' | OcspErrorStatus;

/** A signed answer without nonce that may be sent to everyone until it ages. Times in milliseconds since 1970. */
export interface SharedAnswer {
  readonly kind: 'shared';
  readonly status: AnswerStatus;
  readonly bytes: Uint8Array;
  /** Hex SHA-256 of the octets (REV-31). */
  readonly sha256: string;
  readonly thisUpdate: number;
  readonly nextUpdate: number;
  /** From then on it is signed anew before it is sent (REV-24). */
  readonly refreshAt: number;
  /** The longest time that HTTP caches may keep it, in seconds. */
  readonly maxAge: number;
  /** Set when what it says is no longer so. */
  dropped: boolean;
  /** How it is sent, of this second; made where it is needed. */
  headers: AnswerHeaders | undefined;
}

/** Headers of an answer, which change with its age. */
export interface AnswerHeaders {
  /** Second since 1970 for which they hold. */
  readonly second: number;
  /** Names and values in turn, as node:http takes them. */
  readonly list: readonly string[];
}

/** An answer for this request alone: with a nonce, for several certificates, never issued, or an unsigned error. */
export interface PrivateAnswer {
  readonly kind: 'private';
  readonly status: AnswerStatus;
  readonly bytes: Uint8Array;
}

export type OcspAnswer = SharedAnswer | PrivateAnswer;

/**
 * Where an answer came from, for metrics: found by the octets of the request, by its certificate, signed now; without the
 * nonce that was asked for, because too many wait.
 */
export type AnswerPath = 'request' | 'table' | 'signed' | 'without-nonce' | 'error';

/** An answer signed anew where the status is known of old is not signed again for this long, in milliseconds. */
const LEAST_LIFE_MS = 60_000;

/** `times` in order: since when the status is known, when the answer was signed, until when it holds. */
export function sharedAnswer(
  status: AnswerStatus,
  bytes: Uint8Array,
  times: { readonly thisUpdate: Date; readonly producedAt: Date; readonly nextUpdate: Date },
  maxAge: number,
): SharedAnswer {
  const thisUpdate = times.thisUpdate.getTime();
  const nextUpdate = times.nextUpdate.getTime();
  const producedAt = times.producedAt.getTime();
  return {
    kind: 'shared',
    status,
    bytes,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    thisUpdate,
    nextUpdate,
    refreshAt: producedAt + Math.max((nextUpdate - producedAt) / 2, Math.min(LEAST_LIFE_MS, nextUpdate - producedAt)),
    maxAge,
    dropped: false,
    headers: undefined,
  };
}

const errors = new Map<OcspErrorStatus, PrivateAnswer>();

/** The five-octet answer that carries no response (REV-27). */
export function errorAnswer(status: OcspErrorStatus): PrivateAnswer {
  const known = errors.get(status);
  if (known) return known;
  const answer: PrivateAnswer = { kind: 'private', status, bytes: ocspErrorResponse(status) };
  errors.set(status, answer);
  return answer;
}

/** An answer that is signed more than this ahead of the clock is not sent: the clock was wrong and went back. */
const SKEW_MS = 30_000;

/** Whether an answer may still be sent as it is. */
export function isFresh(answer: SharedAnswer, now: number): boolean {
  return !answer.dropped && now < answer.refreshAt && hasBegun(answer, now);
}

/** Whether an answer may be sent where no newer one can be had. */
export function isUsable(answer: SharedAnswer, now: number): boolean {
  return !answer.dropped && now < answer.nextUpdate && hasBegun(answer, now);
}

/** Clients refuse what begins in their future (REV-34). */
function hasBegun({ thisUpdate }: SharedAnswer, now: number): boolean {
  return thisUpdate <= now + SKEW_MS;
}
