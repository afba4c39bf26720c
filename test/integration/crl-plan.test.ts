import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openRoot, publishRootCrl } from '@see/cli';
import { storeSignature, storeStatement, withTransaction } from '@see/db';
import type { OrderContent } from '@see/domain';
import { crlUrl, shardOf, shardsOf } from '@see/issuance';
import { signDigest, writeStatement } from '@see/statement';
import {
  type CertificateList,
  encodePem,
  oid,
  parseCertificate,
  parseCrl,
  parseCrlDistributionPoints,
} from '@see/x509';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { propose } from '../support/statements.ts';
import { asSuperuser } from '../support/superuser.ts';
import { contentOf, csrOf, makeWorld, newKey, type World } from '../support/world.ts';
import { type IssuedCertificate, issue, openssl, revoke, Workshop } from './va-harness.ts';

let world: World;
let shop: Workshop;
let later = 0;
beforeAll(async () => {
  world = await makeWorld();
  await world.restartSigner({ now: () => Date.now() + later });
  shop = new Workshop();
});
afterAll(async () => {
  shop?.remove();
  await world?.close();
});

const PARTS = shardsOf(4);
const tell = (crls: { ca: string; delta: boolean; shards: number[] }[]) =>
  propose(
    world,
    'configuration-activate',
    { ...world.signer.chain.authority.configuration, status: { responderKey: 'P-384', crls } },
    world.administrators,
  );

/** Lets the signer do what is due some seconds later. */
async function run(seconds = 6): Promise<void> {
  later += seconds * 1000;
  await world.signer.crls.run();
}

/** openssl at the time of the signer. */
const verify = (...args: string[]) => {
  const time = String(Math.floor((Date.now() + later) / 1000));
  return openssl('verify', '-attime', time, '-crl_check', '-extended_crl', ...args).catch(
    (error: { stderr: string }) => error.stderr,
  );
};

/** Scope and number of everything that was published of a CA since a number, in the order of names. */
async function published(ca: string, above = 0): Promise<string[]> {
  const rows = await world.owner
    .selectFrom('crls')
    .select(['scope', 'number'])
    .where('ca', '=', ca)
    .where('number', '>', above)
    .orderBy('number')
    .orderBy('scope')
    .execute();
  return rows.map(({ scope, number }) => `${scope} ${number}`);
}

async function list(ca: string, scope: string): Promise<CertificateList> {
  const row = await world.owner
    .selectFrom('crls')
    .select('der')
    .where('ca', '=', ca)
    .where('scope', '=', scope)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  return parseCrl(row.der);
}

/** Serial number and reason of each entry. */
const said = (crl: CertificateList) => Array.from(crl.entries, (entry) => `${entry.serialHex} ${entry.reason ?? 0}`);
const number = async (ca: string): Promise<number> => Number((await published(ca)).at(-1)?.split(' ')[1]);
const partOf = ({ serial }: IssuedCertificate) => shardOf(serial, 4);

/** A release by one operator, as ra records it. */
async function release(certificate: IssuedCertificate, holdId: number): Promise<void> {
  const now = Math.floor(Date.now() / 1000);
  const statement = writeStatement({
    v: 1,
    instance: world.instance.instance,
    kind: 'hold-release',
    subject: { ca: certificate.ca, serial: certificate.serial.toHex(), holdId },
    notBefore: now,
    notAfter: now + 900,
    nonce: `release${holdId}release${holdId}`,
  });
  await storeStatement(world.ra, statement);
  const [operator] = world.operators;
  const signature = signDigest(statement.digest, operator.credentialId, operator.privateKey);
  await storeSignature(world.ra, statement.digest, { credentialId: operator.credentialId, signature });
  await revoke(world, certificate, { kind: 'release', statementDigest: statement.digest });
}

async function serverOrder(): Promise<OrderContent> {
  const csr = csrOf(newKey());
  const items = [{ profileId: 'tls-server', csr, dnsNames: ['www.treasury.govt.nz'] }];
  const content = contentOf(await world.draft({ typeId: 'device', items }));
  await world.store(content, [csr]);
  await world.approve(content, world.operators);
  return content;
}

