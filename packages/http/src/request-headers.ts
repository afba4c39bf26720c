import type { IncomingMessage } from 'node:http';
import { Refusal } from './problem.ts';

/** Headers whose repetition two servers in a row would read differently. Node keeps the first and says nothing. */
const SINGLE = new Set([
  'authorization',
  'content-encoding',
  'content-length',
  'content-type',
  'host',
  'idempotency-key',
  'origin',
  'sec-fetch-site',
  'see-role',
]);

// RFC 9110 8.3.1, with at most four parameters.
const MEDIA_TYPE =
  /^[!#$%&'*+.^_`|~0-9A-Za-z-]+\/[!#$%&'*+.^_`|~0-9A-Za-z-]+(?:[ \t]*;[ \t]*[!#$%&'*+.^_`|~0-9A-Za-z-]+=(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+|"[^"\\]*")){0,4}$/;

/**
 * Refuses headers that are repeated although they may appear once, a content type that is not one media type, a
 * charset other than UTF-8 and a compressed body. Headers that claim who the client is (X-Client-Cert,
 * X-Forwarded-For, Forwarded and their like) are not looked at, here or anywhere.
 */
export function checkHeaders(request: IncomingMessage): void {
  const seen = new Set<string>();
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    const name = (request.rawHeaders[index] ?? '').toLowerCase();
    if (SINGLE.has(name) && seen.has(name)) {
      throw new Refusal('duplicate-header', `The header ${name} may appear only once.`);
    }
    seen.add(name);
  }
  const type = request.headers['content-type'];
  if (type !== undefined) checkMediaType(type);
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new Refusal('unsupported-media-type', 'Compressed bodies are not taken. Send the body as it is.');
  }
}

function checkMediaType(type: string): void {
  if (type.length > 200 || !MEDIA_TYPE.test(type)) {
    throw new Refusal('unsupported-media-type', 'The content type is not one media type (RFC 9110 8.3).');
  }
  const charset = /;[ \t]*charset="?([^";\s]+)/i.exec(type)?.[1];
  if (charset !== undefined && !/^(?:utf-?8|us-ascii)$/i.test(charset)) {
    throw new Refusal('unsupported-media-type', 'Bodies are UTF-8. Send charset=utf-8 or none.');
  }
}
