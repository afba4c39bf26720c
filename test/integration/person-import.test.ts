import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { Refusal } from '@see/http';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ImportRunner } from '../../services/ra/src/import-runner.ts';
import { importEvents } from '../../services/ra/src/operations/import-events.ts';
import type { Ra } from '../../services/ra/src/ra.ts';
import { ImportCalls, importWish, manyPeople } from '../support/import-calls.ts';
import { query } from '../support/query.ts';
import { type Calls, codesOf, openCalls } from '../support/registration-calls.ts';
import { waitUntil } from '../support/wait-until.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
let calls: Calls;
let imports: ImportCalls;

beforeAll(async () => {
  world = await makeWorld();
  calls = await openCalls(world);
  imports = new ImportCalls(calls);
});
afterAll(async () => {
  await calls?.registration.app.close();
  await calls?.registration.ra.importRunner.close();
  await world?.close();
});

async function count(table: 'people' | 'imports' | 'import_rows'): Promise<number> {
  const row = await world.owner
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** People whose address starts so, with the events that say who entered them. */
async function entered(start: string) {
  const { rows } = await sql<{ name: string; email: string; events: number; actor: { personId: string } }>`
    select p.display_name as name, p.email, count(e.*)::int as events, (array_agg(e.actor))[1] as actor
    from people p left join audit_events e on e.kind = 'person.create' and e.object_id = p.id
    where starts_with(p.email, ${start}) group by p.id order by p.email`.execute(world.owner);
  return rows;
}

function places(preview: Awaited<ReturnType<ImportCalls['preview']>>): readonly string[] {
  return preview.problems.map(({ row, column, code }) => `${row}:${column} ${code}`);
}

describe('a preview', () => {
  it('says every problem by row and column, and writes nothing', async () => {
    const before = [await count('people'), await count('imports')];
    const preview = await imports.preview(
      [
        'First Name;Last_Name;E-Mail;Employee Number;Room',
        'Tāne;Mahuta;tane.p@treasury.govt.nz;1;3.14',
        'Grace;=1+1;grace.p@treasury.govt.nz;2;3.14',
        'Grace;Lake;grace.q@gmail.com;3;3.14',
        'Grace;;grace.r@treasury.govt.nz;4;3.14',
        'Domain;Signing Authority;domain-signing-authority@treasury.govt.nz;5;3.14',
        'Hemi;Short',
        'Hemi;Twice;TANE.P@treasury.govt.nz;1;3.14',
        `Hemi;${'x'.repeat(65)};hemi.x@treasury.govt.nz;7;3.14`,
        'Hemi;T\u0000e;hemi.y@treasury.govt.nz;8;3.14',
      ].join('\r\n'),
    );
    expect(places(preview)).toEqual([
      '3:2 formula-cell',
      '4:3 domain-not-in-scope',
      '5:2 value-missing',
      '6:2 reserved-name',
      '6:3 reserved-name',
      '7:3 ragged-row',
      '8:3 duplicate-in-file',
      '8:4 duplicate-in-file',
      '9:2 value-too-long',
      '10:2 control-character',
    ]);
    expect(preview.counts).toMatchObject({ rows: 9, create: 1, refuse: 8, skip: 0 });
    expect(preview.columns.map(({ field }) => field)).toEqual(['givenName', 'surname', 'email', 'externalId', null]);
    expect(preview).toMatchObject({ confirmable: false, first: [{ displayName: 'Tāne Mahuta' }] });
    expect([await count('people'), await count('imports')]).toEqual(before);
  });

  it('shows conflicts beside the records they are with', async () => {
    const preview = await imports.preview(
      'given name,surname,email\nG,Liu,Grace.Liu@treasury.govt.nz\nGRACE,liu,grace.liu2@treasury.govt.nz\nAna,Two,ana.1@treasury.govt.nz\nAna,Two,ana.2@treasury.govt.nz\n',
    );
    expect(preview.conflicts).toMatchObject([
      { row: 2, code: 'already-registered', outcome: 'skip', existing: { email: 'grace.liu@treasury.govt.nz' } },
      { row: 3, code: 'same-name', outcome: 'skip', existing: { displayName: 'Grace Liu' } },
      { row: 5, code: 'same-name', outcome: 'skip', existing: null, sameAsRow: 4 },
    ]);
    expect(preview.counts).toMatchObject({ create: 1, skip: 3 });
  });

  it('says nothing about people of other agencies but that the address is theirs', async () => {
    await world.owner
      .updateTable('people')
      .set({ agency_id: 'dpmc' })
      .where('email', '=', 'susan.grant@treasury.govt.nz')
      .execute();
    const preview = await imports.preview('surname,email\nGrant,susan.grant@treasury.govt.nz\n');
    await world.owner
      .updateTable('people')
      .set({ agency_id: 'treasury' })
      .where('email', '=', 'susan.grant@treasury.govt.nz')
      .execute();
    expect(places(preview)).toEqual(['2:2 mail-address-taken']);
    expect(JSON.stringify(preview)).not.toContain(calls.person['susan.grant@treasury.govt.nz']);
    expect(preview.conflicts).toEqual([]);
  });

  it('is for those who may enter people of the agency', async () => {
    const wish = importWish('surname,email\nA,a@treasury.govt.nz\n');
    const statuses = await Promise.all(
      (['dpmc', 'auditor', undefined, 'operator'] as const).map(
        async (who) => (await calls.call(who, 'POST', '/api/v1/imports/preview', wish)).status,
      ),
    );
    expect(statuses).toEqual([404, 403, 401, 200]);
    const garbage = await calls.call('agent', 'POST', '/api/v1/imports/preview', {
      agencyId: 'treasury',
      csv: 'no base64!',
    });
    expect([garbage.status, garbage.body.code]).toEqual([400, 'invalid-request']);
  });
});

describe('an import', () => {
  it('enters people with their macrons, each with an event in the name of who confirmed', async () => {
    const file =
      '\ufeffsurname,given name,display name,email\r\nŌhanga,Tāne,,macron.1@treasury.govt.nz\r\nNga\u0304ta,Mere,Mere N.,macron.2@Treasury.Govt.NZ\r\n';
    const done = await imports.run(file);
    expect(done).toMatchObject({ state: 'done', rows: 2, done: 2, waiting: 0, failed: 0, skipped: 0 });
    const people = await entered('macron.');
    expect(people).toMatchObject([
      { name: 'Tāne Ōhanga', email: 'macron.1@treasury.govt.nz', events: 1 },
      { name: 'Mere N.', email: 'macron.2@treasury.govt.nz', events: 1 },
    ]);
    for (const { actor } of people) expect(actor.personId).toBe(calls.person['hemi.walker@treasury.govt.nz']);
    const found = await calls.call('agent', 'GET', '/api/v1/people?q=macron.2%40treasury.govt.nz');
    expect(found.body.items).toMatchObject([{ surname: 'Ngāta' }]);
    const audit = await calls.call('auditor', 'GET', '/api/v1/audit-events?kind=import.finish');
    expect(audit.body.items).toMatchObject([{ detail: { agencyId: 'treasury', done: 2 } }]);
    const again = await imports.preview(file);
    expect([again.confirmable, again.counts.skip]).toEqual([false, 2]);
    const refused = await imports.confirm(file, again.digest);
    expect([refused.status, refused.body.code]).toEqual([400, 'import-refused']);
  });

  it('is refused with problems unless they are left out, and then tells each row', async () => {
    const file =
      'surname,email\nFine,left.1@treasury.govt.nz\n=cmd(),left.2@treasury.govt.nz\nBad\u0000,left.3@treasury.govt.nz\nLiu,grace.liu@treasury.govt.nz\n';
    const strict = await imports.preview(file);
    const refused = await imports.confirm(file, strict.digest);
    expect([refused.status, refused.body.code, codesOf(refused)]).toEqual([
      400,
      'import-refused',
      ['formula-cell', 'control-character'],
    ]);
    const done = await imports.run(file, { leaveOut: true });
    expect(done).toMatchObject({ state: 'done', done: 1, skipped: 3 });
    const lines = (await imports.result(done.id)).trimEnd().split('\r\n');
    expect(lines[0]).toBe(
      '\ufeffrow,state,person id,given name,surname,display name,email,external id,code,reason,order id,order state,enrolment link',
    );
    expect(lines[1]).toMatch(/^2,done,[0-9A-HJKMNP-TV-Z]{16},,Fine,Fine,left\.1@treasury\.govt\.nz,,,,,,$/);
    expect(lines[2]).toMatch(/^3,skipped,,,'=cmd\(\),'=cmd\(\),left\.2@treasury\.govt\.nz,,formula-cell,/);
    expect(lines[3]).toMatch(/^4,skipped,,,,,left\.3@treasury\.govt\.nz,,control-character,/);
    expect(lines[4]).toMatch(/^5,skipped,,.*,already-registered,/);
    for (const line of lines) expect(line).not.toMatch(/(?:^|,)"?[=+\-@\t]/);
  });

  it('enters namesakes when somebody decides so', async () => {
    const file = 'given name,surname,email\nGrace,Liu,grace.namesake@treasury.govt.nz\n';
    expect((await imports.preview(file)).confirmable).toBe(false);
    const preview = await imports.preview(file, { sameName: 'create' });
    expect(preview.conflicts).toMatchObject([{ code: 'same-name', outcome: 'create' }]);
    expect(await imports.run(file, { sameName: 'create' })).toMatchObject({ done: 1 });
  });

  it('is confirmed by its own digest only, and not when the registry changed in between', async () => {
    const file = 'surname,email\nFirst,changed.1@treasury.govt.nz\nSecond,changed.2@treasury.govt.nz\n';
    const { digest } = await imports.preview(file);
    for (const other of [
      imports.confirm(`${file}Third,changed.3@treasury.govt.nz\n`, digest),
      imports.confirm(file, digest, { sameName: 'create' }),
      imports.confirm(file, '0'.repeat(64)),
    ]) {
      const answer = await other;
      expect([answer.status, answer.body.code]).toEqual([409, 'import-changed']);
    }
    await calls.call('agent', 'POST', '/api/v1/people', {
      agencyId: 'treasury',
      surname: 'Else',
      email: 'changed.2@treasury.govt.nz',
    });
    const stale = await imports.confirm(file, digest);
    expect([stale.status, stale.body.code]).toEqual([409, 'import-changed']);
    expect(await entered('changed.1')).toEqual([]);
    expect(await imports.run(file)).toMatchObject({ done: 1, skipped: 1 });
  });

  it('is confirmed once when two confirm at the same time', async () => {
    const file = manyPeople('Race', 50);
    const { digest } = await imports.preview(file);
    const answers = await Promise.all(
      (['agent', 'operator', 'agent', 'operator2'] as const).map((who) => imports.confirm(file, digest, {}, who)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    for (const { status, body } of answers)
      if (status === 409) expect(['already-exists', 'import-changed', 'wrong-state']).toContain(body.code);
    await imports.settled();
    const people = await entered('race.');
    expect(people).toHaveLength(50);
    expect(people.every(({ events }) => events === 1)).toBe(true);
    const later = await imports.confirm(file, digest);
    expect([later.status, later.body.code]).toEqual([409, 'import-changed']);
  });

  it('is the only open one of its agency, also when other files are confirmed at the same time', async () => {
    const files = ['Left', 'Right', 'Middle'].map((word) => manyPeople(word, 400));
    const previews = await Promise.all(files.map((file) => imports.preview(file)));
    const answers = await Promise.all(files.map((file, index) => imports.confirm(file, previews[index]?.digest ?? '')));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    await imports.settled();
  });

  it('is changed by nobody but as its rows are done', async () => {
    const { id } = await imports.run('surname,email\nKept,kept.1@treasury.govt.nz\n');
    const refused = async (url: string, statement: string): Promise<string> =>
      query(url, statement, [id]).then(
        () => 'done',
        (error: Error) => error.message,
      );
    const ra = world.postgres.serviceUrl('ra');
    const owner = world.postgres.ownerUrl;
    expect([
      await refused(
        ra,
        `update import_rows set state = 'failed', code = 'xxx', reason = '', person_id = null where import_id = $1`,
      ),
      await refused(ra, `update import_rows set email = 'x' where import_id = $1`),
      await refused(ra, 'delete from import_rows where import_id = $1'),
      await refused(ra, `update imports set actor = '{}' where id = $1`),
      await refused(owner, 'delete from imports where id = $1'),
      await refused(owner, `update imports set actor = '{}' where id = $1`),
      await refused(owner, `update import_rows set surname = 'x' where import_id = $1`),
      await refused(world.postgres.serviceUrl('signer'), 'select from import_rows where import_id = $1'),
      await refused(world.postgres.serviceUrl('worker'), 'select from imports where id = $1'),
    ]).toEqual([
      expect.stringContaining('it does not become failed'),
      'permission denied for table import_rows',
      'permission denied for table import_rows',
      'permission denied for table imports',
      'rows of imports are never changed or removed',
      'what was confirmed is not changed',
      'what was confirmed is not changed',
      'permission denied for table import_rows',
      'permission denied for table imports',
    ]);
  });

  it('brings in 3,000 people in seconds', async () => {
    const file = manyPeople('Many', 3_000);
    const start = performance.now();
    const preview = await imports.preview(file);
    const previewed = performance.now();
    expect(preview).toMatchObject({ confirmable: true, counts: { create: 3_000, problems: 0 } });
    const confirmed = await imports.confirm(file, preview.digest);
    expect(confirmed.status).toBe(201);
    await imports.settled();
    const ended = performance.now();
    console.log(`3,000 rows: preview ${Math.round(previewed - start)} ms, import ${Math.round(ended - previewed)} ms`);
    expect(previewed - start).toBeLessThan(5_000);
    expect(ended - previewed).toBeLessThan(15_000);
    expect(await imports.show(confirmed.body.id)).toMatchObject({ state: 'done', done: 3_000 });
    const people = await entered('many.');
    expect(people).toHaveLength(3_000);
    expect(people.every(({ name, events }) => events === 1 && name.startsWith('Manyā Ngata'))).toBe(true);
  });
});

describe('a running import', () => {
  it('rests while it is paused, goes on where it was, and tries failed rows again', async () => {
    await calls.registration.ra.importRunner.settled();
    const file = manyPeople('Steer', 1_500);
    const { digest } = await imports.preview(file);
    const id = (await imports.confirm(file, digest)).body.id;
    expect((await imports.steer(id, 'pause')).status).toBe(200);
    await imports.settled();
    const paused = await imports.show(id);
    expect(paused).toMatchObject({ state: 'paused', failed: 0 });
    expect(paused.waiting).toBeGreaterThan(0);
    expect((await imports.steer(id, 'pause')).body.code).toBe('wrong-state');
    const other = await imports.preview('surname,email\nOther,other.1@treasury.govt.nz\n');
    expect(other).toMatchObject({ openImport: id, confirmable: false });
    const second = await imports.confirm('surname,email\nOther,other.1@treasury.govt.nz\n', other.digest);
    expect([second.status, second.body.code]).toEqual([409, 'wrong-state']);
    await expect(
      world.ra
        .updateTable('import_rows')
        .set({ state: 'failed', code: 'xxx', reason: 'x' })
        .where('import_id', '=', id)
        .where('state', '=', 'waiting')
        .execute(),
    ).rejects.toThrow('is not running');
    await expect(world.ra.updateTable('imports').set({ state: 'done' }).where('id', '=', id).execute()).rejects.toThrow(
      'still wait',
    );

    // Meanwhile somebody with one of the addresses is entered, and the database takes to refusing another one.
    await calls.call('agent', 'POST', '/api/v1/people', {
      agencyId: 'treasury',
      surname: 'Early',
      email: 'steer.1499@treasury.govt.nz',
    });
    await sql`
      create function refuse_one() returns trigger language plpgsql as $$ begin
        if new.email = 'steer.1480@treasury.govt.nz' then raise exception 'no' using errcode = '23514'; end if; return new; end $$`.execute(
      world.owner,
    );
    await sql`create trigger refuse_one before insert on people for each row execute function refuse_one()`.execute(
      world.owner,
    );
    expect((await imports.steer(id, 'resume')).status).toBe(200);
    await imports.settled();
    await sql`drop trigger refuse_one on people`.execute(world.owner);
    expect(await imports.show(id)).toMatchObject({ state: 'done', done: 1_498, failed: 2, waiting: 0 });
    const result = await imports.result(id);
    expect(result).toMatch(/\r\n1482,failed,.*,database-refused,/);
    expect(result).toMatch(/\r\n1501,failed,.*,mail-address-taken,/);

    expect((await imports.steer(id, 'retry')).status).toBe(200);
    await imports.settled();
    expect(await imports.show(id)).toMatchObject({ state: 'done', done: 1_499, failed: 1 });
    const people = await entered('steer.');
    expect(people).toHaveLength(1_500);
    expect(people.every(({ events }) => events === 1)).toBe(true);
    expect((await imports.steer(id, 'resume')).body.code).toBe('wrong-state');
  });

  it('can be given up; what is done stays', async () => {
    const file = manyPeople('Cancel', 1_500);
    const { digest } = await imports.preview(file);
    const id = (await imports.confirm(file, digest)).body.id;
    await imports.steer(id, 'pause');
    expect((await imports.steer(id, 'cancel')).status).toBe(200);
    const { done, skipped, state } = await imports.show(id);
    expect([state, done + skipped]).toEqual(['done', 1_500]);
    expect(skipped).toBeGreaterThan(0);
    expect(await entered('cancel.')).toHaveLength(done);
    expect((await imports.steer(id, 'retry')).body.code).toBe('wrong-state');
  });

  it('is done once however many runners there are', async () => {
    const { ra } = calls.registration;
    const progressed = (): void => undefined;
    const others = [1, 2].map(() => new ImportRunner({ ...ra, progressed }));
    const id = await imports.start(manyPeople('Runners', 1_500));
    for (let round = 0; round < 20; round += 1) {
      for (const runner of [...others, ra.importRunner]) runner.wake();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await waitUntil('the end of the import', async () => (await imports.show(id)).state === 'done');
    await Promise.all(others.map((runner) => runner.close()));
    const people = await entered('runners.');
    expect(people).toHaveLength(1_500);
    expect(people.every(({ events }) => events === 1)).toBe(true);
  });

  it('streams its progress until it is done', async () => {
    const file = manyPeople('Stream', 1_000);
    const { digest } = await imports.preview(file);
    const id = (await imports.confirm(file, digest)).body.id;
    const answer = await calls.call('agent', 'GET', `/api/v1/imports/${id}/events`);
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/event-stream']);
    const events = answer.raw.toString().split('\n\n').filter(Boolean);
    const progress = events
      .filter((event) => event.startsWith('event: progress\n'))
      .map((event) => JSON.parse(event.split('data: ')[1] ?? '') as { done: number; state: string });
    expect(progress.at(-1)).toMatchObject({ done: 1_000, state: 'done' });
    expect(progress.length).toBeGreaterThan(1);
    expect(events.at(-1)).toBe('event: end\ndata: {}');
    expect(freePlaces(calls.registration.ra, calls.person['hemi.walker@treasury.govt.nz'] ?? '')).toBe(10);
  });

  it('keeps a stream alive while nothing happens, and gives its place back when nobody listens', async () => {
    const { ra, app } = calls.registration;
    const id = (
      await imports.confirm(manyPeople('Quiet', 1_500), (await imports.preview(manyPeople('Quiet', 1_500))).digest)
    ).body.id;
    await imports.steer(id, 'pause');
    await imports.settled();
    const events = importEvents(ra, id, new AbortController().signal, 50);
    expect((await events.next()).value).toContain('"state":"paused"');
    expect((await events.next()).value).toBe(': still here\n\n');
    await events.return(undefined);

    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    const holder = calls.person['hemi.walker@treasury.govt.nz'] ?? '';
    const sockets = await Promise.all(
      Array.from({ length: 10 }, () => openStream(port, `/api/v1/imports/${id}/events`, calls.authorization('agent'))),
    );
    expect(() => ra.eventStreams.take(holder)).toThrow('Too many');
    const full = await calls.call('agent', 'GET', `/api/v1/imports/${id}/events`);
    expect([full.status, full.body.code, full.headers['retry-after']]).toEqual([429, 'too-many-requests', '10']);
    for (const socket of sockets) socket.destroy();
    await waitUntil('free places', () => freePlaces(ra, holder) === 10, 3_000);
    expect((await imports.steer(id, 'cancel')).status).toBe(200);
  });

  it('has few listeners at a time', async () => {
    const { ra } = calls.registration;
    const release = ra.eventStreams.take('somebody');
    expect(freePlaces(ra, 'somebody')).toBe(9);
    release();
    release();
    expect(freePlaces(ra, 'somebody')).toBe(10);
    const all = Array.from({ length: 200 }, (_, index) => ra.eventStreams.take(`person ${index}`));
    expect(freePlaces(ra, 'somebody')).toBe(0);
    for (const each of all) each();
    expect(freePlaces(ra, 'somebody')).toBe(10);
  });

  it('is nothing to other agencies, and read by auditors', async () => {
    const id = await imports.start('surname,email\nOnly,only.1@treasury.govt.nz\n');
    await imports.settled();
    for (const path of ['', '/events', '/result.csv']) {
      const url = `/api/v1/imports/${id}${path}`;
      const asked = await Promise.all(
        (['dpmc', undefined, 'auditor'] as const).map((who) => calls.call(who, 'GET', url)),
      );
      expect([path, asked.map(({ status }) => status)]).toEqual([path, [404, 401, 200]]);
    }
    for (const way of ['pause', 'resume', 'retry', 'cancel'] as const) {
      const asked = await Promise.all(
        (['dpmc', undefined, 'auditor'] as const).map((who) =>
          calls.call(who, 'POST', `/api/v1/imports/${id}/${way}`, {}),
        ),
      );
      expect([way, asked.map(({ status }) => status)]).toEqual([way, [404, 401, 403]]);
    }
    expect((await calls.call('dpmc', 'GET', '/api/v1/imports')).body.items).toEqual([]);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const page = await calls.call('agent', 'GET', `/api/v1/imports?limit=2${query}`);
      seen.push(...page.body.items.map((one) => one.id));
      cursor = page.body.next;
    }
    expect(seen.length).toBe(await count('imports'));
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen[0]).toBe(id);
  });
});

const folder = '../shared/hostile';
const present = existsSync(join(folder, 'manifest.json'));
if (!present) console.warn('SKIPPED: the hostile samples are not beside the project');

/** How many more streams a person may open. */
function freePlaces(ra: Ra, personId: string): number {
  const releases: (() => void)[] = [];
  try {
    for (;;) releases.push(ra.eventStreams.take(personId));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return releases.length;
  } finally {
    for (const release of releases) release();
  }
}

/** A connection on which the first event of a stream has arrived. */
function openStream(port: number, path: string, authorization: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: ${authorization}\r\n\r\n`);
  return new Promise((resolve, reject) => {
    let text = '';
    socket.once('error', reject).on('data', (octets: Buffer) => {
      text += octets.toString();
      if (text.includes('event: progress')) resolve(socket);
      else if (/^HTTP\/1\.1 [^2]/.test(text)) reject(new Error(text));
    });
  });
}

describe.skipIf(!present)('hostile files', () => {
  const read = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)));

  it('with a byte order mark and semicolons are read, and refused by the name of what is missing', async () => {
    const preview = await imports.preview(read('csv-bom-semicolon.csv'));
    expect(preview.columns).toMatchObject([
      { header: 'email', field: 'email' },
      { header: 'cn', field: 'displayName' },
    ]);
    expect(places(preview)).toEqual(['1:null column-missing', '2:1 domain-not-in-scope']);
    const mapped = await imports.preview(read('csv-bom-semicolon.csv'), { mapping: { surname: 'cn' } });
    expect(places(mapped)).toEqual(['2:1 domain-not-in-scope']);
  });

  it('with formulas are refused by row and column', async () => {
    for (const mapping of [{}, { surname: 'CN' }]) {
      const preview = await imports.preview(read('csv-formula.csv'), { mapping });
      const formulas = preview.problems.filter(({ code }) => code === 'formula-cell');
      expect(formulas.map(({ row, column }) => [row, column])).toEqual([2, 3, 4, 5, 6].map((row) => [row, 2]));
      expect([preview.confirmable, preview.counts.create]).toEqual([false, 0]);
    }
  });

  it('with NUL are refused by row and column, and leave nothing behind', async () => {
    const preview = await imports.preview(read('csv-nul.csv'), { mapping: { surname: 'cn' } });
    expect(places(preview)).toEqual(['2:1 control-character']);
    const before = await count('import_rows');
    const refused = await imports.confirm(read('csv-nul.csv'), preview.digest, {
      mapping: { surname: 'cn' },
      leaveOut: true,
    });
    expect(refused.status).toBe(409);
    expect(await count('import_rows')).toBe(before);
  });

  it('are each answered with a preview that may not be confirmed, and says why', async () => {
    const names = readdirSync(folder).filter((name) => name.startsWith('csv-'));
    expect(names.length).toBeGreaterThanOrEqual(3);
    for (const name of names) {
      const start = performance.now();
      const preview = await imports.preview(read(name), { leaveOut: true });
      expect([name, preview.confirmable, preview.problems.length > 0]).toEqual([name, false, true]);
      expect(performance.now() - start).toBeLessThan(5_000);
    }
  });
});

it('audits what was refused, and ends its streams with the service', async () => {
  const codes = await waitUntil('refusals in the audit trail', async () => {
    const url = '/api/v1/audit-events?kind=import.create&outcome=failure&limit=200';
    const found = await calls.call('auditor', 'GET', url);
    const seen = new Set(found.body.items.map(({ detail }) => detail.code));
    return seen.size >= 3 ? seen : undefined;
  });
  expect([...codes]).toEqual(expect.arrayContaining(['import-refused', 'import-changed', 'wrong-state']));
  // One person previews and confirms sixty times a minute: the agent has had that.
  const id = await imports.start(manyPeople('Last', 1_500), {}, 'operator2');
  await imports.steer(id, 'pause');
  const { port } = calls.registration.app.server.address() as AddressInfo;
  const socket = await openStream(port, `/api/v1/imports/${id}/events`, calls.authorization('agent'));
  const ended = new Promise((resolve) => socket.once('end', resolve));
  const start = performance.now();
  await Promise.all([calls.registration.app.close(), ended]);
  expect(performance.now() - start).toBeLessThan(3_000);
});

it('failed at nothing in all of this', () => {
  const { logged } = calls.registration;
  expect(logged.filter(({ message }) => message === 'request failed' || message.startsWith('an import'))).toEqual([]);
});
