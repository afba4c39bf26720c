import { writeFileSync } from 'node:fs';
import { refused } from '@see/domain';
import type { ApiClient } from '../api-client.ts';

const TRIES = 30;

/** Asks for a bundle until the log has signed it, and writes it, readable by its owner alone. */
export async function fetchBundle(api: ApiClient, path: string, file: string): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const text = new TextDecoder().decode(await api.bytes(path, 'application/json'));
    if (text.startsWith('{"content":')) {
      writeFileSync(file, text, { mode: 0o600 });
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  throw refused('not-sealed-yet', 'the audit log has not signed the bundle yet', {
    remedy: 'see doctor tells whether the worker and the signer run',
  });
}
