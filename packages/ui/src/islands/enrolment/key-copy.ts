import { buildPairEnvelopes, keyIdOf } from '@see/cms';
import { type SafeHtml, t } from '@see/language';
import { decodeBase64, encodeBase64, fromHex, toHex } from '@see/x509';
import type { CodeKey } from './code-key.ts';
import type { RequestedKey } from './key-pair.ts';
import type { KeptFor, SentKey } from './redemption.ts';

/**
 * The copy of a key for its agents, made here: two of them together open it and nobody else, the service that carries it
 * included. It is as good as the agents' keys that the service named.
 */
export async function copyKey(
  key: RequestedKey,
  { statement, agents }: KeptFor,
  codeKey: CodeKey,
): Promise<NonNullable<SentKey['escrow']>> {
  const recipients = agents.map(({ publicKey }) => {
    const spki = decodeBase64(publicKey);
    if (!spki) throw new Error('the service sent something else than base64');
    return { spki, identifier: { kind: 'key', keyId: keyIdOf(spki) } as const };
  });
  const { subtle } = crypto;
  const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  const envelopes = await buildPairEnvelopes(key.pkcs8, recipients, { randomBytes, subtle });
  const digest = fromHex(statement);
  if (!digest) throw new Error('the service sent something else than hex');
  const tag = await codeKey.escrowTag(key.spki, digest, envelopes);
  return { agents: statement, envelopes: envelopes.map((each) => encodeBase64(each)), tag: toHex(tag) };
}

/** Who can open the copy, as the page says it before a key is made: "A and B", "A, B and C". */
export function namesOf({ agents }: KeptFor): SafeHtml {
  const names = agents.map(({ label }) => label);
  return t`${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
