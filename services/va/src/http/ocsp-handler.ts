import type { IncomingMessage, ServerResponse } from 'node:http';
import { decodeOcspGetPath, OcspRequestError } from '@see/ocsp';
import { type AnswerPath, errorAnswer, isFresh, type OcspAnswer, type SharedAnswer } from '../ocsp/ocsp-answer.ts';
import type { OcspResponder } from '../ocsp/ocsp-responder.ts';
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
/** Addresses whose answers are found without looking into them. The client chooses them, so they are few. */
const MOST_URLS = 20_000;
const MAX_REMEMBERED_URL = 512;

/**
 * OCSP over plain node:http (REV-20, REV-21, REV-31). GET addresses are taken raw, as sent. Answers found by the whole
 * address are sent without being parsed again.
 */
export class OcspHandler {
  readonly #deps: OcspHandlerDeps;
  readonly #byUrl = new Map<string, SharedAnswer>();

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
    const known = this.#byUrl.get(rest);
    if (known) {
      if (isFresh(known, this.#deps.now().getTime())) {
        this.#send(request, response, known, 'url');
        return;
      }
      this.#byUrl.delete(rest);
    }
    if (rest.length > MAX_GET_URL) {
      this.#refuse(response, 414, 'The address is too long; use POST.\n');
      return;
    }
    void this.#answer(request, response, () => decodeOcspGetPath(rest.split('?', 1)[0] ?? ''), rest);
  }

  #post(request: IncomingMessage, response: ServerResponse): void {
    if (Number(request.headers['content-length'] ?? 0) > MAX_BODY) {
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
      if (length <= MAX_BODY) void this.#answer(request, response, () => Buffer.concat(chunks));
    });
    // The client went away; there is nobody to answer.
    request.on('error', () => undefined);
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
    read: () => Uint8Array,
    url?: string,
  ): Promise<void> {
    try {
      const { answer, path } = await this.#deps.responder.answer(read());
      if (url !== undefined && answer.kind === 'shared') this.#remember(url, answer);
      this.#send(request, response, answer, path);
    } catch (error) {
      if (!(error instanceof OcspRequestError)) this.#deps.onError(error);
      const status = error instanceof OcspRequestError ? error.status : 'internalError';
      this.#send(request, response, errorAnswer(status), 'error');
    }
  }

  #remember(url: string, answer: SharedAnswer): void {
    if (url.length > MAX_REMEMBERED_URL) return;
    this.#byUrl.set(url, answer);
    if (this.#byUrl.size > MOST_URLS) this.#byUrl.delete(this.#byUrl.keys().next().value as string);
  }

  #send(request: IncomingMessage, response: ServerResponse, answer: OcspAnswer, path: AnswerPath): void {
    this.#deps.onAnswered(answer, path);
    if (response.headersSent || response.destroyed) return;
    const headers = answer.kind === 'shared' ? this.#cachingHeaders(answer) : PRIVATE_HEADERS;
    const closing = this.#deps.isClosing() ? CLOSE : NOTHING;
    const isGet = request.method !== 'POST';
    if (
      answer.kind === 'shared' &&
      isGet &&
      isNotModified(request, { etag: answer.sha256, lastModified: answer.thisUpdate })
    ) {
      response.writeHead(304, { ...headers, ...closing }).end();
      return;
    }
    response.writeHead(200, {
      'content-type': 'application/ocsp-response',
      'content-length': answer.bytes.length,
      ...headers,
      ...closing,
    });
    if (request.method === 'HEAD') response.end();
    else response.end(answer.bytes);
  }

  /** REV-31: thisUpdate < now + max-age < nextUpdate, and never beyond the time at which we sign anew. */
  #cachingHeaders(answer: SharedAnswer): Record<string, string> {
    const left = Math.floor((answer.refreshAt - this.#deps.now().getTime()) / 1000);
    const maxAge = Math.max(0, Math.min(answer.maxAge, left));
    return {
      'cache-control': `max-age=${maxAge},public,no-transform,must-revalidate`,
      etag: `"${answer.sha256}"`,
      'last-modified': new Date(answer.thisUpdate).toUTCString(),
      expires: new Date(answer.nextUpdate).toUTCString(),
    };
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

const PRIVATE_HEADERS: Record<string, string> = { 'cache-control': 'no-store' };
const CLOSE: Record<string, string> = { connection: 'close' };
const NOTHING: Record<string, string> = {};
