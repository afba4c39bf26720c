import type { ApprovalKey } from '@see/cli';
import type { OrderDraft } from '@see/domain';
import { signDigest, statementDigest } from '@see/statement';
import { ImportCalls, manyPeople } from './import-calls.ts';
import type { Answer, Caller, Calls } from './registration-calls.ts';
import { bindCode, type World } from './world.ts';

/** The members of a batch that tests look at. */
export interface BatchBody {
  readonly id: string;
  readonly count: number;
  readonly digest: string;
  readonly states: Readonly<Record<string, number>>;
  readonly approved: number;
  readonly waiting: number;
  readonly quorum: number;
  readonly left: readonly { readonly orderId: string; readonly code: string }[];
}

export interface BatchAnswer extends Omit<Answer, 'body'> {
  readonly body: BatchBody & Answer['body'];
}

/** Imports people of the Treasury, each with an order, and binds the codes as the worker does. Returns the import's id. */
export async function importWithOrders(
  world: World,
  calls: Calls,
  word: string,
  count: number,
  who: Caller = 'agent',
): Promise<string> {
  const order = {
    profiles: ['user-auth'],
    sponsorId: calls.person['susan.grant@treasury.govt.nz'] ?? '',
    ...(who === 'agent' ? { agentId: calls.person['hemi.walker@treasury.govt.nz'] ?? '' } : {}),
  };
  const imports = new ImportCalls(calls);
  const id = await imports.start(manyPeople(word, count), { order }, who);
  await imports.settled();
  await bindCodes(world);
  return id;
}

/** Gives every order that waits for its code one, as the worker does but fast. */
export async function bindCodes(world: World): Promise<void> {
  const rows = await world.owner.selectFrom('orders').select('draft').where('state', '=', 'preparing').execute();
  for (const { draft } of rows) await bindCode(world, draft as OrderDraft);
}

/** Signs a batch as `see batch approve` does, without looking at it. */
export async function approveBatch(
  calls: Calls,
  id: string,
  key: ApprovalKey,
  who: Caller = 'operator',
): Promise<BatchAnswer> {
  const content = await calls.call('operator', 'GET', `/api/v1/batches/${id}/content`);
  const digest = statementDigest('order-batch', new Uint8Array(content.raw));
  const signature = signDigest(digest, key.credentialId, key.privateKey);
  const body = { credentialId: key.credentialId, signature };
  return (await calls.call(who, 'POST', `/api/v1/batches/${id}/approvals`, body)) as BatchAnswer;
}