async function issuedBy(order: OrderContent) {
  const row = await world.owner
    .selectFrom('certificates as c')
    .innerJoin('certificate_bytes as b', 'b.certificate_id', 'c.id')
    .select(['c.id', 'c.ca', 'c.serial', 'b.der'])
    .where('c.order_id', '=', order.orderId)
    .executeTakeFirst();
  return row as IssuedCertificate | undefined;
}

describe('a CA with deltas (REV-9, REV-10)', () => {
  const ca = 'individual';
  let held: IssuedCertificate;
  let hold: number;

  it('has its full list first, then a delta on it', async () => {
    expect(await tell([{ ca, delta: true, shards: [] }])).toBe(1);
    await run();
    expect(await published(ca)).toEqual(['full 1']);
    await run();
    expect(await published(ca)).toEqual(['full 1', 'delta 2']);
    const full = await list(ca, 'full');
    const freshest = full.extension(oid.freshestCrl);
    const { vaUrl } = world.signer.chain.authority.configuration;
    expect(freshest && parseCrlDistributionPoints(freshest.value)[0]?.fullName?.[0]).toMatchObject({
      value: crlUrl(vaUrl, ca, 'delta'),
    });
    const delta = await list(ca, 'delta');
    expect([delta.baseCrlNumber, said(delta)]).toEqual([1n, []]);
    expect(delta.extension(oid.deltaCrlIndicator)?.critical).toBe(true);
    expect(delta.extension(oid.issuingDistributionPoint)).toBeUndefined();
  });

  it('tells news in the delta alone, a release as removeFromCRL, and again until the next full list', async () => {
    held = await issue(world);
    const revoked = await issue(world);
    hold = await revoke(world, held, { kind: 'hold' });
    await revoke(world, revoked, { reason: 4 });
    await run();
    expect(await published(ca, 2)).toEqual(['delta 3']);
    const want = [`${held.serial.toHex()} 6`, `${revoked.serial.toHex()} 4`].toSorted();
    expect(said(await list(ca, 'delta'))).toEqual(want);
    await release(held, hold);
    await run();
    const gone = want.map((text) => text.replace(/ 6$/, ' 8'));
    expect(said(await list(ca, 'delta'))).toEqual(gone);
    await revoke(world, revoked, { reason: 1 });
    await run();
    const worse = gone.map((text) => text.replace(/ 4$/, ' 1'));
    expect([(await list(ca, 'delta')).baseCrlNumber, said(await list(ca, 'delta'))]).toEqual([1n, worse]);
    const individual = world.signer.cas.get(ca);
    if (individual) await world.signer.crls.publish(individual);
    const count = await number(ca);
    const [full, delta] = [await list(ca, 'full'), await list(ca, 'delta')];
    expect([full.crlNumber, delta.crlNumber, delta.baseCrlNumber]).toEqual([BigInt(count), BigInt(count), 1n]);
    expect([full.thisUpdate, said(full)]).toEqual([delta.thisUpdate, worse.filter((text) => !text.endsWith(' 8'))]);
    expect(said(delta)).toEqual(worse);
    expect(world.alarms).toEqual([]);
  });

  it('keeps in its deltas what vanished from the database since', async () => {
    const certificate = await issue(world);
    const id = await revoke(world, certificate, { reason: 4 });
    await run();
    expect(said(await list(ca, 'delta'))).toContain(`${certificate.serial.toHex()} 4`);
    await asSuperuser(world, ['revocations'], `delete from revocations where id = ${id}`);
    await run();
    const other = await issue(world);
    await revoke(world, other, { reason: 4 });
    await run();
    expect(said(await list(ca, 'delta'))).toEqual(
      [certificate, other].map(({ serial }) => `${serial.toHex()} 4`).toSorted(),
    );
    expect(world.alarms).toEqual([]);
    await world.restartSigner({ now: () => Date.now() + later });
    await run();
    expect(said(await list(ca, 'delta'))).toContain(`${certificate.serial.toHex()} 4`);
    expect(world.alarms.splice(0).join()).toContain('vanished');
  });

  it('makes openssl refuse what the delta revokes, and only with the delta', async () => {
    const certificate = await issue(world);
    const good = await issue(world);
    const authority = world.signer.cas.get(ca);
    if (!authority) throw new Error('no CA');
    const roots = await world.owner.selectFrom('cas').select(['id', 'certificate']).execute();
    const rootDer = roots.find(({ id }) => id === 'root')?.certificate;
    if (!rootDer) throw new Error('no root');
    const base = encodePem('X509 CRL', (await list(ca, 'full')).der);
    await revoke(world, certificate, { reason: 1 });
    await run();
    const both = base + encodePem('X509 CRL', (await list(ca, 'delta')).der);
    const files = ['-CAfile', shop.pem('root.pem', rootDer), '-untrusted', shop.pem('ca.pem', authority.certificate)];
    const check = (crls: string, name: string, ...more: string[]) =>
      verify(...more, ...files, '-CRLfile', shop.write('crls.pem', crls), name);
    const [bad, sound] = [shop.pem('bad.pem', certificate.der), shop.pem('good.pem', good.der)];
    expect(await check(base, bad)).toContain('OK');
    expect(await check(both, bad, '-use_deltas')).toContain('certificate revoked');
    expect(await check(both, sound, '-use_deltas')).toContain('OK');
  });
});

