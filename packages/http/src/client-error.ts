import type { Socket } from 'node:net';
import { problemOf, Refusal } from './problem.ts';
import type { ProblemCode } from './problem-catalogue.ts';

const KNOWN: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['request-timeout', 'The request was not complete in time.'],
  HPE_HEADER_OVERFLOW: ['headers-too-large', 'The headers are larger than 16 KiB.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ['body-too-large', 'The chunk extensions are too large.'],
};

/**
 * The answer to bytes that are not HTTP, or that come too slowly, as the whole response to write to the socket before
 * it is closed. No request exists yet, so the id is given by the caller.
 */
export function clientErrorResponse(errorCode: string | undefined, requestId: string): string {
  const [code, detail] = KNOWN[errorCode ?? ''] ?? ['malformed-request', 'The request is not well-formed HTTP/1.1.'];
  const problem = problemOf(new Refusal(code, detail), requestId);
  const body = JSON.stringify(problem);
  return [
    `HTTP/1.1 ${problem.status} ${REASONS[problem.status] ?? 'Bad Request'}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  413: 'Content Too Large',
  431: 'Request Header Fields Too Large',
};

/** Writes the answer when the client can still read one, and ends the connection either way. */
export function answerClientError(error: { code?: string }, socket: Socket, requestId: string): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  socket.end(clientErrorResponse(error.code, requestId), () => socket.destroy());
}
