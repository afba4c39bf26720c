import { setTimeout as sleep } from 'node:timers/promises';
import { refused } from '@see/domain';
import { type CanonicalValue, readStatement, signDigest } from '@see/statement';
import type { CommandContext } from '../command-context.ts';
import type { ApprovalKey } from '../keys/approval-key.ts';
import { proposeOnHead } from './statement.ts';

/** How long others get to do what a command waits for. */
const PATIENCE_MS = 60_000;

/** Asks again and again until there is an answer. Throws `not-yet` after a minute, with what is waited for. */
export async function until<T>(look: () => Promise<T | undefined>, otherwise: string): Promise<T> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > end) throw refused('not-yet', otherwise, { remedy: 'give the same command again later' });
    await sleep(250);
  }
}

/** Proposes a statement of the chain here, signs it with each key, and waits until the signer has accepted it. */
export async function signOnHead(
  context: CommandContext,
  kind: string,
  subject: { readonly [key: string]: CanonicalValue },
  keys: readonly ApprovalKey[],
): Promise<void> {
  const api = context.api();
  const proposed = await proposeOnHead(context, kind, subject, 'operator1');
  const { digest } = readStatement(Uint8Array.fromBase64(proposed.bytes));
  const path = `/api/v1/statements/${digest.toHex()}`;
  for (const { credentialId, privateKey } of keys)
    await api.post(`${path}/signatures`, { credentialId, signature: signDigest(digest, credentialId, privateKey) });
  const state = await until(async () => {
    const found = await api.get<{ state: string }>(path);
    return found.state === 'proposed' ? undefined : found.state;
  }, 'the signer has not accepted the statement: see statement list');
  if (state !== 'accepted')
    throw refused('statement-refused', `the signer did not accept the statement: it is ${state}`, {
      remedy: `look at it: see statement list; somebody else's may have come first, then give the command again`,
    });
}
