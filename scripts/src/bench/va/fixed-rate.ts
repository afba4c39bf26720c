import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';

/** What the process is told in its one argument, as JSON. */
export interface FixedRate {
  readonly port: number;
  /** Requests a second. */
  readonly rate: number;
  readonly seconds: number;
  readonly connections: number;
  /** A file with GET paths, one a line; each request takes one of them. */
  readonly paths: string;
}

// A client that sends at fixed times whether answers have come or not, on a core of its own. The latency of each answer counts
// from the time when its request was due, so that a server that stops is not measured less often (open loop).
const { port, rate, seconds, connections, paths } = JSON.parse(process.argv[2] ?? '{}') as FixedRate;
const requests = readFileSync(paths, 'utf8')
  .split('\n')
  .map((path) => Buffer.from(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`));
const total = Math.floor(rate * seconds);
const latencies = new Float64Array(total);
const idle: Client[] = [];
const due: number[] = [];
let answered = 0;

interface Client {
  readonly socket: Socket;
  dueAt: number;
  /** Octets of the answer that are still to come; undefined before its head was read. */
  left: number | undefined;
  head: Buffer;
}

await Promise.all(Array.from({ length: connections }, open));
const started = performance.now();
let sent = 0;
await new Promise<void>((resolve) => {
  const turn = () => {
    const now = performance.now();
    for (; sent < total && started + (sent * 1000) / rate <= now; sent += 1) due.push(started + (sent * 1000) / rate);
    while (due.length > 0 && idle.length > 0) send(idle.pop() as Client, due.shift() as number);
    if (answered === total) resolve();
    else setImmediate(turn);
  };
  turn();
});
const took = (performance.now() - started) / 1000;
latencies.sort();
const at = (part: number) => latencies[Math.min(total - 1, Math.floor(total * part))] as number;
process.send?.({ rate: total / took, p50: at(0.5), p99: at(0.99), most: at(1) });
process.exit(0);

function send(client: Client, dueAt: number): void {
  client.dueAt = dueAt;
  client.left = undefined;
  client.head = Buffer.alloc(0);
  client.socket.write(requests[Math.floor(Math.random() * requests.length)] as Buffer);
}

function open(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', resolve).setNoDelay(true).on('error', reject);
    const client: Client = { socket, dueAt: 0, left: undefined, head: Buffer.alloc(0) };
    idle.push(client);
    socket.on('close', () => {
      throw new Error('the server closed a connection');
    });
    socket.on('data', (octets: Buffer) => read(client, octets));
  });
}

function read(client: Client, octets: Buffer): void {
  if (client.left === undefined) {
    client.head = client.head.length === 0 ? octets : Buffer.concat([client.head, octets]);
    const end = client.head.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = client.head.toString('latin1', 0, end).toLowerCase();
    if (!head.startsWith('http/1.1 200')) throw new Error(head.split('\r\n')[0]);
    client.left = Number(/content-length: (\d+)/.exec(head)?.[1]) - (client.head.length - end - 4);
  } else client.left -= octets.length;
  if (client.left > 0) return;
  latencies[answered] = performance.now() - client.dueAt;
  answered += 1;
  idle.push(client);
}
