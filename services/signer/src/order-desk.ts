import { notify, sqlState, withTransaction, writeAudit } from '@see/db';
import {
  LeaseLostError,
  moveOrders,
  type OrderRow,
  readOpenIntents,
  readOrder,
  readOrders,
  readRightRedemption,
  readVerdict,
  refuseOrder,
  type Verdict,
  writeVerdicts,
} from '@see/db/signer';
import { type Refusal, RefusedError } from '@see/domain';
import { parseTbsCertificate } from '@see/x509';
import type { ChainKeeper } from './chain-keeper.ts';
import { finishIntents, type IssuanceDeps, issueBatch } from './issue-batch.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { PasskeyCounters } from './passkey-counters.ts';
import type { VerdictSeal } from './verdict-seal.ts';
import { type ApprovedOrder, type VerifiedOrder, verifyApprovals, verifyKeys } from './verify-order.ts';

const BATCH = 64;
const LANES = 4;

/** Takes up approved orders: issues those that bring their keys, and opens the others for redemption. */
export class OrderDesk {
  readonly #deps: IssuanceDeps;
  readonly #chain: ChainKeeper;
  readonly #seal: VerdictSeal;
  readonly #counters: PasskeyCounters;
  readonly #alarm: (message: string, fields: Record<string, unknown>) => void;
  /** Orders that the database refused to take: not tried again before a restart. */
  readonly #setAside = new Set<string>();

  constructor(
    deps: IssuanceDeps,
    chain: ChainKeeper,
    seal: VerdictSeal,
    counters: PasskeyCounters,
    alarm: (message: string, fields: Record<string, unknown>) => void,
  ) {
    this.#counters = counters;
    this.#alarm = alarm;
    this.#deps = deps;
    this.#chain = chain;
    this.#seal = seal;
  }

