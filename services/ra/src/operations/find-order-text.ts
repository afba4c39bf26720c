import type { OrderFilter } from '@see/db/ra';
import { fromHex } from '@see/x509';

/**
 * What a search text means for orders: a reference (an id or its first eight signs), the SHA-256 of a key, a mail address
 * or host, or the start of the name that it is for.
 */
export function orderFilter(text: string): OrderFilter {
  const trimmed = text.trim();
  const plain = trimmed.toLowerCase();
  const [, reference] = /^([0-9a-f]{8})(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.exec(plain) ?? [];
  if (reference !== undefined || /^[0-9a-f]{8}$/.test(plain)) return { reference: reference ?? plain };
  const hex = plain.replaceAll(/[\s:]/g, '');
  const key = /^[0-9a-f]{64}$/.test(hex) ? fromHex(hex) : undefined;
  if (key) return { key };
  if (/^[^\s@]+@[^\s@]+$/.test(plain) || /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(plain)) return { name: plain };
  return { search: trimmed };
}
