import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** Asks at the terminal without showing what is typed. Rejects when the question is abandoned (Ctrl-C, Ctrl-D) or the answer is empty. */
export function askSecret(question: string): Promise<Uint8Array> {
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true, historySize: 0 });
  return new Promise((resolve, reject) => {
    terminal.once('line', (line) => {
      terminal.removeAllListeners('close');
      terminal.close();
      process.stderr.write('\n');
      if (line === '') reject(new Error('an empty passphrase unseals nothing'));
      else resolve(new TextEncoder().encode(line));
    });
    terminal.once('close', () => {
      process.stderr.write('\n');
      reject(new Error('no passphrase was given'));
    });
  });
}
