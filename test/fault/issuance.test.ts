import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { crlUrl, shardOf, shardsOf } from '@see/issuance';
import {
  type Certificate,
  type CertificateList,
  oid,
  parseCertificate,
  parseCrl,
  parseCrlDistributionPoints,
} from '@see/x509';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issue, revoke } from '../integration/va-harness.ts';
import { propose } from '../support/statements.ts';
import { asSuperuser } from '../support/superuser.ts';
import { makeWorld, newKey, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.close());

/** Runs an action in a signer process of its own that is killed at a step. */
function dieAt(action: string, step: string, ca = 'gateway'): void {
  const script = new URL('./signer-step.ts', import.meta.url).pathname;
  const args = [
    script,
    world.postgres.serviceUrl('signer'),
    join(world.layout.stateDir, 'signer'),
    join(world.layout.evaluationDir, 'signer.passphrase'),
    action,
    step,
    ca,
  ];
  const result = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 60_000 });
  expect(result.signal, `${action} was to die at ${step}: ${result.stderr}`).toBe('SIGKILL');
}

/** Starts the signer again as its service does, and lets it work. */
async function recover(): Promise<void> {
  const signer = await world.restartSigner();
  await signer.orders.finishOpenIntents(new Date(), (message) => world.alarms.push(message));
  await signer.ocspKeys.finishOpenIntents(new Date(), (message) => world.alarms.push(message));
  await signer.crls.publishSealed();
  await signer.orders.run();
}

/** What has to hold after every crash: no unknown certificate, no serial twice, everything linked and audited. */
async function expectWhole(orderId: string): Promise<void> {
  const issued = await world.owner
    .selectFrom('certificates as c')
    .innerJoin('certificate_bytes as b', 'b.certificate_id', 'c.id')
    .innerJoin('intents as i', 'i.id', 'c.id')
    .select(['c.serial', 'i.serial as intended', 'b.der', 'i.tbs'])
    .where('c.order_id', '=', orderId)
    .execute();
  expect(issued).toHaveLength(1);
  for (const row of issued) {
    const certificate = parseCertificate(row.der);
    expect(certificate.serialNumber.toHex()).toBe(row.serial.toHex());
    expect(row.intended.toHex()).toBe(row.serial.toHex());
    expect(Buffer.from(certificate.tbs).equals(row.tbs)).toBe(true);
  }
  const facts = await sql<{ open: number; doubled: number; unaudited: number; state: string }>`
    select (select count(*)::int from intents i left join certificates c on c.id = i.id where c.id is null) as open,
      (select count(*)::int from (select serial from intents group by ca, serial having count(*) > 1) d) as doubled,
      (select count(*)::int from certificates c where not exists (
        select from audit_events e where e.kind = 'certificate.issued' and e.object_id = c.ca || '/' || encode(c.serial, 'hex'))) as unaudited,
      (select state from orders where id = ${orderId}) as state`.execute(world.owner);
  expect(facts.rows[0]).toEqual({ open: 0, doubled: 0, unaudited: 0, state: 'issued' });
  expect(world.alarms).toEqual([]);
}

describe('a signer that is killed', () => {
  it.each(['1-prepared', '2-intents-committed', '3-journal-durable', '4-signed', '5-certificates-committed'])(
    'at step %s of issuing leaves nothing unknown and finishes the order once',
    async (step) => {
      const order = await world.gatewayOrder();
      dieAt('orders', step);
      await recover();
      await expectWhole(order.orderId);
    },
  );

  it.each(['crl-1-signed', 'crl-2-sealed', 'crl-3-published'])(
    'at step %s of a CRL publishes it once, and numbers rise',
    async (step) => {
      const before = await lastCrl();
      dieAt('crl', step);
      await recover();
      const after = await lastCrl();
      expect(after - before).toBe(step === 'crl-1-signed' ? 0 : 1);
      const ca = world.signer.cas.get('gateway');
      if (ca) await world.signer.crls.publish(ca);
      expect(await lastCrl()).toBe(after + 1);
    },
  );
});