describe('news that come late', () => {
  const ca = 'individual';
  const reasons = async (one: IssuedCertificate) =>
    said(await list(ca, 'delta')).filter((text) => text.startsWith(one.serial.toHex()));

  it('are noticed when an event is committed after one with a higher id', async () => {
    const [early, late] = [await issue(world), await issue(world)];
    const other = await issue(world);
    const begun = Promise.withResolvers<void>();
    const free = Promise.withResolvers<void>();
    const slow = withTransaction(world.owner, async (tx) => {
      for (const { id: certificate_id, serial } of [early, late])
        await tx
          .insertInto('revocations')
          .values({ certificate_id, ca, serial, kind: 'revoke', reason: 4, requested_by: 'test' })
          .execute();
      begun.resolve();
      await free.promise;
    });
    await begun.promise;
    await revoke(world, other, { reason: 4 });
    await run();
    expect([await reasons(other), await reasons(early)]).toEqual([[`${other.serial.toHex()} 4`], []]);
    free.resolve();
    await slow;
    await run();
    for (const one of [early, late]) expect(await reasons(one)).toEqual([`${one.serial.toHex()} 4`]);
  });

  it('are told when an event gets its statement, and not before', async () => {
    const certificate = await issue(world);
    const now = Math.floor(Date.now() / 1000);
    const certificates = [{ ca, serial: certificate.serial.toHex() }];
    const statement = writeStatement({
      v: 1,
      instance: world.instance.instance,
      kind: 'certificate-revoke',
      subject: { kind: 'revoke', reason: 'superseded', certificates },
      notBefore: now,
      notAfter: now + 900,
      nonce: 'revokerevokerevoke',
    });
    await storeStatement(world.ra, statement);
    await revoke(world, certificate, { reason: 4, statementDigest: statement.digest });
    await run();
    expect(await reasons(certificate)).toEqual([]);
    for (const { credentialId, privateKey } of world.operators) {
      const signature = signDigest(statement.digest, credentialId, privateKey);
      await storeSignature(world.ra, statement.digest, { credentialId, signature });
    }
    await run();
    expect(await reasons(certificate)).toEqual([`${certificate.serial.toHex()} 4`]);
  });

  it('are published with the number under which they were sealed, when the database refused them first', async () => {
    const certificate = await issue(world);
    await revoke(world, certificate, { reason: 4 });
    const before = await number(ca);
    await sql
      .raw(
        `create function refuse_crl() returns trigger language plpgsql as 'begin raise exception ''disk full (test)''; end';
         create trigger refuse_crl before insert on crls for each row execute function refuse_crl()`,
      )
      .execute(world.owner);
    await expect(run()).rejects.toThrow('disk full');
    await sql.raw('drop function refuse_crl() cascade').execute(world.owner);
    expect(await number(ca)).toBe(before);
    await run();
    expect(await published(ca, before)).toEqual([`delta ${before + 1}`]);
    expect(await reasons(certificate)).toEqual([`${certificate.serial.toHex()} 4`]);
    expect(world.alarms).toEqual([]);
  });
});

