import type { OrderRow, Verdict } from '@see/db/signer';
import {
  type Authority,
  approversFault,
  type CertificateType,
  type OrderContent,
  type OrderItem,
  orderApprovers,
  type Refusal,
  RefusedError,
  readOrderContent,
} from '@see/domain';
import { keyViolations, orderViolations, type Profile, profileOf, type VerifiedCsr, verifyCsr } from '@see/policy';
import { statementDigest } from '@see/statement';
import type { CaRing } from './ca-ring.ts';

/** One certificate to make: everything that is needed was verified on the bytes that the approvers signed. */
export interface VerifiedItem {
  readonly item: OrderItem;
  readonly profile: Profile;
  readonly type: CertificateType;
  readonly csr: VerifiedCsr;
}

/** An order whose approvals were verified. */
export interface ApprovedOrder {
  readonly id: string;
  readonly content: OrderContent;
  readonly digest: Uint8Array;
}

export interface VerifiedOrder extends ApprovedOrder {
  readonly items: readonly VerifiedItem[];
}

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly violations: readonly Refusal[] };

const fail = (...violations: Refusal[]): Outcome<never> => ({ ok: false, violations });

/**
 * Verifies what the approvers signed: the content reads, its digest is the one approved, it holds against the
 * authority as it stands now, and enough different operators approved it in time. `noted` is the signer's own earlier
 * verdict, already checked, with which approvals count after `approveBefore` too.
 */
export async function verifyApprovals(
  row: OrderRow,
  authority: Authority,
  ring: CaRing,
  at: number,
  noted: Verdict | undefined,
): Promise<Outcome<ApprovedOrder>> {
  let content: OrderContent;
  try {
    content = readOrderContent(row.content);
  } catch (error) {
    const violations =
      error instanceof RefusedError
        ? error.violations
        : [{ code: 'malformed-order', message: (error as Error).message }];
    return fail(...violations);
  }
  const digest = statementDigest('order', row.content);
  if (!Buffer.from(digest).equals(row.digest) || content.orderId !== row.id || content.kind !== row.kind) {
    return fail({
      code: 'order-tampered',
      message: 'the row does not belong to the content that was approved',
      source: 'design 3',
    });
  }
  const violations = orderViolations(content, authority, ring.facts, at);
  if (violations.length > 0) return fail(...violations);
  if (!noted && at > content.approveBefore) {
    return fail({
      code: 'approval-lapsed',
      message: 'the time for approving the order is over',
      source: 'design 3',
      remedy: 'make a new order',
    });
  }
  const approvers = await orderApprovers(authority, content, digest, row.approvals);
  const fault = approversFault(content, approvers);
  return fault ? fail(fault) : { ok: true, value: { id: row.id, content, digest } };
}

/** Verifies the keys of an approved order: proof of possession, strength, the profile's rules, and that the order names them. */
export async function verifyKeys(
  order: ApprovedOrder,
  csrs: readonly Uint8Array[],
  authority: Authority,
  ring: CaRing,
): Promise<Outcome<VerifiedOrder>> {
  const { items } = order.content;
  if (csrs.length !== items.length)
    return fail({ code: 'wrong-key-count', message: `${csrs.length} CSRs for ${items.length} certificates` });
  const results = await Promise.all(
    items.map((item, index) => verifyItem(item, csrs[index] ?? new Uint8Array(0), authority, ring)),
  );
  const violations = results.flatMap((result) => (result.ok ? [] : result.violations));
  const verified = results.flatMap((result) => (result.ok ? [result.value] : []));
  if (violations.length > 0) return fail(...violations);
  const keys = new Set(verified.map((one) => one.csr.key.sha256.toHex()));
  if (keys.size !== verified.length)
    return fail({ code: 'same-key-twice', message: 'each certificate has a key of its own', source: 'GOV-4' });
  return { ok: true, value: { ...order, items: verified } };
}

async function verifyItem(
  item: OrderItem,
  der: Uint8Array,
  authority: Authority,
  ring: CaRing,
): Promise<Outcome<VerifiedItem>> {
  const active = authority.profiles.get(item.profileDigest);
  const type = authority.types.get(item.typeId);
  if (!active || !type) return fail({ code: 'profile-not-active', message: `profile ${item.profileId} is not active` });
  const profile = profileOf(active.content);
  const result = await verifyCsr(der);
  if (!result.ok) return fail(...result.violations);
  const { key } = result.verified;
  const sha256 = key.sha256.toHex();
  if (item.spkiSha256 !== null && item.spkiSha256 !== sha256) {
    return fail({
      code: 'key-not-approved',
      message: 'the CSR holds another key than the one that was approved',
      source: 'design 3',
    });
  }
  if (ring.caKeys.has(sha256)) return fail({ code: 'ca-key', message: "the key is a CA's own", source: 'PRF-0.13' });
  const violations = keyViolations(key.key, profile);
  return violations.length > 0
    ? fail(...violations)
    : { ok: true, value: { item, profile, type, csr: result.verified } };
}