  /** Works until no approved order is left. Batches overlap, so that the thread pool signs while others are read and stored. */
  async run(): Promise<void> {
    const inFlight = new Set<string>();
    const taking = oneAtATime();
    const take = async (): Promise<OrderRow[]> => {
      const rows = await readOrders(this.#deps.db, 'approved', BATCH, [...inFlight, ...this.#setAside]);
      for (const row of rows) inFlight.add(row.id);
      return rows;
    };
    const lane = async (): Promise<void> => {
      for (let rows = await taking(take); rows.length > 0; rows = await taking(take)) {
        try {
          await this.#batchOrEach(rows);
        } finally {
          for (const row of rows) inFlight.delete(row.id);
        }
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
  }

  /** A batch that fails is done again order by order, so that one that can not be processed does not hold up the others. */
  async #batchOrEach(rows: readonly OrderRow[]): Promise<void> {
    try {
      await this.#batch(rows);
    } catch (error) {
      if (error instanceof RefusedError || error instanceof LeaseLostError || sqlState(error) === undefined)
        throw error;
      if (rows.length > 1) {
        for (const row of rows) await this.#batchOrEach([row]);
        return;
      }
      const [row] = rows;
      if (row) this.#setAside.add(row.id);
      this.#alarm('an order is set aside until the signer starts again', { orderId: row?.id, error });
    }
  }

  async #batch(rows: readonly OrderRow[]): Promise<void> {
    const issuable: VerifiedOrder[] = [];
    const redeemable: ApprovedOrder[] = [];
    await Promise.all(
      rows.map(async (row) => {
        const approved = await this.verify(row);
        if (approved === undefined) return;
        if (row.kind === 'person') redeemable.push(approved);
        else {
          const verified = await verifyKeys(approved, row.csrs, this.#chain.authority, this.#deps.ring);
          if (verified.ok) issuable.push(verified.value);
          else await this.#refuse(row, verified.violations);
        }
      }),
    );
    if (redeemable.length > 0) await this.#open(redeemable);
    if (issuable.length > 0) await issueBatch(this.#deps, this.#chain.authority, issuable, 'approved');
  }

  /** The order's approvals, verified; undefined when it was refused. */
  async verify(row: OrderRow): Promise<ApprovedOrder | undefined> {
    const { clock, ring, journal } = this.#deps;
    const at = Math.floor(clock.now().getTime() / 1000);
    if (journal.serialsOf(row.digest.toHex()) !== undefined) {
      await this.#refuse(row, [
        { code: 'order-signed-already', message: 'the order was taken up for signing before', source: 'design 3' },
      ]);
      return undefined;
    }
    // Taken up for the first time: the approvals are in time now, or never.
    const result = await verifyApprovals(row, this.#chain.authority, ring, at, undefined);
    if (!result.ok) {
      await this.#refuse(row, result.violations);
      return undefined;
    }
    await this.#counters.watch(result.value, row.approvals, this.#chain.authority);
    return result.value;
  }

  async #noted(row: OrderRow): Promise<Verdict | undefined> {
    const verdict = await readVerdict(this.#deps.db, row.digest);
    return verdict && this.#seal.holds(row.digest, verdict) ? verdict : undefined;
  }

  /** Persons' orders: noted under our own seal, then the worker sends the codes. */
  async #open(orders: readonly ApprovedOrder[]): Promise<void> {
    const at = this.#deps.clock.now();
    await withTransaction(this.#deps.db, async (tx) => {
      await writeVerdicts(
        tx,
        orders.map(({ id, digest }) => ({ orderId: id, digest, verdict: this.#seal.make(digest, at) })),
      );
      const ids = orders.map(({ id }) => id);
      const opened = await moveOrders(tx, ids, 'open');
      await writeAudit(
        tx,
        orders
          .filter(({ id }) => opened.has(id))
          .map(({ id, digest }) => ({
            kind: 'signing.approved',
            outcome: 'success',
            actor: { process: 'signer' },
            objectType: 'order',
            objectId: id,
            detail: { digest: digest.toHex() },
          })),
      );
      await notify(tx, 'see_orders', 0);
    });
  }

  async #refuse(row: OrderRow, violations: readonly Refusal[]): Promise<void> {
    const at = this.#deps.clock.now();
    const code = violations[0]?.code ?? 'refused';
    const detail = violations.map((violation) => `${violation.code}: ${violation.message}`).join('; ');
    await withTransaction(this.#deps.db, async (tx) => {
      await refuseOrder(tx, row.id, row.digest, code, detail.slice(0, 2000), at);
      await writeAudit(tx, [
        {
          kind: 'signing.refused',
          outcome: 'failure',
          actor: { process: 'signer' },
          objectType: 'order',
          objectId: row.id,
          detail: { code, detail: detail.slice(0, 400) },
        },
      ]);
      await notify(tx, 'see_orders', 0);
    });
  }

  /**
   * Finishes what a crash left between intent and certificate. Everything is verified again; an intent that does not
   * follow from its order stays listed and is reported.
   */
  async finishOpenIntents(
    before: Date,
    report: (message: string, fields: Record<string, unknown>) => void,
  ): Promise<void> {
    const open = await readOpenIntents(this.#deps.db, before);
    const byOrder = new Map<string, typeof open>();
    for (const intent of open)
      if (intent.orderId) byOrder.set(intent.orderId, [...(byOrder.get(intent.orderId) ?? []), intent]);
    for (const [orderId, intents] of byOrder) {
      try {
        const order = await this.#verifyAgain(orderId, intents);
        const resumed = intents.map((intent) => ({
          id: intent.id,
          item: intent.item ?? -1,
          serial: intent.serial,
          tbs: intent.tbs,
          notBefore: parseTbsCertificate(intent.tbs).notBefore,
        }));
        await finishIntents(this.#deps, this.#chain.authority, order, resumed);
      } catch (error) {
        report('an intent can not be finished', { orderId, error });
      }
    }
  }

  async #verifyAgain(orderId: string, intents: readonly { readonly serial: Uint8Array }[]): Promise<VerifiedOrder> {
    const row = await readOrder(this.#deps.db, orderId);
    if (!row) throw new Error('the order is gone');
    const begun = this.#deps.journal.serialsOf(row.digest.toHex());
    if (begun && intents.some((intent) => !begun.includes(intent.serial.toHex()))) {
      throw new Error('the order was taken up with other serial numbers');
    }
    // What the journal has was approved in time when it was begun; anything else has to be in time now.
    const noted = begun ? BEGUN_IN_TIME : await this.#noted(row);
    const at = Math.floor(this.#deps.clock.now().getTime() / 1000);
    const approved = await verifyApprovals(row, this.#chain.authority, this.#deps.ring, at, noted);
    if (!approved.ok) throw new Error(approved.violations.map((violation) => violation.code).join(', '));
    const csrs = row.kind === 'person' ? ((await readRightRedemption(this.#deps.db, orderId))?.csrs ?? []) : row.csrs;
    const verified = await verifyKeys(approved.value, csrs, this.#chain.authority, this.#deps.ring);
    if (!verified.ok) throw new Error(verified.violations.map((violation) => violation.code).join(', '));
    return verified.value;
  }
}

const BEGUN_IN_TIME: Verdict = { approvedAt: new Date(0), mac: new Uint8Array(0) };
