import { createServer, type Server } from 'node:net';

/** Test files run two at a time, each in a worker with a range of its own: a port that one has found is not the other's. */
const WORKER = Number(process.env['VITEST_POOL_ID'] ?? '0') % 8;
const FIRST = 12_000 + WORKER * 2_500;
const COUNT = 2_500;
let next = Math.floor(Math.random() * COUNT);

/**
 * As many different ports as asked for, on which nobody listens now. All are held until the last is found. They lie below
 * those that the system gives to connections, and the next call goes on behind them.
 */
export async function freePorts(count: number): Promise<number[]> {
  const held: Server[] = [];
  const ports: number[] = [];
  for (let tried = 0; ports.length < count; tried++) {
    if (tried > COUNT) throw new Error('no port is free');
    const port = FIRST + (next++ % COUNT);
    const server = await listening(port);
    if (!server) continue;
    held.push(server);
    ports.push(port);
  }
  await Promise.all(held.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** A server on the port; undefined when somebody else has it. */
function listening(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
