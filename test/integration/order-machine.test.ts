import { type Database, openDatabase, sqlState, withTransaction } from '@see/db';
import { moveOrders } from '@see/db/ra';
import {
  describeMachine,
  nextState,
  ORDER_MACHINE,
  ORDER_STATES,
  type OrderEvent,
  type OrderState,
  type Transition,
} from '@see/domain';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Calls, openCalls } from '../support/registration-calls.ts';
import { asSuperuser } from '../support/superuser.ts';
import { waitUntil } from '../support/wait-until.ts';
import { draftForPerson, storeDraft } from '../support/worker-desks.ts';
import { makeWorld, type World } from '../support/world.ts';

type Login = Transition<OrderState, OrderEvent>['by'];

let world: World;
let calls: Calls;
let logins: Record<Login, Database>;
const orders = new Map<OrderState, string>();

beforeAll(async () => {
  world = await makeWorld();
  calls = await openCalls(world);
  const open = (login: 'signer' | 'worker') =>
    openDatabase(world.postgres.serviceUrl(login), { applicationName: `test ${login}`, max: 1 });
  logins = { ra: world.ra, signer: open('signer'), worker: open('worker') };
  for (const state of ORDER_STATES) orders.set(state, await orderIn(state));
});
afterAll(async () => {
  await calls?.registration.app.close();
  await Promise.all([logins?.signer.destroy(), logins?.worker.destroy()]);
  await world?.close();
});

/** An order that somebody has put into a state. */
async function orderIn(state: OrderState): Promise<string> {
  if (state === 'preparing') return (await storeDraft(world, await draftForPerson(world))).orderId;
  const made = await calls.call('agent', 'POST', '/api/v1/orders', calls.wish());
  await put(made.body.id, state);
  return made.body.id;
}

async function put(id: string, state: OrderState): Promise<void> {
  await asSuperuser(world, ['orders'], `update orders set state = '${state}', state_reason = null where id = '${id}'`);
}

async function stateOf(id: string): Promise<string> {
  const row = await world.owner.selectFrom('orders').select('state').where('id', '=', id).executeTakeFirstOrThrow();
  return row.state;
}

const MOVES = ORDER_MACHINE.transitions.filter((row) => row.from !== null && row.to !== null);
const EVENTS = [...new Set(MOVES.map(({ event }) => event))];
const PAIRS = ORDER_STATES.flatMap((state) => EVENTS.map((event) => [state, event] as const));

describe('every event in every state of an order', () => {
  it.each(PAIRS)('%s: %s', async (state, event) => {
    const id = orders.get(state) ?? '';
    await put(id, state);
    const [{ by }] = MOVES.filter((row) => row.event === event) as [(typeof MOVES)[number]];
    const moved = await withTransaction(logins[by], (tx) => moveOrders(tx, [id], event, 'walk'));
    const next = nextState(ORDER_MACHINE, state, event);
    expect([...moved]).toEqual(next === undefined ? [] : [id]);
    expect(await stateOf(id)).toBe(next ?? state);
    await put(id, state);
  });
});

describe('the database', () => {
  it('has the transitions of the machine, each of one login', async () => {
    const rows = await sql<{ before: string; after: string; login: string }>`
      select before, after, login from order_transitions`.execute(world.owner);
    const wanted = ORDER_MACHINE.transitions.flatMap(({ from, to, by }) =>
      to === null ? [] : (from ?? ['']).map((before) => `${before} ${to} see_${by}`),
    );
    expect(rows.rows.map(({ before, after, login }) => `${before} ${after} ${login}`).toSorted()).toEqual(
      [...new Set(wanted)].toSorted(),
    );
  });

  it('lets the login that makes a transition write the event that the table names', async () => {
    const kinds = await sql<{ login: string; prefix: string }>`select login, prefix from audit_kinds`.execute(
      world.owner,
    );
    for (const { by, audit } of ORDER_MACHINE.transitions) {
      const mine = kinds.rows.filter(({ login, prefix }) => login === `see_${by}` && audit.startsWith(prefix));
      expect(mine, `${audit} by ${by}`).not.toEqual([]);
    }
  });

  it('refuses every other change of state, whoever asks', async () => {
    const outcomes = new Map<string, number>();
    for (const before of ORDER_STATES) {
      const id = orders.get(before) ?? '';
      for (const after of ORDER_STATES.filter((state) => state !== before)) {
        const row = MOVES.find((candidate) => candidate.to === after && candidate.from?.includes(before));
        for (const login of ['ra', 'signer', 'worker'] as const) {
          if (row?.by === login) continue;
          const code = await refusal(logins[login], id, after);
          expect(code, `${login}: ${before} to ${after}`).toBe(row ? 'SE012' : 'SE003');
          outcomes.set(code, (outcomes.get(code) ?? 0) + 1);
        }
      }
      expect(await stateOf(id)).toBe(before);
    }
    expect([...outcomes.keys()].toSorted()).toEqual(['SE003', 'SE012']);
  });

  async function refusal(login: Database, id: string, after: string): Promise<string> {
    try {
      await sql`update orders set state = ${after} where id = ${id}`.execute(login);
      return 'moved';
    } catch (error) {
      return sqlState(error) ?? String(error);
    }
  }
});

describe('people at the API', () => {
  it.each(ORDER_STATES)('who come too late or too early for an order that is %s are told so', async (state) => {
    const id = orders.get(state) ?? '';
    for (const event of ['approve', 'reject', 'withdraw'] as const) {
      await put(id, state);
      const answer =
        event === 'approve'
          ? await calls.approve(id, world.operators[0])
          : await calls.call(event === 'reject' ? 'operator' : 'agent', 'POST', `/api/v1/orders/${id}/${event}`, {
              reason: 'the walk',
            });
      const next = nextState(ORDER_MACHINE, state, event);
      expect([event, answer.status], JSON.stringify(answer.body)).toEqual([
        event,
        next === undefined ? 409 : event === 'approve' ? 201 : 200,
      ]);
      expect(await stateOf(id)).toBe(next ?? state);
      if (next !== undefined) continue;
      expect(answer.body.code).toBe('wrong-state');
      await waitUntil('the refusal in the audit trail', async () => {
        const found = await world.owner
          .selectFrom('audit_events')
          .select('id')
          .where('kind', '=', `order.${event}`)
          .where('outcome', '=', 'failure')
          .where('object_id', '=', id)
          .executeTakeFirst();
        return found !== undefined;
      });
    }
  });
});

describe('the description', () => {
  it('draws every state', () => {
    const text = describeMachine(ORDER_MACHINE);
    for (const state of ORDER_STATES) expect(text).toMatch(new RegExp(`--> ${state}|\\[\\*\\] --> ${state}`));
  });
});
