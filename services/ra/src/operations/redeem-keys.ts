import { notify, withTransaction } from '@see/db';
import {
  findOrder,
  findOrderRefusal,
  findSameAttempt,
  insertEscrowedKeys,
  insertRedeemAttempt,
  listOrderCertificates,
  type NewEscrowedKey,
  type OrderRow,
  type RedemptionKey,
} from '@see/db/ra';
import { activeProfile } from '@see/domain';
import { Refusal } from '@see/http';
import { type EscrowPackage, escrowViolations, profileOf, verifyCsr } from '@see/policy';
import { encodeBase64 } from '@see/x509';
import type { Ra } from '../ra.ts';
import { refusedFor } from '../refusal.ts';
import { assertRight, awaitResult, notRedeemable, redeemableOrder } from './check-code.ts';

/** How long a request waits for the certificates, in milliseconds. The client asks again after that. */
const PATIENCE = 20_000;

/** A key as a person brings it: with a copy of it under its own tag, where its profile keeps one. */
export interface BroughtKey extends RedemptionKey {
  readonly escrow?: EscrowPackage & { readonly tag: Uint8Array };
}

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
  keys: readonly BroughtKey[],
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

async function newAttempt(ra: Ra, orderId: string, keys: readonly BroughtKey[]): Promise<number> {
  const order = await redeemableOrder(ra, orderId);
  if (keys.length !== order.profiles.length) {
    throw new Refusal(
      'invalid-request',
      `This order takes ${order.profiles.length} keys, one a profile, in the order's sequence.`,
    );
  }
  const violations = [];
  const copies: NewEscrowedKey[] = [];
  for (const [item, { csr, escrow }] of keys.entries()) {
    const result = await verifyCsr(csr);
    const found = [
      ...(result.ok ? [] : result.violations.map((each) => ({ ...each, path: 'csr' }))),
      ...copyViolations(ra, order.profiles[item] ?? '', escrow),
    ];
    violations.push(...found.map((each) => ({ ...each, path: `keys[${item}].${each.path ?? 'csr'}` })));
    if (!escrow || !result.ok) continue;
    const { agents, envelopes, tag } = escrow;
    const spkiSha256 = result.verified.key.sha256;
    copies.push({ item, spkiSha256, agentsDigest: Uint8Array.fromHex(agents), envelopes, tag });
  }
  if (violations.length > 0) throw refusedFor('csr-refused', violations);
  return withTransaction(ra.db, async (tx) => {
    const id = await insertRedeemAttempt(tx, order.id, keys);
    await insertEscrowedKeys(tx, id, order.id, copies);
    await notify(tx, 'see_redemptions', id);
    return id;
  });
}

/** What the signer would refuse of the copy of a key, said before it is asked. */
function copyViolations(ra: Ra, profileId: string, escrow: EscrowPackage | undefined) {
  const { current } = ra.authority;
  const active = activeProfile(current, profileId);
  return active ? escrowViolations(profileOf(active.content), escrow, current) : [];
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
