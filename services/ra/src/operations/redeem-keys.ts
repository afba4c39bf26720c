import { notify, withTransaction } from '@see/db';
import {
  findOrder,
  findOrderRefusal,
  findSameAttempt,
  insertRedeemAttempt,
  listOrderCertificates,
  type OrderRow,
  type RedemptionKey,
} from '@see/db/ra';
import { Refusal } from '@see/http';
import { verifyCsr } from '@see/policy';
import { encodeBase64 } from '@see/x509';
import type { Ra } from '../ra.ts';
import { refusedFor } from '../refusal.ts';
import { assertRight, awaitResult, notRedeemable, redeemableOrder } from './check-code.ts';

/** How long a request waits for the certificates, in milliseconds. The client asks again after that. */
const PATIENCE = 20_000;

export interface RedeemedCertificate {
  readonly profile: string;
  readonly serial: string;
  readonly notAfter: string;
  readonly certificate: string;
  readonly chain: readonly string[];
}

/**
 * Hands keys with their tags to the signer and waits for the certificates; undefined when they are not there yet. The
 * same keys may be sent again at any time: there is one attempt and one answer for them, also after the issue.
 */
export async function redeemKeys(
  ra: Ra,
  orderId: string,
  keys: readonly RedemptionKey[],
): Promise<readonly RedeemedCertificate[] | undefined> {
  const attempt = (await findSameAttempt(ra.db, orderId, keys)) ?? (await newAttempt(ra, orderId, keys));
  assertRight(await awaitResult(ra, attempt));
  // The signer says that the keys are right before it takes the order up: first until it has, then until it is done.
  const taken = await ra.wakeUps.until('issued', PATIENCE, async () => {
    const found = await findOrder(ra.db, orderId);
    return found?.state === 'redeemable' ? undefined : found;
  });
  if (!taken) return undefined;
  await ra.orderWatch.wait(orderId, PATIENCE);
  const order = await findOrder(ra.db, orderId);
  if (!order || order.state === 'issuing') return undefined;
  if (order.state === 'issued') return certificatesOf(ra, order);
  const refusal = await findOrderRefusal(ra.db, orderId);
  throw new Refusal('order-refused', refusal?.detail ?? `The order is ${order.state}.`, {
    violations: refusal ? [{ code: refusal.code, message: refusal.detail }] : [],
  });
}

async function newAttempt(ra: Ra, orderId: string, keys: readonly RedemptionKey[]): Promise<number> {
  const order = await redeemableOrder(ra, orderId);
  if (keys.length !== order.profiles.length) {
    throw new Refusal(
      'invalid-request',
      `This order takes ${order.profiles.length} keys, one a profile, in the order's sequence.`,
    );
  }
  const violations = [];
  for (const [index, { csr }] of keys.entries()) {
    const result = await verifyCsr(csr);
    if (!result.ok) violations.push(...result.violations.map((each) => ({ ...each, path: `keys[${index}].csr` })));
  }
  if (violations.length > 0) throw refusedFor('csr-refused', violations);
  return withTransaction(ra.db, async (tx) => {
    const id = await insertRedeemAttempt(tx, order.id, keys);
    await notify(tx, 'see_redemptions', id);
    return id;
  });
}

async function certificatesOf(ra: Ra, order: OrderRow): Promise<readonly RedeemedCertificate[]> {
  const rows = await listOrderCertificates(ra.db, order.id);
  if (rows.length !== order.profiles.length) throw notRedeemable();
  return rows.map(({ certificate, der }) => ({
    profile: certificate.profileId,
    serial: certificate.serial.toHex(),
    notAfter: certificate.notAfter.toISOString(),
    certificate: encodeBase64(der),
    chain: ra.cas.chain(certificate.ca).map((each) => encodeBase64(each)),
  }));
}
