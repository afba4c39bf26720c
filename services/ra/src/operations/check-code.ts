import { notify, withTransaction } from '@see/db';
import {
  findOrder,
  findPerson,
  findRedemptionResult,
  insertCheckAttempt,
  type OrderRow,
  type RedemptionResult,
} from '@see/db/ra';
import { activeProfile, activeRecoveryAgents } from '@see/domain';
import { Refusal } from '@see/http';
import { profileOf } from '@see/policy';
import type { Ra } from '../ra.ts';

/** How long a request waits for the signer, in milliseconds. */
const PATIENCE = 15_000;

/** The order whose code may be used now; a refusal that says nothing about whether the order exists otherwise. */
export async function redeemableOrder(ra: Ra, orderId: string): Promise<OrderRow> {
  const order = await findOrder(ra.db, orderId);
  if (order?.state === 'locked') throw lockedRefusal();
  if (order?.state !== 'redeemable' || order.useBefore <= ra.now()) throw notRedeemable();
  return order;
}

/** Asks the signer whether a proof of the code is right, and if so tells for whom and what the order is. */
export async function checkCode(ra: Ra, orderId: string, proof: Uint8Array) {
  const order = await redeemableOrder(ra, orderId);
  const attempt = await withTransaction(ra.db, async (tx) => {
    const id = await insertCheckAttempt(tx, order.id, proof);
    await notify(tx, 'see_redemptions', id);
    return id;
  });
  const result = await awaitResult(ra, attempt);
  assertRight(result);
  return { triesLeft: result.triesLeft, order: await redemptionDetails(ra, order) };
}

/** The signer's word on an attempt. Refused as `unavailable` when there is none in time. */
export async function awaitResult(ra: Ra, attempt: number): Promise<RedemptionResult> {
  const result = await ra.wakeUps.until('redemptions', PATIENCE, () => findRedemptionResult(ra.db, attempt));
  if (result) return result;
  throw new Refusal(
    'unavailable',
    'The code could not be checked in time. Try again in a minute; the try was not lost.',
    {
      headers: { 'retry-after': '10' },
    },
  );
}

/** Says a wrong or useless code. */
export function assertRight(result: RedemptionResult): void {
  if (result.outcome === 'right') return;
  if (result.outcome === 'locked') throw lockedRefusal();
  if (result.outcome === 'not-redeemable') throw notRedeemable();
  const { triesLeft } = result;
  throw new Refusal(
    'code-wrong',
    `The code is not right; ${triesLeft} ${triesLeft === 1 ? 'try is' : 'tries are'} left.`,
    {
      extensions: { triesLeft },
    },
  );
}

async function redemptionDetails(ra: Ra, order: OrderRow) {
  const { current } = ra.authority;
  const person = await findPerson(ra.db, order.applicantId);
  return {
    orderId: order.id,
    displayName: person?.displayName ?? order.subject,
    email: order.names[0] ?? '',
    agency: current.agencies.get(order.agencyId)?.name ?? order.agencyId,
    useBefore: order.useBefore.toISOString(),
    profiles: order.profiles.map((id) => {
      const active = activeProfile(current, id);
      const profile = active && profileOf(active.content);
      return {
        id,
        title: profile?.title ?? id,
        description: profile?.description ?? '',
        key: profile?.codeKey ?? ('P-384' as const),
        escrow: profile?.escrow ? keptFor(ra) : null,
      };
    }),
  };
}

/** Who could open the copy of a key. */
function keptFor(ra: Ra) {
  const active = activeRecoveryAgents(ra.authority.current);
  if (!active)
    throw new Refusal(
      'unavailable',
      'Nobody is named yet who keeps the copy of an encryption key. Your code stays good.',
    );
  return {
    statement: active.digest,
    agents: active.agents.map(({ label, publicKey }) => ({ label, publicKey })),
  };
}

function lockedRefusal(): Refusal {
  return new Refusal('code-locked', 'A wrong code was entered five times. Ask for a new code.', {
    extensions: { triesLeft: 0 },
  });
}

export function notRedeemable(): Refusal {
  return new Refusal(
    'not-redeemable',
    'The code was used, has expired, or its order was withdrawn. Ask for a new one.',
  );
}
