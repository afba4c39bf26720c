import type { AddressInfo } from 'node:net';
import { ApiClient, type ApprovalKey, signRevocation } from '@see/cli';
import { signDigest } from '@see/statement';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { endDueCertificates } from '../../services/ra/src/operations/end-due-certificates.ts';
import { runDueLifeEvents } from '../../services/ra/src/operations/life-event/carry-out.ts';
import { farName } from '../support/import-calls.ts';
import { type Calls, codesOf, openCalls } from '../support/registration-calls.ts';
import { makeWorld, newKey, type World } from '../support/world.ts';

let world: World;
let calls: Calls;

beforeAll(async () => {
  world = await makeWorld();
  calls = await openCalls(world);
});
afterAll(async () => {
  await calls?.registration.app.close();
  await world?.close();
});
beforeEach(() => {
  calls.registration.clock = () => new Date();
});

interface Event {
  readonly id: number;
  readonly state: string;
  readonly actions: readonly { readonly profile: string; readonly action: string; readonly because: string | null }[];
}

let entered = 0;

/** A person of the Treasury with a certificate of each profile. */
async function employee(): Promise<string> {
  entered += 1;
  const made = await calls.call('agent', 'POST', '/api/v1/people', {
    agencyId: 'treasury',
    givenName: 'Mere',
    surname: `Kīngi ${farName(entered)}`,
    email: `mere.kingi${entered}@treasury.govt.nz`,
  });
  expect(made.status).toBe(201);
  await certify(made.body.id);
  return made.body.id;
}

async function order(personId: string, agencyId = 'treasury') {
  return calls.call('operator', 'POST', '/api/v1/orders', {
    ...calls.wish(),
    agencyId,
    agentId: undefined,
    applicantId: personId,
    type: 'business-card-software',
    items: ['user-auth', 'user-sign'].map((profile) => ({ ...calls.wish(newKey()).items[0], profile })),
  });
}

async function certify(personId: string): Promise<void> {
  const made = await order(personId);
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  expect((await calls.approve(made.body.id, world.operators[1], 'operator2')).status).toBe(201);
  await world.signer.orders.run();
}

const declare = (personId: string, wish: object, who: 'agent' | 'operator' | 'dpmc' | 'auditor' = 'agent') =>
  calls.call(who, 'POST', `/api/v1/people/${personId}/life-events`, wish);
const eventOf = (answer: { body: unknown }) => answer.body as Event;
const actionsOf = (answer: { body: unknown }) =>
  eventOf(answer)
    .actions.map(({ profile, action }) => `${profile} ${action}`)
    .toSorted();

/** Kind and reason of what was recorded for each of a person's certificates. */
async function revocations(personId: string): Promise<string[]> {
  const rows = await sql<{ text: string }>`
    select c.profile_id || ' ' || r.kind || ' ' || r.reason as text
    from revocations r join certificates c on c.id = r.certificate_id where c.person_id = ${personId} order by r.id`.execute(
    world.owner,
  );
  return rows.rows.map(({ text }) => text).toSorted();
}

const both = (kind: string, reason: number) => [`user-auth ${kind} ${reason}`, `user-sign ${kind} ${reason}`];