describe('a CA whose lists can not be made', () => {
  it('does not hold up those of the others', async () => {
    const [first, second] = [await issue(world, { ca: 'gateway' }), await issue(world)];
    const id = await revoke(world, first, { reason: 4 });
    const date = (when: string) => `update revocations set revoked_at = ${when} where id = ${id}`;
    await asSuperuser(world, ['revocations'], date(`now() + interval '300 days'`));
    await revoke(world, second, { reason: 4 });
    const [gateway, individual] = [await number('gateway'), await number('individual')];
    await expect(run()).rejects.toThrow('e_rev4');
    expect([await number('gateway'), await number('individual')]).toEqual([gateway, individual + 1]);
    expect(said(await list('individual', 'delta'))).toContain(`${second.serial.toHex()} 4`);
    await asSuperuser(world, ['revocations'], date(`date_trunc('second', now())`));
    await world.restartSigner({ now: () => Date.now() + later });
    await run();
    expect(said(await list('gateway', 'full'))).toEqual([`${first.serial.toHex()} 4`]);
    expect(world.alarms).toEqual(['revocations vanished from the database; the CRLs keep them']);
    world.alarms.length = 0;
  });
});

describe('a CA with four parts (REV-12)', () => {
  const ca = 'tls';
  let certificate: IssuedCertificate;

  it('issues nothing before each part is published, and then names its part', async () => {
    await tell([
      { ca: 'individual', delta: true, shards: [] },
      { ca, delta: false, shards: [4] },
    ]);
    const order = await serverOrder();
    await world.signer.orders.run();
    const found = await issuedBy(order);
    if (!found) throw new Error('nothing was issued');
    certificate = found;
    expect(await published(ca)).toEqual(['full 1', ...PARTS.map((scope) => `${scope} 2`)]);
    const point = parseCertificate(certificate.der).extension(oid.crlDistributionPoints);
    const { vaUrl } = world.signer.chain.authority.configuration;
    expect(point && parseCrlDistributionPoints(point.value)).toEqual([
      { fullName: [{ kind: 'uniformResourceIdentifier', value: crlUrl(vaUrl, ca, partOf(certificate)) }] },
    ]);
    expect(parseCertificate(certificate.der).extension(oid.freshestCrl)).toBeUndefined();
  });

  it('tells a revocation in its part and the full list, with one number, and every revocation in one part', async () => {
    const before = await number(ca);
    await revoke(world, certificate, { reason: 4 });
    await run();
    expect(await published(ca, before)).toEqual([`${partOf(certificate)} ${before + 1}`, `full ${before + 1}`]);
    const others = await Promise.all(Array.from({ length: 8 }, () => issue(world, { ca, profileId: 'tls-server' })));
    for (const one of others) await revoke(world, one, { reason: 4 });
    await run();
    const parts = await Promise.all(PARTS.map((scope) => list(ca, scope)));
    expect(parts.flatMap(said)).toEqual(said(await list(ca, 'full')));
    for (const one of others) expect(said(await list(ca, partOf(one)))).toContain(`${one.serial.toHex()} 4`);
    expect(world.alarms).toEqual([]);
  });

  it('makes openssl refuse what its part revokes, and take no part for another', async () => {
    const good = await serverOrder();
    await world.signer.orders.run();
    const sound = await issuedBy(good);
    const authority = world.signer.cas.get(ca);
    if (!sound || !authority) throw new Error('nothing was issued');
    const row = await world.owner.selectFrom('cas').select('certificate').where('id', '=', 'root').executeTakeFirst();
    if (!row) throw new Error('no root');
    const files = [
      '-CAfile',
      shop.pem('root.pem', row.certificate),
      '-untrusted',
      shop.pem('ca.pem', authority.certificate),
    ];
    const check = async (scope: string, one: IssuedCertificate) => {
      const crls = shop.write('part.pem', encodePem('X509 CRL', (await list(ca, scope)).der));
      return verify(...files, '-CRLfile', crls, shop.pem('one.pem', one.der));
    };
    expect(await check(partOf(certificate), certificate)).toContain('certificate revoked');
    expect(await check(partOf(sound), sound)).toContain('OK');
    const other = PARTS.find((scope) => scope !== partOf(sound)) ?? '';
    expect(await check(other, sound)).toContain('error');
  });

  it('makes every list anew after six hours, without a change', async () => {
    const before = await number(ca);
    await run(6 * 3600);
    expect((await published(ca, before)).map((text) => text.split(' ')[0])).toEqual([...PARTS, 'full']);
    // What vanished from the other CA is found again when everything is compared.
    expect(world.alarms.splice(0)).toEqual(['revocations vanished from the database; the CRLs keep them']);
  });

  it('says in the audit of which scope a list is', async () => {
    const rows = await world.owner
      .selectFrom('audit_events')
      .select('detail')
      .where('kind', '=', 'crl.published')
      .where('object_id', '=', `${ca}/2`)
      .orderBy('id')
      .execute();
    expect(rows.map(({ detail }) => (detail as { scope: string }).scope)).toEqual(PARTS);
  });
});

