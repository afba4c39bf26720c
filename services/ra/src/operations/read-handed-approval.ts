import type { SignedBy } from '@see/domain';
import { parseStrictJson, Refusal } from '@see/http';
import { isWebauthnSignature } from '@see/statement';

/**
 * Reads an approval as the desk handed it over: base64url of JSON, an assertion by a passkey in the name of a
 * credential. Nothing is verified. Throws Refusal `signature-refused`, or what is wrong with the JSON.
 */
export function readHandedApproval(text: string): SignedBy {
  const octets = Buffer.from(text, 'base64url');
  if (octets.length === 0 || octets.toString('base64url') !== text) throw unreadable();
  const value = parseStrictJson(octets);
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 2) throw unreadable();
  const { credentialId, signature } = value as Readonly<Record<string, unknown>>;
  if (typeof credentialId !== 'string' || !/^[A-Za-z0-9_-]{16,200}$/.test(credentialId)) throw unreadable();
  if (!isWebauthnSignature(signature)) throw unreadable();
  return { credentialId, signature };
}

function unreadable(): Refusal {
  return new Refusal('signature-refused', 'What came from the desk is no approval. Open the order and try again.');
}
