import { type OrderContent, readOrderContent } from '@see/domain';
import { t } from '@see/language';
import { fromBase64url } from '../base64url.ts';
import { say } from '../say.ts';

/** A registered passkey: the name of its credential, and the id by which the authenticator finds it. */
export interface RegisteredPasskey {
  readonly credentialId: string;
  readonly passkey: string;
}

/** An order as this page read and hashed it itself. */
export interface OrderToApprove {
  readonly content: OrderContent;
  readonly digest: Uint8Array<ArrayBuffer>;
  readonly passkeys: readonly RegisteredPasskey[];
}

/** Why there is no order to approve. `code` is one of the catalogue, or `offline` or `wrong-content`. */
export class NoOrder extends Error {
  readonly code: string;
  constructor(code: string, detail: string) {
    super(detail);
    this.code = code;
  }
}

/**
 * Fetches an order's bytes and reads and hashes exactly these. Nothing else that the service says about the order is
 * looked at. Throws NoOrder; also when the bytes are those of another order.
 */
export async function fetchOrder(orderId: string): Promise<OrderToApprove> {
  const answer = await ask<Answer>(`/api/orders/${orderId}`);
  const bytes = fromBase64url(answer.content);
  let content: OrderContent;
  try {
    content = readOrderContent(bytes);
  } catch (error) {
    throw new NoOrder('wrong-content', error instanceof Error ? error.message : '');
  }
  if (content.orderId !== orderId) throw new NoOrder('wrong-content', say(t`the bytes are those of another order`));
  return { content, digest: await digestOf('order', bytes), passkeys: answer.passkeys };
}

/** SHA-384("see-pki/" || kind || "/v1" || 0x00 || bytes): what every approval signs. */
export async function digestOf(kind: 'order' | 'order-batch', bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const prefix = new TextEncoder().encode(`see-pki/${kind}/v1\0`);
  const input = new Uint8Array(prefix.length + bytes.length);
  input.set(prefix);
  input.set(bytes, prefix.length);
  return new Uint8Array(await crypto.subtle.digest('SHA-384', input));
}

export interface Answer {
  /** Canonical bytes, base64url. */
  readonly content: string;
  readonly passkeys: readonly RegisteredPasskey[];
}

/** Asks the desk. Throws NoOrder. */
export async function ask<T>(path: string): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, { redirect: 'error', cache: 'no-store' });
  } catch {
    throw new NoOrder('offline', '');
  }
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer as T;
  const problem = (answer ?? {}) as { code?: string; detail?: string };
  throw new NoOrder(problem.code ?? 'internal', problem.detail ?? '');
}
