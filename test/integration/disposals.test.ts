import { createHash, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type Calls, openCalls } from '../support/registration-calls.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
let calls: Calls;
const tokens: Record<string, string> = {};
const DAY = 86_400_000;

beforeAll(async () => {
  world = await makeWorld();
  calls = await openCalls(world);
  const { authority } = calls.registration.ra;
  const administrators = [...authority.current.roles].filter(([, roles]) => roles.has('administrator'));
  expect(administrators.length).toBeGreaterThanOrEqual(2);
  for (const [index, [personId]] of administrators.slice(0, 2).entries())
    tokens[`administrator${index + 1}`] = await calls.registration.token('administrator', personId);
  tokens['operator'] = calls.authorization('operator').slice(7);
});
afterAll(async () => {
  await calls?.registration.app.close();
  await world?.close();
});

type Who = 'administrator1' | 'administrator2' | 'operator';

async function call(who: Who, method: 'GET' | 'POST', path: string, payload?: object) {
  const answer = await calls.registration.app.inject({
    method,
    url: `/api/v1/${path}`,
    headers: { host: 'localhost', authorization: `Bearer ${tokens[who]}` },
    ...(payload === undefined ? {} : { payload }),
  });
  const body = answer.json<
    Answer['body'] & { done: { records: number; sha256: string } | null; approvedBy: string[]; detail: string }
  >();
  return { status: answer.statusCode, body };
}

/** A mail that was sent so many days ago. */
async function oldMail(daysAgo: number): Promise<string> {
  const id = randomUUID();
  await sql`alter table mails disable trigger user`.execute(world.owner);
  await sql`
    insert into mails (id, template, recipient, detail, state, updated_at, created_at)
    values (${id}, 'expiry', 'grace.liu@treasury.govt.nz', '{}', 'sent', ${new Date(Date.now() - daysAgo * DAY)}, ${new Date(Date.now() - daysAgo * DAY)})`.execute(
    world.owner,
  );
  await sql`alter table mails enable trigger user`.execute(world.owner);
  return id;
}

const wish = (daysAgo = 800) => ({
  kind: 'mails',
  cutOff: new Date(Date.now() - daysAgo * DAY).toISOString(),
  authorityRef: 'DA721',
});
const remaining = async (): Promise<string[]> =>
  (await sql<{ id: string }>`select id from mails order by created_at`.execute(world.owner)).rows.map(({ id }) => id);

