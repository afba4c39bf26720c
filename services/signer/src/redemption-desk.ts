import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type Database, notify, type Tx, withTransaction, writeAudit } from '@see/db';
import {
  countWrongAttempts,
  moveOrders,
  type RedemptionAttempt,
  type RedemptionResult,
  readEnrolmentSecret,
  readEscrows,
  readOpenAttempts,
  readOrder,
  readVerdict,
  writeRedemptionResult,
} from '@see/db/signer';
import {
  type Authority,
  codeProofMessage,
  ENROLMENT_TRIES,
  keyTagMessage,
  type OrderContent,
  type Refusal,
  readOrderContent,
  serviceKeysOf,
} from '@see/domain';
import { openSealed } from '@see/keys';
import { spkiSha256 } from '@see/policy';
import { canonicalBytes, importPublicJwk, signatureFaultInPool, statementDigest } from '@see/statement';
import { parseCsr } from '@see/x509';
import type { ChainKeeper } from './chain-keeper.ts';
import { type IssuanceDeps, issueBatch } from './issue-batch.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { VerdictSeal } from './verdict-seal.ts';
import { escrowFaults } from './verify-escrow.ts';
import { type VerifiedOrder, verifyApprovals, verifyKeys } from './verify-order.ts';

type Outcome = RedemptionResult['outcome'];

/** Judges attempts to use an enrolment code. Nobody else knows K, so nobody else can (design, section 3). */
export class RedemptionDesk {
  readonly #deps: IssuanceDeps;
  readonly #chain: ChainKeeper;
  readonly #seal: VerdictSeal;
  readonly #boxKey: Uint8Array;
  readonly #turn = oneAtATime();

  constructor(deps: IssuanceDeps, chain: ChainKeeper, seal: VerdictSeal, boxKey: Uint8Array) {
    this.#deps = deps;
    this.#chain = chain;
    this.#seal = seal;
    this.#boxKey = boxKey;
  }

  /** Works through all attempts that have no result. Runs follow each other: two at once would judge an attempt twice. */
  run(): Promise<void> {
    return this.#turn(() => this.#judgeAll());
  }

  async #judgeAll(): Promise<void> {
    for (;;) {
      const attempts = await readOpenAttempts(this.#deps.db, 64);
      if (attempts.length === 0) return;
      // Attempts at one order are judged one after the other, so that five tries are five.
      const byOrder = new Map<string, RedemptionAttempt[]>();
      for (const attempt of attempts) byOrder.set(attempt.orderId, [...(byOrder.get(attempt.orderId) ?? []), attempt]);
      await Promise.all(
        [...byOrder.values()].map(async (list) => {
          for (const attempt of list) await this.#judge(attempt);
        }),
      );
    }
  }

