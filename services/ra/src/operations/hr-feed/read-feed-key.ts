import { createPublicKey } from 'node:crypto';
import { Refusal } from '@see/http';

/**
 * The public key of a webhook out of a PEM file, as JWK. A private key is refused, though the public one could be had from it:
 * it is in other hands then. Another curve than P-384 is refused. Throws Refusal `invalid-request`.
 */
export function readFeedKey(pem: string): {
  readonly kty: unknown;
  readonly crv: unknown;
  readonly x: unknown;
  readonly y: unknown;
} {
  if (isPrivateKey(pem))
    throw refuse(
      'That is a private key. It was not stored, but it has left its place: make a new pair and give the public half.',
    );
  let key: ReturnType<typeof readFeedKey>;
  try {
    const { kty, crv, x, y } = createPublicKey(pem).export({ format: 'jwk' });
    key = { kty, crv, x, y };
  } catch {
    throw refuse('This is no public key in PEM form. It begins with BEGIN PUBLIC KEY.');
  }
  if (key.crv === 'P-384') return key;
  throw refuse('The key has to be one of the elliptic curve P-384 (secp384r1). This one is another.');
}

/** Whether a text has a private key in it, which is not to be shown again. */
export function isPrivateKey(text: string): boolean {
  return text.includes('PRIVATE KEY');
}

function refuse(message: string): Refusal {
  const violation = { code: 'bad-key', path: 'body/publicKey', message };
  return new Refusal('invalid-request', message, { violations: [violation] });
}