describe('a disposal', () => {
  it('happens once two persons have approved it, and is in the register and the log with a digest', async () => {
    const [old, older, young] = [await oldMail(900), await oldMail(1000), await oldMail(700)];
    const hash = async (id: string): Promise<Buffer> => {
      const row = await sql<{ text: string }>`select m::text as text from mails m where id = ${id}`.execute(
        world.owner,
      );
      return createHash('sha256')
        .update(row.rows[0]?.text ?? '')
        .digest();
    };
    const digest = createHash('sha256');
    for (const id of [old, older].toSorted()) digest.update(await hash(id));
    const proposed = await call('administrator1', 'POST', 'disposals', wish());
    expect([proposed.status, proposed.body.done, proposed.body.approvedBy]).toEqual([201, null, []]);
    const path = `disposals/${proposed.body.id}/approve`;
    const first = await call('administrator1', 'POST', path, {});
    expect([first.status, first.body.done]).toEqual([200, null]);
    expect((await call('administrator1', 'POST', path, {})).status).toBe(409);
    expect(await remaining()).toEqual(expect.arrayContaining([old, older, young]));
    const second = await call('administrator2', 'POST', path, {});
    expect([second.status, second.body.done]).toMatchObject([200, { records: 2, sha256: digest.digest('hex') }]);
    const left = await remaining();
    expect([left.includes(old), left.includes(older), left.includes(young)]).toEqual([false, false, true]);
    expect((await call('administrator2', 'POST', path, {})).status).toBe(409);
    const event = await sql<{ detail: object }>`
      select detail from audit_events where kind = 'record.disposed' and object_id = ${proposed.body.id}`.execute(
      world.owner,
    );
    expect(event.rows[0]?.detail).toMatchObject({
      records: 2,
      authorityRef: 'DA721',
      sha256: second.body.done?.sha256,
    });
  });

  it('waits for legal holds, of its kind and of everything', async () => {
    const old = await oldMail(900);
    const { id } = (await call('administrator1', 'POST', 'disposals', wish())).body;
    await call('administrator1', 'POST', `disposals/${id}/approve`, {});
    for (const kind of ['mails', undefined]) {
      const hold = await call('operator', 'POST', 'legal-holds', {
        reason: 'inquiry 2026/7',
        ...(kind ? { kind } : {}),
      });
      expect(hold.status).toBe(201);
      const refused = await call('administrator2', 'POST', `disposals/${id}/approve`, {});
      expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining('inquiry 2026/7')]);
      expect((await call('operator', 'POST', `legal-holds/${hold.body.id}/lift`, { reason: 'over' })).status).toBe(403);
      expect(
        (await call('administrator1', 'POST', `legal-holds/${hold.body.id}/lift`, { reason: 'inquiry closed' })).status,
      ).toBe(200);
      expect(
        (await call('administrator1', 'POST', `legal-holds/${hold.body.id}/lift`, { reason: 'again' })).status,
      ).toBe(409);
    }
    // A hold of the other kind is none of its business.
    await call('operator', 'POST', 'legal-holds', { reason: 'another matter', kind: 'import-rows' });
    expect((await call('administrator2', 'POST', `disposals/${id}/approve`, {})).body.done).toMatchObject({
      records: 1,
    });
    expect(await remaining()).not.toContain(old);
  });

  it('is refused for what is younger than two years', async () => {
    const young = await call('administrator1', 'POST', 'disposals', wish(729));
    expect([young.status, young.body.code]).toEqual([400, 'invalid-request']);
  });

  it('at the same moment by both is carried out once', async () => {
    await oldMail(900);
    const { id } = (await call('administrator1', 'POST', 'disposals', wish())).body;
    const answers = await Promise.all(
      (['administrator1', 'administrator2'] as const).map((who) => call(who, 'POST', `disposals/${id}/approve`, {})),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const register = await sql`select 1 from disposal_register where disposal_id = ${id}`.execute(world.owner);
    expect(register.rows).toHaveLength(1);
  });
});

describe('nobody gets around it', () => {
  it('by the login of ra: neither without approvals, nor with a hold, nor by deleting', async () => {
    const id = randomUUID();
    const insert = (cutOff: Date) =>
      sql`
      insert into disposals (id, kind, cut_off, authority_ref, proposed_by) values (${id}, 'mails', ${cutOff}, 'DA721', 'test')`.execute(
        world.ra,
      );
    await expect(insert(new Date())).rejects.toMatchObject({ code: '23514' });
    await insert(new Date(Date.now() - 800 * DAY));
    const carryOut = () => sql`select carry_out_disposal(${id})`.execute(world.ra);
    const approve = (person: string) =>
      sql`insert into disposal_approvals (disposal_id, person_id) values (${id}, ${person})`.execute(world.ra);
    await expect(carryOut()).rejects.toMatchObject({ code: '23514' });
    await approve('one');
    await expect(approve('one')).rejects.toMatchObject({ code: '23505' });
    await expect(carryOut()).rejects.toMatchObject({ code: '23514' });
    await approve('two');
    const hold = await call('operator', 'POST', 'legal-holds', { reason: 'a hold for the test' });
    await expect(carryOut()).rejects.toMatchObject({ code: '23514' });
    await call('administrator1', 'POST', `legal-holds/${hold.body.id}/lift`, { reason: 'the test is over' });
    const old = await oldMail(900);
    for (const statement of [
      'delete from mails',
      "set see.disposal = 'x'; delete from mails",
      'delete from import_rows',
    ])
      await expect(sql.raw(statement).execute(world.ra)).rejects.toThrow(/permission denied/);
    await expect(sql`delete from mails`.execute(world.owner)).rejects.toMatchObject({ code: 'SE001' });
    await expect(sql`delete from disposal_register`.execute(world.owner)).rejects.toMatchObject({ code: 'SE001' });
    await carryOut();
    expect(await remaining()).not.toContain(old);
    await expect(carryOut()).rejects.toMatchObject({ code: '23514' });
  });
});
