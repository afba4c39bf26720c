import { isRunning, serviceNames } from '@see/db';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Status } from '../../services/see/src/status.ts';
import { startDatabase, type TestDatabase } from '../support/database.ts';
import { query } from '../support/query.ts';
import { answers, make, servicesOf, supervisorOf } from '../support/supervised.ts';
import { waitUntil } from '../support/wait-until.ts';

let server: TestDatabase;
let ownerUrl = '';
beforeAll(async () => {
  server = await startDatabase();
  await query(server.postgres.superuserUrl, `create role maker login createrole password 'maker-password'`);
  for (const name of serviceNames)
    await query(server.postgres.superuserUrl, `alter role see_${name} rename to unused_${name}`);
  await query(
    server.postgres.superuserUrl,
    `create database outside owner maker encoding 'UTF8' locale 'C' template template0`,
  );
  const url = new URL(server.postgres.ownerUrl.replace('/see?', '/outside?'));
  url.username = 'maker';
  url.password = 'maker-password';
  ownerUrl = url.href;
});
afterAll(() => server.remove());

describe('an instance on a PostgreSQL of someone else', () => {
  it('starts no server, makes its logins, is found and stopped, and leaves the server alone', async () => {
    const instance = await make({ environment: { SEE_DATABASE_URL: ownerUrl } });
    await instance.start();
    expect(instance.running?.output()).toContain('external PostgreSQL');
    expect(() => instance.database).toThrow('does not run');
    const status = await instance.seeJson<Status>('status');
    expect(status).toMatchObject({ running: true, database: { kind: 'external', answers: true } });
    const logins = await query<{ rolname: string }>(
      ownerUrl,
      `select rolname from pg_roles where rolname like 'see\\_%' and rolname <> 'see_owner' order by 1`,
    );
    expect(logins.map(({ rolname }) => rolname)).toEqual(serviceNames.map((name) => `see_${name}`).sort());
    expect(await answers(instance)).toBe(true);

    const second = await instance.see('start');
    expect(second.stderr).toContain('already running');

    const processes = [supervisorOf(instance), ...servicesOf(instance)];
    expect((await instance.see('stop')).code).toBe(0);
    for (const identity of processes) expect(isRunning(identity)).toBe(false);
    expect(server.postgres.isRunning()).toBe(true);
    expect(await query(ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('goes on when the server was away, and a second machine may work on the same database', async () => {
    const one = await make({ environment: { SEE_DATABASE_URL: ownerUrl } });
    await one.start();
    await server.restart();
    await waitUntil('the lock', () => one.running?.output().includes('The database is back'));
    await waitUntil('an answer', () => answers(one), 60_000);
    expect((await one.see('status')).code).toBe(0);
    await one.see('stop');
    // Another data folder stands for another machine: its logins have other passwords, so they are given.
    const urls = Object.fromEntries(
      serviceNames.map((name) => {
        const url = new URL(ownerUrl);
        url.username = `see_${name}`;
        url.password = `given-${name}`;
        return [`SEE_DATABASE_URL_${name.toUpperCase()}`, url.href];
      }),
    );
    for (const name of serviceNames) await query(ownerUrl, `alter role see_${name} password 'given-${name}'`);
    const machines = [0, 1].map(() => make({ environment: { SEE_DATABASE_URL: ownerUrl, ...urls } }));
    for (const machine of machines) {
      await (await machine).start();
      expect(await answers(await machine)).toBe(true);
    }
    for (const machine of machines) expect((await (await machine).see('status')).code).toBe(0);
  });
});