async function lastCrl(): Promise<number> {
  const rows = await world.owner
    .selectFrom('crls')
    .select(['number', 'der'])
    .where('ca', '=', 'gateway')
    .orderBy('number')
    .execute();
  rows.forEach((row, index) => {
    expect(row.number).toBe(index + 1);
    expect(Number(parseCrl(row.der).crlNumber)).toBe(row.number);
  });
  return rows.at(-1)?.number ?? 0;
}

describe('an INSERT that fails', () => {
  it.each(['signed_orders', 'intents', 'certificates', 'certificate_bytes', 'audit_events'])(
    'into %s while issuing loses nothing',
    async (table) => {
      const order = await world.gatewayOrder(newKey());
      await sql
        .raw(
          `create function fail_once() returns trigger language plpgsql as 'begin raise exception ''disk full (test)''; end'`,
        )
        .execute(world.owner);
      await sql
        .raw(`create trigger fail_once before insert on ${table} for each row execute function fail_once()`)
        .execute(world.owner);
      try {
        await world.signer.orders.run();
      } catch (error) {
        expect(String(error)).toContain('disk full');
      }
      await sql.raw(`drop function fail_once() cascade`).execute(world.owner);
      world.alarms.length = 0;
      await recover();
      await expectWhole(order.orderId);
    },
  );
});

describe('a signer that was killed before a plan for its lists came into force', () => {
  it.each(['2-intents-committed', '3-journal-durable', '4-signed'])(
    'at step %s, finishes what names a delta that is made no more, octet for octet',
    async (step) => {
      const ca = 'gateway';
      await planFor(ca, true, []);
      const order = await world.gatewayOrder();
      dieAt('orders', step);
      await planFor(ca, false, []);
      await recover();
      await expectWhole(order.orderId);
      const next = await world.gatewayOrder();
      await world.signer.orders.run();
      await expectWhole(next.orderId);
      const named = await Promise.all([order, next].map(async ({ orderId }) => freshestOf(orderId)));
      expect(named.map((one) => one !== undefined)).toEqual([true, false]);
    },
  );

  it('does not finish what follows from its order under no plan that there was', async () => {
    const order = await world.gatewayOrder();
    dieAt('orders', '2-intents-committed');
    // As if it had been prepared under another plan: what the database has is not what the order leads to.
    const intent = await world.owner
      .selectFrom('intents')
      .select(['id', 'tbs'])
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    const changed = Buffer.from(intent.tbs.toHex().replace(hex('/crl/gateway.crl'), hex('/crl/gateway.crx')), 'hex');
    expect(Buffer.from(intent.tbs).equals(changed)).toBe(false);
    const write = (tbs: Uint8Array) =>
      asSuperuser(world, ['intents'], `update intents set tbs = '\\x${tbs.toHex()}' where id = ${intent.id}`);
    await write(changed);
    await recover();
    expect(world.alarms.splice(0)).toEqual(['an intent can not be finished']);
    await write(intent.tbs);
    await recover();
    await expectWhole(order.orderId);
  });

  it('finishes what it prepared, octet for octet, and names parts from then on', async () => {
    const ca = 'gateway';
    const order = await world.gatewayOrder();
    dieAt('orders', '2-intents-committed');
    await planFor(ca, false, [4]);
    await recover();
    await expectWhole(order.orderId);
    const next = await world.gatewayOrder();
    await world.signer.orders.run();
    await expectWhole(next.orderId);
    const points = await Promise.all([order, next].map(async ({ orderId }) => pointOf(orderId)));
    const { vaUrl } = world.signer.chain.authority.configuration;
    expect(points[0]).toBe(crlUrl(vaUrl, ca, 'full'));
    expect(shardsOf(4).map((scope) => crlUrl(vaUrl, ca, scope))).toContain(points[1]);
  });
});

async function planFor(ca: string, delta: boolean, shards: number[]): Promise<void> {
  const { configuration } = world.signer.chain.authority;
  const others = configuration.status.crls.filter((one) => one.ca !== ca);
  const status = { responderKey: 'P-384', crls: [...others, { ca, delta, shards }] };
  expect(await propose(world, 'configuration-activate', { ...configuration, status }, world.administrators)).toBe(1);
}