describe('a declaration', () => {
  it('of a leaver ends all certificates, orders and access at once, after a preview that writes nothing', async () => {
    const person = await employee();
    await calls.registration.token('sponsor', person, 'treasury');
    const open = await order(person);
    const preview = await declare(person, { kind: 'leaver', dryRun: true });
    expect([preview.status, actionsOf(preview)]).toEqual([200, ['user-auth revoke', 'user-sign revoke']]);
    expect(await revocations(person)).toEqual([]);

    const declared = await declare(person, { kind: 'leaver', note: 'last day' });
    expect([declared.status, eventOf(declared).state]).toEqual([201, 'carried-out']);
    expect(actionsOf(declared)).toEqual(actionsOf(preview));
    expect(await revocations(person)).toEqual(both('revoke', 3));
    expect((await calls.call('operator', 'GET', `/api/v1/orders/${open.body.id}`)).body.state).toBe('withdrawn');
    const tokens = await sql`select 1 from tokens where person_id = ${person} and revoked_at is null`.execute(
      world.owner,
    );
    expect(tokens.rows).toEqual([]);
    expect(codesOf(await order(person))).toEqual(['person-left']);
    expect(codesOf(await declare(person, { kind: 'leaver' }))).toEqual(['person-left']);
    const audit = await calls.call('auditor', 'GET', '/api/v1/audit-events?kind=person.event-carried-out');
    expect(JSON.stringify(audit.body.items)).toContain(person);
  });

  it.each([
    ['death', { happenedAt: '2026-11-01' }, both('revoke', 5)],
    ['lost-key', {}, both('revoke', 1)],
    ['lost-token', {}, ['user-auth hold 6', 'user-sign revoke 4']],
  ])('of a %s uses the right reasons', async (kind, more, want) => {
    const person = await employee();
    expect((await declare(person, { kind, ...more })).status).toBe(201);
    expect(await revocations(person)).toEqual(want);
  });

  it('of a lost key says it of what was revoked too, and blocks the key for ever', async () => {
    const person = await employee();
    await declare(person, { kind: 'leaver' });
    expect((await declare(person, { kind: 'lost-key', happenedAt: '2026-11-01T00:00:00Z' })).status).toBe(201);
    expect(await revocations(person)).toEqual([...both('revoke', 1), ...both('revoke', 3)].toSorted());
    const blocked = await sql`
      select 1 from blocked_keys b join certificates c using (spki_sha256) where c.person_id = ${person}`.execute(
      world.owner,
    );
    expect(blocked.rows).toHaveLength(2);
  });

  it('of a lost token may name the certificates that were on it', async () => {
    const person = await employee();
    const preview = eventOf(await declare(person, { kind: 'lost-token', dryRun: true }));
    const sign = preview.actions.find(({ profile }) => profile === 'user-sign') as unknown as { sha256: string };
    const strange = await declare(person, { kind: 'lost-token', certificates: [sign.sha256, 'ab'.repeat(32)] });
    expect(codesOf(strange)).toEqual(['not-their-certificate']);
    expect(await revocations(person)).toEqual([]);
    const declared = await declare(person, { kind: 'lost-token', certificates: [sign.sha256] });
    expect(actionsOf(declared)).toEqual(['user-sign revoke']);
    expect(await revocations(person)).toEqual(['user-sign revoke 4']);
  });

  it('of another name changes the record now and the old certificates after the overlap, not the new ones', async () => {
    const person = await employee();
    const old = await order(person);
    const declared = await declare(person, { kind: 'name-change', givenName: 'Mere', surname: 'Walker' });
    expect([declared.status, eventOf(declared).state]).toEqual([201, 'planned']);
    const record = await calls.call('agent', 'GET', `/api/v1/people/${person}`);
    expect(record.body).toMatchObject({ displayName: 'Mere Walker', surname: 'Walker', leftAt: null });
    await certify(person);
    await runDueLifeEvents(calls.registration.ra);
    expect(await revocations(person)).toEqual([]);
    expect((await calls.call('agent', 'GET', `/api/v1/orders/${old.body.id}`)).body.state).toBe('withdrawn');
    calls.registration.clock = () => new Date(Date.now() + 31 * 86_400_000);
    await runDueLifeEvents(calls.registration.ra);
    expect(await revocations(person)).toEqual(both('revoke', 3));
    const left = await sql<{ subject: string }>`
      select subject from certificates c where person_id = ${person}
      and not exists (select from revocations r where r.certificate_id = c.id)`.execute(world.owner);
    expect(left.rows.map(({ subject }) => subject.includes('Walker'))).toEqual([true, true]);
  });

  it('of a mover keeps the person and their id, in the other agency', async () => {
    const person = await employee();
    const wish = { kind: 'mover', toAgencyId: 'dpmc', email: 'mere.k@DPMC.govt.nz' };
    expect(codesOf(await declare(person, wish))).toEqual(['operator-needed']);
    const elsewhere = { ...wish, email: 'mere.k@treasury.govt.nz' };
    expect(codesOf(await declare(person, elsewhere, 'operator'))).toEqual(['domain-not-in-scope']);
    expect((await declare(person, wish, 'operator')).status).toBe(201);
    expect(await revocations(person)).toEqual(both('revoke', 3));
    const record = await calls.call('dpmc', 'GET', `/api/v1/people/${person}`);
    expect(record.body).toMatchObject({ id: person, agencyId: 'dpmc', email: 'mere.k@dpmc.govt.nz' });
    expect((await calls.call('agent', 'GET', `/api/v1/people/${person}`)).status).toBe(404);
  });

  it('that takes effect later is carried out then, once, or called off before', async () => {
    const [leaves, stays] = [await employee(), await employee()];
    const effectiveAt = new Date(Date.now() + 86_400_000).toISOString();
    const planned = await declare(leaves, { kind: 'leaver', effectiveAt });
    const other = await declare(stays, { kind: 'leaver', effectiveAt });
    expect(eventOf(planned)).toMatchObject({ state: 'planned', actions: [] });
    const off = (id: number, who: 'agent' | 'dpmc' = 'agent') =>
      calls.call(who, 'POST', `/api/v1/life-events/${id}/call-off`, { reason: 'stays on' });
    expect((await off(eventOf(other).id, 'dpmc')).status).toBe(404);
    expect(eventOf(await off(eventOf(other).id)).state).toBe('called-off');
    expect((await off(eventOf(other).id)).status).toBe(409);
    calls.registration.clock = () => new Date(Date.now() + 2 * 86_400_000);
    const { ra } = calls.registration;
    await Promise.all([runDueLifeEvents(ra), runDueLifeEvents(ra)]);
    calls.registration.clock = () => new Date();
    expect(await revocations(leaves)).toEqual(both('revoke', 3));
    expect(await revocations(stays)).toEqual([]);
    expect((await off(eventOf(planned).id)).status).toBe(409);
    const listed = await calls.call('agent', 'GET', `/api/v1/life-events?person=${leaves}`);
    expect(listed.body.items).toMatchObject([{ id: eventOf(planned).id, state: 'carried-out' }]);
    expect((await calls.call('dpmc', 'GET', '/api/v1/life-events')).body.items).toEqual([]);
  });

  it('reaches a certificate that was being issued meanwhile', async () => {
    const person = await employee();
    const made = await order(person);
    await calls.approve(made.body.id, world.operators[1], 'operator2');
    const issuing = world.signer.orders.run();
    await declare(person, { kind: 'leaver' });
    await issuing;
    await runDueLifeEvents(calls.registration.ra);
    const good = await sql`
      select 1 from certificates c where person_id = ${person}
      and not exists (select from revocations r where r.certificate_id = c.id and r.kind = 'revoke')`.execute(
      world.owner,
    );
    expect(good.rows).toEqual([]);
  });

  it('of a lost token lapses: what nobody releases in ninety days is revoked, with the date of the hold', async () => {
    const person = await employee();
    await declare(person, { kind: 'lost-token' });
    const { ra } = calls.registration;
    const days = (count: number) => () => new Date(Date.now() + count * 86_400_000);
    calls.registration.clock = days(89);
    await endDueCertificates(ra);
    expect(await revocations(person)).toEqual(['user-auth hold 6', 'user-sign revoke 4']);
    calls.registration.clock = days(91);
    await endDueCertificates(ra);
    await endDueCertificates(ra);
    expect(await revocations(person)).toEqual(['user-auth hold 6', 'user-auth revoke 0', 'user-sign revoke 4']);
  });

  it('acts on all certificates or on none', async () => {
    const person = await employee();
    await sql`update limits set revocations_per_hour = (select count(*) + 1 from revocations where ca = 'individual')`.execute(
      world.owner,
    );
    const before = await revocations(person);
    const refused = await declare(person, { kind: 'leaver' });
    expect([refused.status, refused.body.code]).toEqual([400, 'revocation-refused']);
    expect(await revocations(person)).toEqual(before);
    expect((await calls.call('agent', 'GET', `/api/v1/people/${person}`)).body).toMatchObject({ leftAt: null });
    await sql`update limits set revocations_per_hour = 100`.execute(world.owner);
    expect((await declare(person, { kind: 'leaver' })).status).toBe(201);
  });

  describe('of many', () => {
    const leavers = (body: object, who: 'agent' | 'operator' | 'dpmc' | 'auditor' = 'agent') =>
      calls.call(who, 'POST', '/api/v1/leavers', body);
    const cap = (room: number) =>
      sql`update limits set revocations_per_hour = (select count(*) + ${room} from revocations where ca = 'individual' and statement_digest is null)`.execute(
        world.owner,
      );
    const preview = async (people: readonly string[]) =>
      (await leavers({ people, dryRun: true })).body as unknown as {
        people: unknown[];
        revoked: { ca: string; serial: string; reason: string }[];
        needsStatement: boolean;
      };
    /** A statement that names what a preview would revoke, with the signatures of some keys. */
    const statementFor = async (people: readonly string[], keys: readonly ApprovalKey[]): Promise<string> => {
      const { revoked } = await preview(people);
      const certificates = revoked.map(({ ca, serial }) => ({ ca, serial }));
      const subject = { kind: 'revoke' as const, reason: 'affiliationChanged', certificates };
      return signRevocation(client, { kind: 'certificate-revoke', subject }, keys);
    };
    let client: ApiClient;

    beforeAll(async () => {
      const { app } = calls.registration;
      await app.listen({ host: '127.0.0.1', port: 0 });
      const { port } = app.server.address() as AddressInfo;
      client = new ApiClient(`http://localhost:${port}`, calls.authorization('operator').slice('Bearer '.length));
    });
    afterEach(() => sql`update limits set revocations_per_hour = 100`.execute(world.owner));

    it('does all of a list, by id or address, in one transaction, or nothing and the reasons', async () => {
      const [one, other, stays] = [await employee(), await employee(), await employee()];
      const { body } = await calls.call('agent', 'GET', `/api/v1/people/${other}`);
      const { email } = body as unknown as { email: string };
      const wrong = await leavers({ people: [one, email, other, 'nobody@treasury.govt.nz', one] });
      expect([wrong.status, wrong.body.violations?.map((fault) => fault.code)]).toEqual([
        400,
        ['person-twice', 'person-unknown', 'person-twice'],
      ]);
      expect(await revocations(one)).toEqual([]);
      const answer = await leavers({ people: [one, email.toUpperCase()] });
      expect([answer.status, (answer.body as unknown as { declared: unknown[] }).declared.length]).toEqual([201, 2]);
      for (const person of [one, other]) expect(await revocations(person)).toEqual(both('revoke', 3));
      expect(await revocations(stays)).toEqual([]);
      expect(codesOf(await leavers({ people: [one] }))).toEqual(['person-left']);
    });

    it('passes the hourly cap by a statement of two operators, and by nothing less', async () => {
      const people = [await employee(), await employee()];
      expect((await preview(people)).needsStatement).toBe(false);
      await cap(1);
      expect(await preview(people)).toMatchObject({ needsStatement: true, revoked: { length: 4 } });
      expect((await leavers({ people })).body.code).toBe('revocation-refused');
      const [first, second] = world.operators;
      for (const keys of [[], [first], [first, first], world.administrators]) {
        const statement = await statementFor(people, keys).catch(() => undefined);
        if (!statement) continue;
        expect((await leavers({ people, statements: [statement] })).body.code).toBe('revocation-refused');
      }
      const ofOne = await statementFor(people.slice(0, 1), [first, second]);
      expect((await leavers({ people, statements: [ofOne] })).body.code).toBe('revocation-refused');
      for (const person of people) expect(await revocations(person)).toEqual([]);
      const ofAll = await statementFor(people, [first, second]);
      expect((await leavers({ people, statements: [ofAll] })).status).toBe(201);
      for (const person of people) expect(await revocations(person)).toEqual(both('revoke', 3));
      const rows = await sql<{ digest: Uint8Array }>`
        select r.statement_digest as digest from revocations r join certificates c on c.id = r.certificate_id
        where c.person_id = any(${people}::text[])`.execute(world.owner);
      expect(new Set(rows.rows.map(({ digest }) => digest.toHex()))).toEqual(new Set([ofAll]));
    });

    it('may be for later, by a statement that is signed until then', async () => {
      const people = [await employee()];
      const statement = await statementFor(people, [world.operators[0]]);
      const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
      expect((await leavers({ people, effectiveAt: tomorrow, statements: [statement] })).status).toBe(201);
      const { ra } = calls.registration;
      const later = () => new Date(Date.now() + 2 * 86_400_000);
      calls.registration.clock = later;
      await cap(0);
      await runDueLifeEvents(ra);
      expect(await revocations(people[0] ?? '')).toEqual([]);
      const { credentialId, privateKey } = world.operators[1];
      const signature = signDigest(Uint8Array.fromHex(statement), credentialId, privateKey);
      calls.registration.clock = () => new Date();
      await client.post(`/api/v1/statements/${statement}/signatures`, { credentialId, signature });
      calls.registration.clock = later;
      await runDueLifeEvents(ra);
      expect(await revocations(people[0] ?? '')).toEqual(both('revoke', 3));
    });

    it('takes no statement that is unknown or another one, and nobody of another agency', async () => {
      const people = [await employee()];
      const unknown = await leavers({ people, statements: ['ab'.repeat(48)] });
      expect(codesOf(unknown)).toEqual(['statement-unknown']);
      const release = await signRevocation(
        client,
        { kind: 'hold-release', subject: { ca: 'individual', serial: 'ab'.repeat(16), holdId: 1 } },
        [],
      );
      expect(codesOf(await leavers({ people, statements: [release] }))).toEqual(['wrong-statement']);
      expect(codesOf(await leavers({ people }, 'dpmc'))).toEqual(['person-unknown']);
      expect((await leavers({ people }, 'auditor')).status).toBe(403);
      expect(await revocations(people[0] ?? '')).toEqual([]);
    });
  });

  it.each([
    ['a kind that nobody knows', { kind: 'promotion' }, 400],
    ['a member of another kind', { kind: 'leaver', surname: 'X' }, 400],
    ['a time too far away', { kind: 'leaver', effectiveAt: '2099-01-01' }, 400],
    ['a death that is still to come', { kind: 'death', happenedAt: '2099-01-01' }, 400],
    ['no new name', { kind: 'name-change' }, 400],
    ['no place to go', { kind: 'mover' }, 400],
    ['an unknown member', { kind: 'leaver', because: 'x' }, 400],
  ])('is refused with %s', async (_name, wish, status) => {
    const answer = await declare(calls.person['grace.liu@treasury.govt.nz'] ?? '', wish, 'operator');
    expect(answer.status).toBe(status);
  });

  it('is nothing for other agencies and for those who only read', async () => {
    const person = calls.person['grace.liu@treasury.govt.nz'] ?? '';
    expect((await declare(person, { kind: 'leaver' }, 'dpmc')).status).toBe(404);
    expect((await declare(person, { kind: 'leaver' }, 'auditor')).status).toBe(403);
    expect(await revocations(person)).toEqual([]);
  });
});
