import { AuthorityFollower, type Database, openDatabase } from '@see/db';
import { writeOrderContent } from '@see/domain';
import { samplePasskey } from '@see/statement/sample-passkey';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../services/desk/src/app.ts';
import { NO_ASSETS } from '../support/registration.ts';
import { propose } from '../support/statements.ts';
import { asSuperuser } from '../support/superuser.ts';
import { contentOf, csrOf, makeWorld, newKey, type World } from '../support/world.ts';

/** What the desk tells over HTTP, under its own login. */
let world: World;
let db: Database;
let app: Awaited<ReturnType<typeof buildApp>>;
let authority: AuthorityFollower;
let now = new Date();
const operators = samplePasskey('P-384');
const administrators = samplePasskey('P-256');
const removed = samplePasskey('P-256');

beforeAll(async () => {
  world = await makeWorld();
  db = openDatabase(world.postgres.serviceUrl('desk'), { applicationName: 'test desk' });
  authority = new AuthorityFollower(db, Uint8Array.fromHex(world.instance.anchor));
  await authority.refresh();
  const { urls, preset } = world.instance;
  const site = { assets: NO_ASSETS.references, urls, preset, rootFingerprint: '' };
  app = await buildApp({ db, authority, site, now: () => now, log: () => undefined }, NO_ASSETS);
  const personOf = (id: string): string => authority.current.credentials.get(id)?.personId ?? '';
  for (const [key, owner] of [
    [operators, world.operators[0]],
    [administrators, world.administrators[0]],
    [removed, world.operators[1]],
  ] as const) {
    const { publicKey, passkey } = key;
    const subject = { personId: personOf(owner.credentialId), publicKey, label: 'passkey', passkey };
    expect(await propose(world, 'credential-register', subject, world.administrators)).toBe(1);
  }
  const { credentialId } = removed;
  expect(await propose(world, 'credential-remove', { credentialId }, world.administrators)).toBe(1);
  await authority.refresh();
});
afterAll(async () => {
  await app?.close();
  await db?.destroy();
  await world?.close();
});

const ask = async (path: string, method: 'GET' | 'POST' = 'GET') => {
  const answer = await app.inject({ method, url: path, headers: { host: new URL(world.instance.urls.desk).host } });
  return { status: answer.statusCode, headers: answer.headers, text: answer.body };
};

async function pendingOrder() {
  const csr = csrOf(newKey());
  const content = contentOf(await world.draft({ items: [{ profileId: 'gateway-sign', csr, dnsNames: [] }] }));
  await world.store(content, [csr]);
  return { path: `/api/orders/${content.orderId}`, id: content.orderId, bytes: writeOrderContent(content).bytes };
}

describe('the desk', () => {
  it('gives the very bytes of an order that waits, and the passkeys of those who are operators', async () => {
    const { path, bytes } = await pendingOrder();
    const { status, headers, text } = await ask(path);
    expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
    expect(JSON.parse(text)).toEqual({
      content: Buffer.from(bytes).toString('base64url'),
      passkeys: [{ credentialId: operators.credentialId, passkey: operators.passkey }],
    });
  });

  it.each([
    ['approved', 'Nothing is left to approve'],
    ['rejected', 'The order is rejected'],
    ['issued', 'The order is issued'],
  ])('gives nothing of an order that is %s', async (state, words) => {
    const { path, id } = await pendingOrder();
    await asSuperuser(world, ['orders'], `update orders set state = '${state}' where id = '${id}'`);
    const { status, text } = await ask(path);
    expect([status, JSON.parse(text).code]).toEqual([409, 'wrong-state']);
    expect(text).toContain(words);
  });

  it('gives nothing of an order whose code is being bound, or whose time is over', async () => {
    const first = await pendingOrder();
    await asSuperuser(
      world,
      ['orders'],
      `update orders set state = 'preparing', content = null, digest = null where id = '${first.id}'`,
    );
    expect((await ask(first.path)).text).toContain('A code is being bound');
    const second = await pendingOrder();
    now = new Date(Date.now() + 8 * 86_400_000);
    const late = await ask(second.path);
    now = new Date();
    expect([late.status, late.text.includes('time for approving it is over')]).toEqual([409, true]);
  });

  it.each([
    ['an order that does not exist', '/api/orders/00000000-0000-4000-8000-000000000000', 'GET', 404],
    ['an id that is none', '/api/orders/1', 'GET', 400],
    ['an id in capitals', '/api/orders/ABCDEFAB-0000-4000-8000-000000000000', 'GET', 400],
    ['a page for an id that is none', '/orders/%3Cscript%3E', 'GET', 400],
    ['an approval', '/api/orders/00000000-0000-4000-8000-000000000000', 'POST', 405],
    ['an approval on the page', '/orders/00000000-0000-4000-8000-000000000000', 'POST', 405],
  ] as const)('refuses %s', async (_name, path, method, status) => {
    expect((await ask(path, method)).status).toBe(status);
  });

  it.each(['/', '/register', '/orders/00000000-0000-4000-8000-000000000000'])(
    'draws %s for everybody alike, with scripts of its own only',
    async (path) => {
      const { status, headers, text } = await ask(path);
      expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
      expect(headers['content-security-policy']).toContain("script-src 'self'");
      expect(text).not.toMatch(/<script(?![^>]* src=)|style="| on[a-z]+="/);
    },
  );

  it('has a login that approves nothing and changes nothing', async () => {
    const { id } = await pendingOrder();
    for (const statement of [
      `insert into approvals values ('${id}', '\\x00', '${world.operators[0].credentialId}', '-', '{}')`,
      `update orders set state = 'approved' where id = '${id}'`,
      `insert into credentials (credential_id, person_id, public_key, statement_digest) values ('x', 'y', '{}', '\\x00')`,
      `insert into statements (digest, kind, bytes) values ('\\x00', 'x', '\\x00')`,
    ]) {
      await expect(sql.raw(statement).execute(db)).rejects.toThrow('permission denied');
    }
  });
});
