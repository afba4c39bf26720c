import type { IncomingMessage } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import { rootCertificates } from 'node:tls';
import { refused } from '@see/domain';

/** How a command proves who runs it, by the certificate of an operator. PEM, or PKCS#12. */
export interface ClientIdentity {
  readonly certificate?: string;
  readonly key?: string;
  readonly pkcs12?: Uint8Array;
  readonly passphrase?: string;
}

/** What a command speaks TLS with. */
export interface TlsTrust {
  /** Further roots in PEM, beside those that Node brings: the instance's own. */
  readonly roots: () => Promise<readonly string[]>;
  readonly identity: ClientIdentity | undefined;
}

/** As much of a request as these commands need. */
export interface TlsRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

const PATIENCE = 60_000;
const LONGEST = 64 * 1024 * 1024;

/**
 * Sends a request over TLS 1.2 or 1.3 and reads the whole answer. The server's certificate is verified, host name
 * included. Redirects are not followed. Rejects with the code of the system or of OpenSSL.
 */
export async function sendOverTls(
  url: string,
  { method, headers, body }: TlsRequest,
  trust: TlsTrust,
): Promise<Response> {
  const { certificate, key, pkcs12, passphrase } = trust.identity ?? {};
  const options: RequestOptions = {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }) },
    agent: false,
    minVersion: 'TLSv1.2',
    ca: [...rootCertificates, ...(await trust.roots())],
    ...(certificate === undefined ? {} : { cert: certificate }),
    ...(key === undefined ? {} : { key }),
    ...(pkcs12 === undefined ? {} : { pfx: Buffer.from(pkcs12) }),
    ...(passphrase === undefined ? {} : { passphrase }),
    signal: AbortSignal.timeout(PATIENCE),
  };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, options, resolve).once('error', reject).end(body);
  });
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of answer as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > LONGEST) throw refused('answer-too-large', `${url} answers with more than ${LONGEST} octets`);
    parts.push(part);
  }
  const { statusCode: status = 500, headers: given } = answer;
  const type = given['content-type'];
  const hasBody = length > 0 && status !== 204 && status !== 304;
  return new Response(hasBody ? Buffer.concat(parts) : null, {
    status,
    ...(type === undefined ? {} : { headers: { 'content-type': type } }),
  });
}
