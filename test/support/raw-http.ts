import { connect } from 'node:net';

/** What came back on a socket, as far as it is HTTP. */
export interface RawAnswer {
  /** 0 when the connection ended without an answer. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly milliseconds: number;
}

/**
 * Writes these octets to a port and reads one answer; the connection is closed by whoever comes first. Nothing is
 * normalised, so that requests can be sent which no HTTP client would.
 */
export function sendRaw(port: number, octets: string | Uint8Array, patience = 15_000): Promise<RawAnswer> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect({ port, host: '127.0.0.1' });
    const end = (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ ...readAnswer(Buffer.concat(chunks)), milliseconds: performance.now() - started });
    };
    const timer = setTimeout(() => {
      socket.destroy();
      reject(
        new Error(`no whole answer within ${patience} ms: ${Buffer.concat(chunks).toString('latin1').slice(0, 200)}`),
      );
    }, patience);
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      if (isWhole(Buffer.concat(chunks))) end();
    });
    socket.on('error', end);
    socket.on('close', end);
    socket.on('connect', () => socket.write(typeof octets === 'string' ? Buffer.from(octets, 'latin1') : octets));
  });
}

/** A request in octets: its head with Host and Connection: close, and its body with its length. */
export function rawRequest(line: string, headers: readonly string[] = [], body: string | Uint8Array = ''): Buffer {
  const octets = typeof body === 'string' ? Buffer.from(body) : Buffer.from(body);
  const length = octets.length > 0 ? [`Content-Length: ${octets.length}`] : [];
  const head = [`${line} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...headers, ...length, '', ''];
  return Buffer.concat([Buffer.from(head.join('\r\n'), 'latin1'), octets]);
}

function readAnswer(all: Buffer): Omit<RawAnswer, 'milliseconds'> {
  const end = all.indexOf('\r\n\r\n');
  const [first = '', ...lines] = all.subarray(0, Math.max(end, 0)).toString('latin1').split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  return {
    status: Number(/^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1] ?? 0),
    headers,
    body: all.subarray(end < 0 ? all.length : end + 4),
  };
}

function isWhole(all: Buffer): boolean {
  const { status, headers, body } = readAnswer(all);
  const length = headers['content-length'];
  if (status === 0 || status === 100) return false;
  return length !== undefined && body.length >= Number(length);
}
