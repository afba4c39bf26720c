import type { IncomingMessage, ServerResponse } from 'node:http';
import { decodeOcspGetPath, OcspRequestError } from '@see/ocsp';
import { type AnswerPath, errorAnswer, type OcspAnswer, type SharedAnswer } from '../ocsp/ocsp-answer.ts';
import type { OcspResponder } from '../ocsp/ocsp-responder.ts';
import { rawHeader } from './raw-header.ts';
import { RememberedAnswers } from './remembered-answers.ts';
import { isNotModified } from './reply.ts';
import { originForm } from './request-path.ts';

export interface OcspHandlerDeps {
  readonly responder: OcspResponder;
  readonly now: () => Date;
  readonly isClosing: () => boolean;
  /** Told of every answer, for metrics. */
  readonly onAnswered: (answer: OcspAnswer, path: AnswerPath) => void;
  readonly onError: (error: unknown) => void;
}

const PREFIX = '/ocsp';
/** Characters of a GET address, octets of a POST body; a signed request with its certificates fits. */
const MAX_GET_URL = 4_096;
const MAX_BODY = 20_480;

/**
 * OCSP over plain node:http (REV-20, REV-21, REV-31). GET addresses are taken raw, as sent. Answers found by the whole
 * request are sent without parsing it again.
 */
export class OcspHandler {
  readonly #deps: OcspHandlerDeps;
  readonly #remembered = new RememberedAnswers();

  constructor(deps: OcspHandlerDeps) {
    this.#deps = deps;
  }

  /** Takes a request for /ocsp or below; returns false for any other. */
  handle(request: IncomingMessage, response: ServerResponse): boolean {
    const url = request.url ?? '';
    const target = url.startsWith('/') ? url : originForm(url);
    if (!target.startsWith(PREFIX)) return false;
    const rest = target.slice(PREFIX.length);
    if (rest !== '' && !rest.startsWith('/') && !rest.startsWith('?')) return false;
    const { method } = request;
    if (method === 'GET' || method === 'HEAD') this.#get(request, response, rest);
    else if (method === 'POST' && /^\/?(\?|$)/.test(rest)) this.#post(request, response);
    else this.#refuse(response, 405, 'OCSP takes GET, HEAD and POST.\n', { allow: 'GET, HEAD, POST' });
    return true;
  }

  #get(request: IncomingMessage, response: ServerResponse, rest: string): void {
    const known = this.#remembered.find(rest, this.#deps.now().getTime());
    if (known) {
      this.#send(request, response, known, 'request');
      return;
    }
    if (rest.length > MAX_GET_URL) {
      this.#refuse(response, 414, 'The address is too long; use POST.\n');
      return;
    }
    void this.#answer(request, response, () => decodeOcspGetPath(rest.split('?', 1)[0] ?? ''), rest);
  }

  #post(request: IncomingMessage, response: ServerResponse): void {
    if (Number(rawHeader(request, 'content-length') ?? 0) > MAX_BODY) {
      this.#refuse(response, 413, `An OCSP request has at most ${MAX_BODY} octets.\n`);
      return;
    }
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= MAX_BODY) chunks.push(chunk);
      else if (!response.headersSent) this.#refuse(response, 413, `An OCSP request has at most ${MAX_BODY} octets.\n`);
    });
    request.on('end', () => {
      if (length <= MAX_BODY) this.#body(request, response, chunks);
    });
    // The client went away; there is nobody to answer.
    request.on('error', () => undefined);
  }

  #body(request: IncomingMessage, response: ServerResponse, chunks: readonly Buffer[]): void {
    const body = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
    // No address holds these octets: a request begins with 30, an address with a slash or a question mark.
    const key = body.toString('latin1');
    const known = this.#remembered.find(key, this.#deps.now().getTime());
    if (known) this.#send(request, response, known, 'request');
    else void this.#answer(request, response, () => body, key);
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
    read: () => Uint8Array,
    key: string,
  ): Promise<void> {
    try {
      const { answer, path } = await this.#deps.responder.answer(read());
      if (answer.kind === 'shared' && path !== 'without-nonce') this.#remembered.put(key, answer);
      this.#send(request, response, answer, path);
    } catch (error) {
      if (!(error instanceof OcspRequestError)) this.#deps.onError(error);
      const status = error instanceof OcspRequestError ? error.status : 'internalError';
      this.#send(request, response, errorAnswer(status), 'error');
    }
  }

  #send(request: IncomingMessage, response: ServerResponse, answer: OcspAnswer, path: AnswerPath): void {
    this.#deps.onAnswered(answer, path);
    if (response.headersSent || response.destroyed) return;
    const own = answer.kind === 'shared' ? this.#headersOf(answer) : privateHeaders(answer.bytes.length);
    const headers = this.#deps.isClosing() ? [...own, 'connection', 'close'] : own;
    if (answer.kind === 'shared' && request.method !== 'POST' && isConditional(request) && holds(request, answer)) {
      response.writeHead(304, withoutBody(headers)).end();
      return;
    }
    response.writeHead(200, headers as string[]);
    if (request.method === 'HEAD') response.end();
    else response.end(answer.bytes);
  }

  /** REV-31: thisUpdate < now + max-age < nextUpdate, and never beyond the time at which we sign anew. */
  #headersOf(answer: SharedAnswer): readonly string[] {
    const second = Math.floor(this.#deps.now().getTime() / 1000);
    const known = answer.headers;
    if (known?.second === second) return known.list;
    const maxAge = Math.max(0, Math.min(answer.maxAge, Math.floor(answer.refreshAt / 1000) - second - 1));
    const control = `max-age=${maxAge},public,no-transform,must-revalidate`;
    // The second to its end is the only thing that changes.
    const list = known ? known.list.with(CONTROL, control) : lastingHeaders(answer, control);
    answer.headers = { second, list };
    return list;
  }

  /** The body, if one comes, is not read: the connection ends with the answer. */
  #refuse(response: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void {
    response.writeHead(status, {
      'content-type': 'text/plain; charset=utf-8',
      'content-length': Buffer.byteLength(text),
      'cache-control': 'no-store',
      connection: 'close',
      ...headers,
    });
    response.end(text);
  }
}

const TYPE = ['content-type', 'application/ocsp-response'] as const;
/** Place of the value of Cache-Control in `lastingHeaders`. */
const CONTROL = 5;

function lastingHeaders(answer: SharedAnswer, control: string): readonly string[] {
  return [
    ...TYPE,
    'content-length',
    String(answer.bytes.length),
    'cache-control',
    control,
    'etag',
    `"${answer.sha256}"`,
    'last-modified',
    new Date(answer.thisUpdate).toUTCString(),
    'expires',
    new Date(answer.nextUpdate).toUTCString(),
  ];
}

function privateHeaders(length: number): readonly string[] {
  return [...TYPE, 'content-length', String(length), 'cache-control', 'no-store'];
}

/** What a 304 has: all but type and length. */
function withoutBody(headers: readonly string[]): string[] {
  return headers.slice(4);
}

function isConditional(request: IncomingMessage): boolean {
  return rawHeader(request, 'if-none-match') !== undefined || rawHeader(request, 'if-modified-since') !== undefined;
}

function holds(request: IncomingMessage, answer: SharedAnswer): boolean {
  return isNotModified(request, { etag: answer.sha256, lastModified: answer.thisUpdate });
}
