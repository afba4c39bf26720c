import { type Database, writeAudit } from '@see/db';
import type { RecordedApproval } from '@see/db/signer';
import { type Authority, approvalSignatureFault, credentialSignature } from '@see/domain';
import { authenticatorDataOf } from '@see/statement';
import type { PasskeyUse, SealedState } from './sealed-state.ts';
import type { ApprovedOrder } from './verify-order.ts';

/**
 * Watches the counters that authenticators sign (WebAuthn L3 6.1.1): one that does not grow from use to use may mean
 * that the passkey exists twice. It is said, in the log and in the audit trail, and refuses nothing: many authenticators
 * do not count, and operators decide what to make of it. Orders reach the signer in another order than they were
 * approved in, so uses are put in sequence by when their rows say that they came in; whoever owns the database can
 * hide or make an alarm by that, and nothing else.
 */
export class PasskeyCounters {
  readonly #db: Database;
  readonly #state: SealedState;
  readonly #alarm: (message: string, fields: Record<string, unknown>) => void;

  constructor(db: Database, state: SealedState, alarm: (message: string, fields: Record<string, unknown>) => void) {
    this.#db = db;
    this.#state = state;
    this.#alarm = alarm;
  }

  /**
   * Looks at those approvals of an order that are by passkeys and hold. The approvals of a batch are one use: they came
   * in at one time and say one count.
   */
  async watch(order: ApprovedOrder, approvals: readonly RecordedApproval[], authority: Authority): Promise<void> {
    for (const approval of approvals) {
      const credential = authority.credentials.get(approval.credentialId);
      if (!credential || credential.passkey === null) continue;
      const fault = await approvalSignatureFault(authority, credential, order, approval.signature);
      if (fault === undefined && this.#goesBack(approval)) await this.#tell(order.id, approval.credentialId);
    }
  }

  /** Compares a use with the latest one that is known, and remembers it. */
  #goesBack({ credentialId, signature, at }: RecordedApproval): boolean {
    const uses = this.#state.memory.passkeyUses ?? {};
    const known = Object.hasOwn(uses, credentialId) ? uses[credentialId] : undefined;
    const use = { at, count: authenticatorDataOf(credentialSignature(signature))?.signCount ?? 0 };
    if (known && known.at === use.at && known.count === use.count) return false;
    if (!known || use.at >= known.at) {
      const latest = { at, count: Math.max(use.count, known?.count ?? 0) };
      this.#state.update({ passkeyUses: { ...uses, [credentialId]: latest } });
    }
    return known !== undefined && !grows(known, use);
  }

  async #tell(orderId: string, credentialId: string): Promise<void> {
    this.#alarm('the counter of a passkey did not grow: it may exist twice', { orderId, credentialId });
    await writeAudit(this.#db, [
      {
        kind: 'signing.passkey-counter',
        outcome: 'failure',
        actor: { process: 'signer' },
        objectType: 'credential',
        objectId: credentialId,
        detail: { orderId },
      },
    ]);
  }
}

/** Whether the later one of two uses has the higher counter; authenticators that do not count say 0 every time. */
export function grows(one: PasskeyUse, other: PasskeyUse): boolean {
  if (one.count === 0 && other.count === 0) return true;
  return one.at <= other.at ? other.count > one.count : one.count > other.count;
}
