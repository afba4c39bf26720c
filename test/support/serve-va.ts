import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { startVa, type VaOptions } from '../../services/va/src/start-va.ts';

/** What the process is told in its one argument, as JSON. */
export interface ServedVa {
  readonly instance: VaOptions['instance'];
  readonly stateDir: string;
  readonly databaseUrl: string;
  readonly passphraseFile: string;
}

// A va in a process of its own, so that it can be put on a core of its own.
const { passphraseFile, ...told } = JSON.parse(process.argv[2] ?? '{}') as ServedVa;
const started = performance.now();
const va = await startVa({
  ...told,
  passphrase: Buffer.from(readFileSync(passphraseFile, 'utf8').trim()),
  closing: new AbortController().signal,
  log: (level, message, fields) => {
    if (level !== 'info') process.stderr.write(`${level} ${message} ${JSON.stringify(fields)}\n`);
  },
  fail: (error) => {
    throw error;
  },
});
process.send?.({ port: va.port, listeningAfter: performance.now() - started });
await va.loaded;
process.send?.({ loadedAfter: performance.now() - started });
// What is alive after a full collection is what a leak would show in.
process.on('message', (message) => {
  if (message !== 'measure') return;
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  process.send?.({ alive: heapUsed + arrayBuffers, rss });
});
process.on('SIGTERM', () => {
  void va.close().then(() => process.exit(0));
});