  async #judge(attempt: RedemptionAttempt): Promise<void> {
    const { db } = this.#deps;
    const row = await readOrder(db, attempt.orderId);
    const wrong = await countWrongAttempts(db, attempt.orderId);
    if (wrong >= ENROLMENT_TRIES) return this.#record(attempt, 'locked', wrong);
    if (row?.state !== 'redeemable') return this.#record(attempt, 'not-redeemable', wrong);
    const content = readOrderContent(row.content);
    const digest = statementDigest('order', row.content);
    const verdict = await readVerdict(db, digest);
    const at = this.#deps.clock.now();
    const open = verdict && this.#seal.holds(digest, verdict) && at.getTime() / 1000 <= content.useBefore;
    const key = open ? await openKey(db, content, this.#boxKey, this.#chain.authority) : undefined;
    if (!key) return this.#record(attempt, 'not-redeemable', wrong);
    if (!proves(attempt, content.orderId, key)) return this.#record(attempt, 'wrong', wrong + 1);
    if (attempt.kind === 'check') return this.#record(attempt, 'right', wrong);
    const order = await this.#verify(row, attempt);
    if (!order) return this.#record(attempt, 'not-redeemable', wrong);
    const faults = escrowFaults(order, await readEscrows(db, attempt.id), key, this.#chain.authority);
    if (faults.length > 0) return this.#record(attempt, 'not-redeemable', wrong, faults);
    await issueBatch(this.#deps, this.#chain.authority, [order], 'redeemable', (tx) =>
      this.#write(tx, attempt, 'right', wrong),
    );
    // Refused inside the batch (a key that is known already): the attempt still gets its answer.
    if (await this.#isOpen(attempt)) await this.#record(attempt, 'not-redeemable', wrong);
  }

  async #verify(
    row: NonNullable<Awaited<ReturnType<typeof readOrder>>>,
    attempt: RedemptionAttempt,
  ): Promise<VerifiedOrder | undefined> {
    if (this.#deps.journal.serialsOf(row.digest.toHex()) !== undefined) return undefined;
    const at = Math.floor(this.#deps.clock.now().getTime() / 1000);
    const noted = await readVerdict(this.#deps.db, row.digest);
    const approved = await verifyApprovals(row, this.#chain.authority, this.#deps.ring, at, noted);
    if (!approved.ok) return undefined;
    const verified = await verifyKeys(approved.value, attempt.csrs ?? [], this.#chain.authority, this.#deps.ring);
    return verified.ok ? verified.value : undefined;
  }

  async #isOpen(attempt: RedemptionAttempt): Promise<boolean> {
    return (await readOpenAttempts(this.#deps.db, 1000)).some((open) => open.id === attempt.id);
  }

  async #record(
    attempt: RedemptionAttempt,
    outcome: Outcome,
    wrong: number,
    faults: readonly Refusal[] = [],
  ): Promise<void> {
    await withTransaction(this.#deps.db, (tx) => this.#write(tx, attempt, outcome, wrong, faults));
  }

  async #write(
    tx: Tx,
    attempt: RedemptionAttempt,
    outcome: Outcome,
    wrong: number,
    faults: readonly Refusal[] = [],
  ): Promise<void> {
    const triesLeft = Math.max(0, ENROLMENT_TRIES - wrong);
    const result = {
      attemptId: attempt.id,
      orderId: attempt.orderId,
      outcome: outcome === 'wrong' && triesLeft === 0 ? ('locked' as const) : outcome,
      triesLeft,
    };
    await writeRedemptionResult(tx, result, this.#deps.clock.now());
    if (outcome === 'wrong' && triesLeft === 0) await moveOrders(tx, [attempt.orderId], 'lock', 'five wrong codes');
    await writeAudit(tx, [
      {
        kind: `redemption.${attempt.kind}`,
        outcome: outcome === 'right' ? 'success' : 'failure',
        actor: { process: 'signer', method: 'enrolment-code' },
        objectType: 'order',
        objectId: attempt.orderId,
        detail: {
          attemptId: attempt.id,
          outcome: result.outcome,
          triesLeft,
          ...(faults.length > 0 ? { refused: faults.map(({ code }) => code) } : {}),
        },
      },
    ]);
    await notify(tx, 'see_redemptions', attempt.id);
  }
}

/**
 * K of an order, if the worker vouches for it and it is what the approvers' digest binds: whoever can write rows could
 * seal a K of their own before the approval, but not sign for the worker.
 */
async function openKey(
  db: Database,
  content: OrderContent,
  boxKey: Uint8Array,
  authority: Authority,
): Promise<Uint8Array | undefined> {
  const secret = await readEnrolmentSecret(db, content.orderId);
  if (!secret || content.commitment === null) return undefined;
  const worker = serviceKeysOf(authority, 'worker').find((candidate) => candidate.keyId === secret.key_id);
  if (!worker) return undefined;
  const { instance, orderId, commitment } = content;
  const digest = statementDigest('enrolment-secret', canonicalBytes({ v: 1, instance, orderId, commitment }));
  const vouched = { form: 'jws', jws: secret.signature };
  if ((await signatureFaultInPool(vouched, digest, worker.keyId, importPublicJwk(worker.publicKey))) !== undefined) {
    return undefined;
  }
  try {
    const key = openSealed(boxKey, `enrolment ${content.orderId}`, secret.sealed_key);
    return createHash('sha384').update(key).digest('hex') === commitment ? key : undefined;
  } catch {
    // Sealed to another key, or changed: there is no K, so nothing can be redeemed.
    return undefined;
  }
}

/** Whether an attempt shows knowledge of K: the proof of a check, or a tag for each key. */
function proves(attempt: RedemptionAttempt, orderId: string, key: Uint8Array): boolean {
  if (attempt.kind === 'check') return equal(attempt.proof, hmac(key, codeProofMessage(orderId)));
  const { csrs, tags } = attempt;
  if (!csrs || !tags || csrs.length !== tags.length || csrs.length === 0) return false;
  return csrs.every((csr, index) => {
    try {
      return equal(tags[index], hmac(key, keyTagMessage(orderId, spkiSha256(parseCsr(csr).spki))));
    } catch {
      return false;
    }
  });
}

function hmac(key: Uint8Array, message: Uint8Array): Uint8Array {
  return createHmac('sha384', key).update(message).digest();
}

function equal(one: Uint8Array | null | undefined, other: Uint8Array): boolean {
  return one !== null && one !== undefined && one.length === other.length && timingSafeEqual(one, other);
}
