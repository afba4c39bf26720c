import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readProcessRecord } from '@see/process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ImportBody, importWish, manyPeople, type Preview } from '../support/import-calls.ts';
import { startInstance, type TestInstance } from '../support/instance.ts';
import { query } from '../support/query.ts';
import { waitUntil } from '../support/wait-until.ts';

const PEOPLE = 12_000;

let instance: TestInstance;
beforeAll(async () => {
  instance = await startInstance();
});
afterAll(() => instance?.remove());

async function ask<T>(path: string, body?: object): Promise<T> {
  const token = readFileSync(join(instance.dataDir, 'evaluation', 'operator1.token'), 'utf8').trim();
  const answer = await fetch(`${instance.urls.portal}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** Rows that are done, read past ra. */
async function rowsDone(id: string): Promise<number> {
  const rows = await query(
    instance.database.superuserUrl,
    `select count(*)::int as count from import_rows where import_id = $1 and state = 'done'`,
    [id],
  );
  return Number((rows[0] as { count: unknown } | undefined)?.count);
}

/** Kills ra once it runs again: what it wrote last may be seen before the supervisor has started it anew. */
async function killRa(): Promise<void> {
  const pid = await waitUntil('ra', async () => {
    const { ra } = readProcessRecord(instance.layout)?.services ?? {};
    return ra && ra.pid !== killed ? ra.pid : undefined;
  });
  killed = pid;
  process.kill(pid, 'SIGKILL');
}
let killed: number | undefined;

describe('an import', () => {
  it('goes on when ra, PostgreSQL and the supervisor are killed: nothing twice, nothing lost', async () => {
    const file = manyPeople('Killed', PEOPLE);
    const { digest } = await ask<Preview>('/api/v1/imports/preview', importWish(file));
    const { id } = await ask<ImportBody>('/api/v1/imports', { ...importWish(file), confirm: digest });
    const reached: number[] = [];
    const killAt = async (least: number, kill: () => unknown): Promise<void> => {
      const done = await waitUntil(
        `${least} rows`,
        async () => {
          const count = await rowsDone(id).catch(() => 0);
          return count >= least ? count : undefined;
        },
        60_000,
      );
      await kill();
      reached.push(done);
    };
    await killAt(1, killRa);
    await killAt((reached[0] ?? 0) + 250, killRa);
    await killAt((reached[1] ?? 0) + 250, () => process.kill(instance.database.identity.pid, 'SIGKILL'));
    await killAt((reached[2] ?? 0) + 250, () => instance.running?.child.kill('SIGKILL'));
    await instance.running?.ended;
    expect(
      reached.every((count) => count < PEOPLE),
      `killed at ${reached.join()}`,
    ).toBe(true);
    await instance.start();
    await waitUntil(
      'the end of the import',
      async () => (await ask<ImportBody>(`/api/v1/imports/${id}`)).state === 'done',
      90_000,
    );
    expect(await ask<ImportBody>(`/api/v1/imports/${id}`)).toMatchObject({ done: PEOPLE, failed: 0, waiting: 0 });
    const [facts] = await query(
      instance.database.superuserUrl,
      `select (select count(*)::int from people where starts_with(email, 'killed.')) as people,
        (select count(distinct email)::int from people where starts_with(email, 'killed.')) as addresses,
        (select count(*)::int from audit_events where kind = 'person.create' and detail->>'importId' = $1) as events,
        (select count(distinct object_id)::int from audit_events where kind = 'person.create' and detail->>'importId' = $1) as persons,
        (select count(*)::int from import_rows r join people p on p.id = r.person_id and p.email = r.email where r.import_id = $1::uuid) as linked,
        (select count(*)::int from audit_events where kind = 'import.finish' and object_id = $1) as finished`,
      [id],
    );
    expect(facts).toEqual({
      people: PEOPLE,
      addresses: PEOPLE,
      events: PEOPLE,
      persons: PEOPLE,
      linked: PEOPLE,
      finished: 1,
    });
  });
});
