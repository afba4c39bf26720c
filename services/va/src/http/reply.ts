import type { IncomingMessage, ServerResponse } from 'node:http';
import { problemOf, type Refusal } from '@see/http/problem';

/** What is sent back. HEAD, conditions and ranges are applied when it is sent. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Opaque validator without its quotes; makes the reply conditional and, with `ranges`, partial. */
  readonly etag?: string;
  /** Milliseconds since 1970. */
  readonly lastModified?: number;
  readonly ranges?: boolean;
}

const encoder = new TextEncoder();

/** A reply of text; the type names its charset. */
export function textReply(
  status: number,
  type: string,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return { status, headers: { 'content-type': type, ...headers }, body: encoder.encode(text) };
}

/** JSON that is made for this request and kept by nobody. */
export function jsonReply(status: number, value: unknown): Reply {
  return textReply(status, 'application/json', `${JSON.stringify(value)}\n`, { 'cache-control': 'no-store' });
}

/** A refusal as problem details (RFC 9457). */
export function problemReply(refusal: Refusal, requestId: string): Reply {
  return textReply(refusal.status, 'application/problem+json', `${JSON.stringify(problemOf(refusal, requestId))}\n`, {
    'cache-control': 'no-store',
    ...refusal.headers,
  });
}

/** Headers that every reply of ours has: nothing of it is a page unless it says so. */
const ALWAYS = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
} as const;

/** Sends a reply as the request asked for it (RFC 9110 13, 14): HEAD, If-None-Match, If-Modified-Since, one range. */
export function sendReply(request: IncomingMessage, response: ServerResponse, reply: Reply, closing: boolean): void {
  const headers: Record<string, string | number> = { ...ALWAYS, ...reply.headers };
  if (reply.etag !== undefined) headers['etag'] = `"${reply.etag}"`;
  if (reply.lastModified !== undefined) headers['last-modified'] = new Date(reply.lastModified).toUTCString();
  if (reply.ranges) headers['accept-ranges'] = 'bytes';
  if (closing) headers['connection'] = 'close';
  let { status, body } = reply;
  if (status === 200 && isNotModified(request, reply)) {
    delete headers['content-type'];
    response.writeHead(304, headers).end();
    return;
  }
  const range = status === 200 && reply.ranges ? rangeOf(request, reply) : undefined;
  if (range === 'unsatisfiable') {
    status = 416;
    headers['content-range'] = `bytes */${body.length}`;
    body = new Uint8Array(0);
  } else if (range) {
    status = 206;
    headers['content-range'] = `bytes ${range.first}-${range.last}/${body.length}`;
    body = body.subarray(range.first, range.last + 1);
  }
  headers['content-length'] = body.length;
  response.writeHead(status, headers);
  if (request.method === 'HEAD') response.end();
  else response.end(body);
}

/** Whether the client has it already. If-None-Match counts before If-Modified-Since (RFC 9110 13.2.2). */
export function isNotModified(request: IncomingMessage, reply: Pick<Reply, 'etag' | 'lastModified'>): boolean {
  const tags = request.headers['if-none-match'];
  if (tags !== undefined) return reply.etag !== undefined && names(tags, reply.etag);
  const since = request.headers['if-modified-since'];
  if (since === undefined || reply.lastModified === undefined) return false;
  const time = Date.parse(since);
  return !Number.isNaN(time) && Math.floor(reply.lastModified / 1000) * 1000 <= time;
}

function names(list: string, etag: string): boolean {
  return list.split(',').some((item) => {
    const tag = item.trim();
    return tag === '*' || tag === `"${etag}"` || tag === `W/"${etag}"`;
  });
}

const RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/;

/** One range of octets; several, other units and an If-Range that no longer holds give the whole (RFC 9110 14.2). */
function rangeOf(
  request: IncomingMessage,
  reply: Reply,
): { readonly first: number; readonly last: number } | 'unsatisfiable' | undefined {
  const [, from, to] = RANGE.exec(request.headers['range'] ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return undefined;
  const condition = request.headers['if-range'];
  if (condition !== undefined && condition !== `"${reply.etag}"`) return undefined;
  const { length } = reply.body;
  if (from === '') {
    const count = Number(to);
    return count === 0 || length === 0 ? 'unsatisfiable' : { first: Math.max(0, length - count), last: length - 1 };
  }
  const first = Number(from);
  if (to !== '' && Number(to) < first) return undefined;
  if (first >= length) return 'unsatisfiable';
  return { first, last: to === '' ? length - 1 : Math.min(Number(to), length - 1) };
}