describe('a revoked certificate that expired (REV-11)', () => {
  it('stays on every list until each has shown it past its expiry, and leaves no sooner for what its row says', async () => {
    const notAfter = new Date(Date.now() + later + 3_600_000);
    const cas = ['individual', 'tls'];
    const over = await Promise.all(cas.map((ca) => issue(world, { ca, notAfter })));
    const kept = await issue(world, { ca: 'tls' });
    for (const one of [...over, kept]) await revoke(world, one, { reason: 4 });
    await run();
    await asSuperuser(
      world,
      ['certificates'],
      `update certificates set not_before = '2020-01-01', not_after = '2021-01-01' where id = ${kept?.id}`,
    );
    const lists = (ca: string, one: IssuedCertificate) => (ca === 'tls' ? ['full', partOf(one)] : ['full']);
    const shown = async () => {
      const found: boolean[] = [];
      for (const one of over)
        for (const scope of lists(one.ca, one))
          found.push(said(await list(one.ca, scope)).includes(`${one.serial.toHex()} 4`));
      return found;
    };
    await run(6 * 3600);
    expect(await shown()).toEqual([true, true, true]);
    expect(world.alarms.splice(0).length).toBeGreaterThan(0);
    await run(6 * 3600);
    expect(await shown()).toEqual([false, false, false]);
    for (const scope of lists('tls', kept as IssuedCertificate))
      expect(said(await list('tls', scope))).toContain(`${kept?.serial.toHex()} 4`);
    // Who has the full list before and the delta alone learns that it left (RFC 5280 5.3.1).
    expect(said(await list('individual', 'delta'))).toContain(`${over[0]?.serial.toHex()} 8`);
  });
});

describe('the list of the root', () => {
  it('is made anew at a ceremony, with what the last one said and the next number, and openssl verifies it', async () => {
    const passphrase = readFileSync(join(world.layout.evaluationDir, 'root.passphrase'), 'utf8').trim();
    const root = await openRoot(world.layout.stateDir, Buffer.from(passphrase), world.owner);
    const before = await list('root', 'full');
    for (const next of [2, 3]) {
      const made = await publishRootCrl(world.owner, root, new Date());
      expect(made.number).toBe(next);
    }
    const after = await list('root', 'full');
    expect([before.crlNumber, after.crlNumber, said(after)]).toEqual([1n, 3n, said(before)]);
    const crl = shop.write('root.crl', encodePem('X509 CRL', after.der));
    expect(await openssl('crl', '-in', crl, '-CAfile', shop.pem('root.pem', root.ca.certificate), '-noout')).toContain(
      'verify OK',
    );
  });
});

describe('at most one list of a scope every five seconds', () => {
  it('whatever is revoked meanwhile', async () => {
    await run(10);
    const before = await number('individual');
    const certificates = await Promise.all(Array.from({ length: 12 }, () => issue(world)));
    for (const one of certificates) {
      await revoke(world, one, { reason: 4 });
      await world.signer.crls.run();
    }
    expect((await published('individual', before)).length).toBeLessThanOrEqual(2);
    await run();
    const told = said(await list('individual', 'delta'));
    for (const { serial } of certificates) expect(told).toContain(`${serial.toHex()} 4`);
  });
});
