import { createSocket } from 'node:dgram';

/** A DNS server on loopback that knows TXT records and nothing else. */
export interface DnsServer {
  /** Like `127.0.0.1:5353`, for a resolver. */
  readonly address: string;
  /** Texts by lower-case name; a name without any does not exist. */
  readonly records: Map<string, readonly string[]>;
  close(): Promise<void>;
}

export async function startDnsServer(): Promise<DnsServer> {
  const records: DnsServer['records'] = new Map();
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => socket.send(answer(query, records), from.port, from.address));
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${socket.address().port}`,
    records,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

/** RFC 1035 4.1: the question again, and a TXT record for each text, its name a pointer to the question's. */
function answer(query: Buffer, records: DnsServer['records']): Buffer {
  let at = 12;
  const labels: string[] = [];
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.subarray(at + 1, at + 1 + length).toString('ascii'));
    at += 1 + length;
  }
  const question = query.subarray(12, at + 5);
  const texts = records.get(labels.join('.').toLowerCase()) ?? [];
  const header = Buffer.from(query.subarray(0, 12));
  header.writeUInt16BE(texts.length > 0 ? 0x8580 : 0x8583, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(texts.length, 6);
  header.writeUInt32BE(0, 8);
  const found = texts.map((text) => {
    // Long texts come in parts, as real servers send them.
    const parts = text.match(/.{1,30}/g) ?? [];
    const data = Buffer.concat(parts.map((part) => Buffer.concat([Buffer.from([part.length]), Buffer.from(part)])));
    const head = Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 1, 0, 0]);
    head.writeUInt16BE(data.length, 10);
    return Buffer.concat([head, data]);
  });
  return Buffer.concat([header, question, ...found]);
}