const hex = (text: string): string => Buffer.from(text).toString('hex');

/** The freshestCRL of an order's certificate. */
async function freshestOf(orderId: string): Promise<Uint8Array | undefined> {
  return (await certificateOf(orderId)).extension(oid.freshestCrl)?.value;
}

/** The address in the crlDistributionPoints of an order's certificate. */
async function pointOf(orderId: string): Promise<string | undefined> {
  const value = (await certificateOf(orderId)).extension(oid.crlDistributionPoints)?.value;
  const [name] = (value && parseCrlDistributionPoints(value)[0]?.fullName) ?? [];
  return name?.kind === 'uniformResourceIdentifier' ? name.value : undefined;
}

async function certificateOf(orderId: string): Promise<Certificate> {
  const { der } = await world.owner
    .selectFrom('certificates as c')
    .innerJoin('certificate_bytes as b', 'b.certificate_id', 'c.id')
    .select('b.der')
    .where('c.order_id', '=', orderId)
    .executeTakeFirstOrThrow();
  return parseCertificate(der);
}

// Last: it issues without the signer, which the tests above count as unaudited.
describe('a signer that is killed while it makes lists of several scopes', () => {
  const ca = 'tls';
  const scopes = ['full', 'delta', ...shardsOf(2)];
  beforeAll(async () => {
    await planFor(ca, true, [2]);
    await publish();
    await publish();
  });
  const publish = async () => {
    const issuer = world.signer.cas.get(ca);
    if (issuer) await world.signer.crls.publish(issuer);
  };
  const lists = async () => {
    const rows = await world.owner.selectFrom('crls').selectAll().where('ca', '=', ca).orderBy('number').execute();
    return new Map(rows.map((row) => [row.scope, row]));
  };
  const serials = (crl: CertificateList) => Array.from(crl.entries, ({ serialHex }) => serialHex);

  it.each([
    ['crl-1-signed', 0],
    ['crl-2-partly-sealed', 1],
    ['crl-2-sealed', 4],
    ['crl-3-published', 4],
  ] as const)('at step %s publishes what was sealed, loses nothing, and numbers rise', async (step, sealed) => {
    const before = await lists();
    const last = before.get('full')?.number ?? 0;
    let certificate = await issue(world, { ca, profileId: 'tls-server' });
    // In the part that is sealed first.
    while (shardOf(certificate.serial, 2) !== '2-0') certificate = await issue(world, { ca, profileId: 'tls-server' });
    const id = await revoke(world, certificate, { reason: 4 });
    dieAt('crl', step, ca);
    await recover();
    const after = await lists();
    const news = scopes.filter((scope) => (after.get(scope)?.number ?? 0) > last);
    expect(news).toHaveLength(sealed);
    const told = news.some((scope) =>
      serials(parseCrl(after.get(scope)?.der ?? empty)).includes(certificate.serial.toHex()),
    );
    // Whoever was told of it once is told of it for ever, by each list that covers it.
    if (told) await asSuperuser(world, ['revocations'], `delete from revocations where id = ${id}`);
    await publish();
    const final = await lists();
    const number = (after.get('full')?.number ?? 0) === last && sealed === 0 ? last + 1 : last + 2;
    expect(scopes.map((scope) => final.get(scope)?.number)).toEqual(scopes.map(() => number));
    const crls = new Map(scopes.map((scope) => [scope, parseCrl(final.get(scope)?.der ?? empty)]));
    for (const scope of ['full', shardOf(certificate.serial, 2)])
      expect(serials(crls.get(scope) as CertificateList)).toContain(certificate.serial.toHex());
    const base = crls.get('delta')?.baseCrlNumber;
    expect(Number(base)).toBe(after.get('full')?.number);
    expect(world.alarms.splice(0).every((message) => told && message.includes('vanished'))).toBe(true);
  });
});

const empty = new Uint8Array(0);
