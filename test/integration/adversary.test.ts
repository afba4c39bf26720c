import { createHash, randomUUID } from 'node:crypto';
import { generateApprovalKey } from '@see/cli';
import { storeSignature, storeStatement } from '@see/db';
import type { OrderContent } from '@see/domain';
import { STANDARD_PROFILES } from '@see/policy';
import { canonicalBytes, signDigest, statementDigest, writeStatement } from '@see/statement';
import { encodeGeneralNames, parseCrl } from '@see/x509';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { propose } from '../support/statements.ts';
import { asSuperuser } from '../support/superuser.ts';
import { bindCode, codeProof, contentOf, csrOf, keyTag, makeWorld, newKey, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.close());

async function certificates(orderId: string): Promise<number> {
  const rows = await world.owner.selectFrom('certificates').select('id').where('order_id', '=', orderId).execute();
  return rows.length;
}

async function refusal(orderId: string): Promise<string> {
  const rows = await world.owner.selectFrom('order_refusals').select('code').where('order_id', '=', orderId).execute();
  return rows.map((row) => row.code).join();
}

/** A stored, approved order whose content was changed by the attacker before the operators signed, or not at all. */
async function storedOrder(
  change: (content: OrderContent) => OrderContent,
  approvers = world.operators as readonly (typeof world.operators)[number][],
) {
  const csr = csrOf(newKey());
  const draft = await world.draft({ items: [{ profileId: 'gateway-sign', csr, dnsNames: [] }] });
  const content = change(contentOf(draft));
  await world.store(content, [csr]);
  await world.approve(content, approvers);
  return content;
}

const same = (content: OrderContent): OrderContent => content;

describe('whoever owns ra or the database obtains no certificate', () => {
  it('by an order that is set back to approved', async () => {
    const order = await world.gatewayOrder();
    await world.signer.orders.run();
    expect(await certificates(order.orderId)).toBe(1);
    await asSuperuser(world, ['orders'], `update orders set state = 'approved' where id = '${order.orderId}'`);
    await world.signer.orders.run();
    expect(await certificates(order.orderId)).toBe(1);
    expect(await refusal(order.orderId)).toBe('order-signed-already');
  });

  it('by an order whose traces were deleted', async () => {
    const order = await world.gatewayOrder();
    await world.signer.orders.run();
    await asSuperuser(
      world,
      ['orders', 'signed_orders', 'intents', 'certificates', 'certificate_bytes'],
      `delete from certificate_bytes where certificate_id in (select id from certificates where order_id = '${order.orderId}')`,
      `delete from certificates where order_id = '${order.orderId}'`,
      `delete from intents where order_digest in (select order_digest from signed_orders where order_id = '${order.orderId}')`,
      `delete from signed_orders where order_id = '${order.orderId}'`,
      `update orders set state = 'approved' where id = '${order.orderId}'`,
    );
    await world.restartSigner();
    await world.signer.orders.run();
    expect(await certificates(order.orderId)).toBe(0);
    expect(await refusal(order.orderId)).toBe('order-signed-already');
  });

  it('by the content and approvals of one order in another', async () => {
    const order = await storedOrder(same);
    const id = randomUUID();
    await asSuperuser(
      world,
      ['orders', 'approvals', 'order_keys'],
      `alter table orders drop constraint orders_digest_key`,
      `insert into orders select '${id}', kind, 'approved', agency_id, profiles, subject, names, applicant_id, sponsor_id, agent_id, quorum, draft, content, digest, warnings, state_reason, deliver_to, created_by, created_at, approve_before, use_before, updated_at from orders where id = '${order.orderId}'`,
      `insert into approvals select '${id}', order_digest, credential_id, person_id, signature, created_at from approvals where order_id = '${order.orderId}'`,
      `insert into order_keys select '${id}', item, csr, spki_sha256, created_at from order_keys where order_id = '${order.orderId}'`,
    );
    await world.signer.orders.run();
    expect(await certificates(id)).toBe(0);
    expect(await refusal(id)).toBe('order-tampered');
    await asSuperuser(
      world,
      ['orders'],
      `delete from orders where id = '${id}' and false`,
      `update orders set content = null, digest = null, state = 'refused' where id = '${id}'`,
      'alter table orders add constraint orders_digest_key unique (digest)',
    );
  });

  it('by approvals that lapsed', async () => {
    const order = await storedOrder(same);
    await world.restartSigner({ now: () => Date.now() + 8 * 86_400_000 });
    await world.signer.orders.run();
    expect(await certificates(order.orderId)).toBe(0);
    expect(await refusal(order.orderId)).toBe('approval-lapsed');
    // The clock that was far ahead is sealed; a signer in the present refuses to go back.
    await world.restartSigner();
    expect(() => world.signer.clock.now()).toThrow(expect.objectContaining({ code: 'clock-went-back' }));
    await world.close();
    world = await makeWorld();
  });

  it.each<[string, (content: OrderContent) => OrderContent, string]>([
    ['an order of another instance', (content) => ({ ...content, instance: randomUUID() }), 'other-instance'],
    ['a quorum of one where two are needed', (content) => ({ ...content, quorum: 1 }), 'quorum-too-small'],
    [
      'a domain that the agency does not have',
      (content) => ({
        ...content,
        items: content.items.map((item) => ({
          ...item,
          subjectAltName: encodeGeneralNames([
            { kind: 'rfc822Name', value: 'domain-signing-authority@dpmc.govt.nz' },
          ]).toBase64(),
        })),
      }),
      'domain-not-in-scope',
    ],
    [
      'a profile that nobody activated',
      (content) => ({
        ...content,
        items: content.items.map((item) => ({
          ...item,
          profileDigest: statementDigest('profile', canonicalBytes({ ...STANDARD_PROFILES[0], quorum: 1 })).toHex(),
        })),
      }),
      'profile-not-active',
    ],
    ['a scope that is not in force', (content) => ({ ...content, scope: '0'.repeat(96) }), 'scope-changed'],
    [
      'a sponsor whom nobody delegated',
      (content) => ({ ...content, sponsor: 'ZZZZZZZZZZZZZZZZ' }),
      'sponsor-not-delegated',
    ],
    [
      'policies of another type',
      (content) => ({ ...content, items: content.items.map((item) => ({ ...item, policyOids: ['1.2.3'] })) }),
      'wrong-policies',
    ],
    [
      "a CA that is not the profile's",
      (content) => ({ ...content, items: content.items.map((item) => ({ ...item, ca: 'operations' as const })) }),
      'wrong-issuer',
    ],
  ])('by %s, though operators signed it', async (_name, change, code) => {
    const order = await storedOrder(change);
    await world.signer.orders.run();
    expect(await certificates(order.orderId)).toBe(0);
    expect(await refusal(order.orderId)).toBe(code);
  });

  it('by a quorum of zero', async () => {
    await expect(storedOrder((content) => ({ ...content, quorum: 0 }))).rejects.toThrow(/quorum/);
  });

  it('by a scope or profile that was widened in the tables', async () => {
    await asSuperuser(
      world,
      ['agencies', 'profiles'],
      `update agencies set domains = '{dpmc.govt.nz,treasury.govt.nz}', scope = jsonb_set(scope, '{domains}', '["dpmc.govt.nz","treasury.govt.nz"]') where id = 'treasury'`,
      `update profiles set content = jsonb_set(content, '{quorum}', '1')`,
    );
    const names = encodeGeneralNames([
      { kind: 'rfc822Name', value: 'domain-signing-authority@dpmc.govt.nz' },
    ]).toBase64();
    const order = await storedOrder((content) => ({
      ...content,
      items: content.items.map((item) => ({ ...item, subjectAltName: names })),
    }));
    const one = await storedOrder(same, [world.operators[0]]);
    await world.restartSigner();
    await world.signer.orders.run();
    expect([await refusal(order.orderId), await refusal(one.orderId)]).toEqual([
      'domain-not-in-scope',
      'not-enough-approvals',
    ]);
  });

  it('by one person with two credentials, nor by a credential that was only written into the table', async () => {
    const second = generateApprovalKey('second');
    const forged = generateApprovalKey('forged');
    const person = world.signer.chain.authority.credentials.get(world.operators[0].credentialId)?.personId ?? '';
    expect(
      await propose(
        world,
        'credential-register',
        { personId: person, publicKey: { ...second.publicKey }, label: 'second' },
        world.administrators,
      ),
    ).toBe(1);
    const order = await storedOrder(same, [world.operators[0]]);
    await asSuperuser(
      world,
      ['credentials', 'orders'],
      `insert into credentials values ('${forged.credentialId}', 'YYYYYYYYYYYYYYYY', '${JSON.stringify(forged.publicKey)}', '\\x00', null)`,
      `update orders set state = 'pending' where id = '${order.orderId}'`,
    );
    await asSuperuser(
      world,
      ['approvals'],
      ...[second, forged].map((key) => {
        const digest = statementDigest('order', canonicalBytes(order));
        const signature = JSON.stringify(signDigest(digest, key.credentialId, key.privateKey));
        return `insert into approvals values ('${order.orderId}', '\\x${digest.toHex()}', '${key.credentialId}', '${key.label}', '${signature}')`;
      }),
    );
    await asSuperuser(world, ['orders'], `update orders set state = 'approved' where id = '${order.orderId}'`);
    await world.signer.orders.run();
    expect(await certificates(order.orderId)).toBe(0);
    expect(await refusal(order.orderId)).toBe('not-enough-approvals');
  });

  it('by reviving a removed operator, in the rows or by rolling the chain back', async () => {
    const third = generateApprovalKey('third');
    const person = 'VVVVVVVVVVVVVVVV';
    expect(
      await propose(
        world,
        'credential-register',
        { personId: person, publicKey: { ...third.publicKey }, label: 'third' },
        world.administrators,
      ),
    ).toBe(1);
    expect(await propose(world, 'role-grant', { personId: person, role: 'operator' }, world.administrators)).toBe(1);
    expect(await propose(world, 'credential-remove', { credentialId: third.credentialId }, world.administrators)).toBe(
      1,
    );
    await asSuperuser(
      world,
      ['credentials'],
      `update credentials set removed_at = null where credential_id = '${third.credentialId}'`,
    );
    const order = await storedOrder(same, [world.operators[0], third]);
    await world.signer.orders.run();
    expect(await refusal(order.orderId)).toBe('not-enough-approvals');
    const head = world.signer.chain.authority.headSeq;
    const again = await storedOrder(same, [world.operators[0], third]);
    await asSuperuser(
      world,
      ['authority_chain', 'statements', 'statement_signatures'],
      'create table kept as select * from authority_chain',
      `delete from authority_chain where seq = ${head}`,
    );
    await world.restartSigner();
    await expect(world.signer.orders.run()).rejects.toThrow(expect.objectContaining({ code: 'authority-rolled-back' }));
    expect(await certificates(again.orderId)).toBe(0);
    await asSuperuser(
      world,
      ['authority_chain'],
      `insert into authority_chain select * from kept where seq = ${head}`,
      'drop table kept',
    );
    await world.restartSigner();
    await world.signer.orders.run();
    expect(await refusal(again.orderId)).toBe('not-enough-approvals');
  });

  it('by statements that one administrator signed, or nobody, or the wrong role', async () => {
    const key = generateApprovalKey('x');
    const subject = { personId: 'XXXXXXXXXXXXXXXX', publicKey: { ...key.publicKey }, label: 'x' };
    expect(await propose(world, 'credential-register', subject, [world.administrators[0]])).toBe(0);
    expect(await propose(world, 'credential-register', subject, [])).toBe(0);
    expect(await propose(world, 'credential-register', subject, world.operators)).toBe(0);
    expect(
      await propose(world, 'role-grant', { personId: 'XXXXXXXXXXXXXXXX', role: 'operator' }, [
        world.administrators[0],
        world.administrators[0],
      ]),
    ).toBe(0);
    expect(
      await propose(
        world,
        'profile-activate',
        { content: { ...STANDARD_PROFILES[0], quorum: 1, version: 2 } },
        world.administrators,
      ),
    ).toBe(0);
  });

  it('by another key in the rows of an approved order', async () => {
    const order = await storedOrder(same);
    const other = newKey();
    const csr = csrOf(other);
    await asSuperuser(
      world,
      ['order_keys'],
      `update order_keys set csr = '\\x${csr.toHex()}' where order_id = '${order.orderId}'`,
    );
    await world.signer.orders.run();
    expect(await certificates(order.orderId)).toBe(0);
    expect(await refusal(order.orderId)).toBe('key-not-approved');
  });

  it('by one key in orders of two agencies that the signer takes together', async () => {
    const csr = csrOf(newKey());
    const people = await world.people();
    const idOf = (email: string): string => people.find((person) => person.email === email)?.id ?? '';
    const requests = [
      {},
      { agencyId: 'dpmc', applicant: idOf('alan.hunt@dpmc.govt.nz'), sponsor: idOf('david.reid@dpmc.govt.nz') },
    ];
    const orders: OrderContent[] = [];
    for (const request of requests) {
      const draft = await world.draft({ ...request, items: [{ profileId: 'gateway-sign', csr, dnsNames: [] }] });
      const content = contentOf(draft);
      await world.store(content, [csr]);
      orders.push(content);
    }
    for (const content of orders) await world.approve(content, world.operators);
    await world.signer.orders.run();
    const issued = await Promise.all(orders.map((order) => certificates(order.orderId)));
    expect(issued.toSorted()).toEqual([0, 1]);
    const refused = await Promise.all(orders.map((order) => refusal(order.orderId)));
    expect(refused.toSorted()).toEqual(['', 'key-of-another']);
  });

  it("by its own key in a person's order, with or without its own secret", async () => {
    const people = await world.people();
    const person = people.find((candidate) => candidate.email === 'grace.liu@treasury.govt.nz');
    if (!person) throw new Error('no person');
    const draft = await world.draft({
      kind: 'person',
      typeId: 'business-card-software',
      person: {
        id: person.id,
        givenName: person.given,
        surname: person.surname,
        displayName: 'Grace Liu',
        email: person.email,
      },
      items: [{ profileId: 'user-auth', csr: null, dnsNames: [] }],
    });
    await world.store(contentOf(draft, '0'.repeat(96)), []);
    const { content } = await bindCode(world, draft);
    await world.approve(content, [world.operators[0]]);
    await world.signer.orders.run();
    const key = newKey();
    const guess = new Uint8Array(32);
    const attempt = () =>
      world.ra
        .insertInto('redemption_attempts')
        .values({
          order_id: content.orderId,
          kind: 'redeem',
          proof: null,
          csrs: [csrOf(key)],
          tags: [keyTag(guess, content.orderId, key.spki)],
        })
        .execute();
    for (let tries = 0; tries < 6; tries += 1) await attempt();
    await world.signer.redemptions.run();
    const results = await world.owner
      .selectFrom('redemption_results')
      .select('outcome')
      .where('order_id', '=', content.orderId)
      .orderBy('attempt_id')
      .execute();
    expect(results.map((row) => row.outcome)).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'locked', 'locked']);
    expect(await certificates(content.orderId)).toBe(0);
    expect(codeProof(guess, content.orderId)).toHaveLength(48);
  });

  it("by a secret of its own that it binds to a person's order before the approval", async () => {
    const people = await world.people();
    const person = people.find((candidate) => candidate.email === 'grace.liu@treasury.govt.nz');
    if (!person) throw new Error('no person');
    const draft = await world.draft({
      kind: 'person',
      typeId: 'business-card-software',
      person: {
        id: person.id,
        givenName: person.given,
        surname: person.surname,
        displayName: 'Grace Liu',
        email: person.email,
      },
      items: [{ profileId: 'user-auth', csr: null, dnsNames: [] }],
    });
    await world.store(contentOf(draft, '0'.repeat(96)), []);
    const forged = generateApprovalKey('forged worker');
    const { content, key } = await bindCode(world, draft, forged);
    await world.approve(content, [world.operators[0]]);
    await world.signer.orders.run();
    const own = newKey();
    await world.ra
      .insertInto('redemption_attempts')
      .values({
        order_id: content.orderId,
        kind: 'redeem',
        proof: null,
        csrs: [csrOf(own)],
        tags: [keyTag(key, content.orderId, own.spki)],
      })
      .execute();
    await world.signer.redemptions.run();
    const results = await world.owner
      .selectFrom('redemption_results')
      .select('outcome')
      .where('order_id', '=', content.orderId)
      .execute();
    expect(results).toEqual([{ outcome: 'not-redeemable' }]);
    expect(await certificates(content.orderId)).toBe(0);
  });

  it('by a responder key that va did not ask for', async () => {
    const key = newKey();
    const forged = generateApprovalKey('forged va');
    const spki = createHash('sha256').update(key.spki).digest();
    const digest = statementDigest(
      'ocsp-key',
      canonicalBytes({ v: 1, instance: world.instance.instance, ca: 'gateway', spki: spki.toString('hex') }),
    );
    await asSuperuser(
      world,
      ['service_keys'],
      `insert into service_keys values ('${forged.credentialId}', 'va', '${JSON.stringify(forged.publicKey)}', '\\x00', null)`,
    );
    await world.owner
      .insertInto('ocsp_key_requests')
      .values({
        ca: 'gateway',
        csr: csrOf(key),
        spki_sha256: new Uint8Array(spki),
        key_id: forged.credentialId,
        signature: signDigest(digest, forged.credentialId, forged.privateKey).jws,
      })
      .execute();
    await world.signer.ocspKeys.run();
    const rows = await world.owner.selectFrom('ocsp_key_refusals').select('code').execute();
    expect(rows).toEqual([{ code: 'service-key-unknown' }]);
    expect(
      await world.owner.selectFrom('certificates').select('id').where('profile_id', '=', 'ocsp-responder').execute(),
    ).toEqual([]);
  });
});

describe('whoever owns ra or the database turns no revoked certificate good', () => {
  it('by a forged release, by deleting rows, nor by an older CRL number', async () => {
    const order = await tlsOrder();
    const certificate = await world.owner
      .selectFrom('certificates')
      .selectAll()
      .where('order_id', '=', order.orderId)
      .executeTakeFirstOrThrow();
    await world.ra
      .insertInto('revocations')
      .values({
        certificate_id: certificate.id,
        ca: certificate.ca,
        serial: certificate.serial,
        kind: 'revoke',
        reason: 1,
        requested_by: 'test',
      })
      .execute();
    await world.signer.crls.run();
    expect(await entries('tls')).toEqual([certificate.serial.toHex()]);
    const release = writeStatement({
      v: 1,
      instance: world.instance.instance,
      kind: 'hold-release',
      subject: { ca: 'tls', serial: certificate.serial.toHex(), holdId: 1 },
      notBefore: 0,
      notAfter: 4_000_000_000,
      nonce: 'forgedforgedforged',
    });
    await asSuperuser(
      world,
      ['revocations', 'statements'],
      `insert into statements (digest, kind, bytes) values ('\\x${release.digest.toHex()}', 'hold-release', '\\x${release.bytes.toHex()}')`,
      `insert into revocations (certificate_id, ca, serial, kind, reason, statement_digest, requested_by) values (${certificate.id}, 'tls', '\\x${certificate.serial.toHex()}', 'release', 0, '\\x${release.digest.toHex()}', 'x')`,
    );
    await world.restartSigner();
    await publish('tls');
    expect(await entries('tls')).toEqual([certificate.serial.toHex()]);
    await asSuperuser(world, ['revocations', 'crls'], 'delete from revocations', `delete from crls where ca = 'tls'`);
    await publish('tls');
    expect(await entries('tls')).toEqual([certificate.serial.toHex()]);
    expect(world.alarms.join()).toContain('vanished');
    const numbers = await world.owner.selectFrom('crls').select('number').where('ca', '=', 'tls').execute();
    expect(numbers).toEqual([{ number: 3 }]);
  });

  it('by deleting a revocation and writing that its certificate expired', async () => {
    const revoked = await certificateOf((await tlsOrder()).orderId);
    await record(revoked, 'revoke', 4);
    await publish('tls');
    expect(await entries('tls')).toContain(revoked.serial.toHex());
    const longAgo = `set not_before = '2020-01-01', not_after = '2021-01-01' where id = ${revoked.id}`;
    await asSuperuser(
      world,
      ['revocations', 'certificates'],
      `delete from revocations where certificate_id = ${revoked.id}`,
      `update certificates ${longAgo}`,
    );
    await world.restartSigner();
    await publish('tls');
    expect(await entries('tls')).toContain(revoked.serial.toHex());
  });

  it('by deleting a hold, so that the release of an earlier one comes last', async () => {
    const certificate = await certificateOf((await tlsOrder()).orderId);
    const back = (id: number, hours: number) =>
      asSuperuser(
        world,
        ['revocations'],
        `update revocations set revoked_at = date_trunc('second', now()) - interval '${hours} hours' where id = ${id}`,
      );
    const first = await record(certificate, 'hold', 6);
    await back(first.id, 3);
    await publish('tls');
    expect(await entries('tls')).toContain(certificate.serial.toHex());
    const released = Math.floor(Date.now() / 1000) - 2 * 3600;
    const release = writeStatement({
      v: 1,
      instance: world.instance.instance,
      kind: 'hold-release',
      subject: { ca: 'tls', serial: certificate.serial.toHex(), holdId: first.id },
      notBefore: released,
      notAfter: released + 900,
      nonce: randomUUID(),
    });
    await storeStatement(world.ra, release);
    const [operator] = world.operators;
    const signature = signDigest(release.digest, operator.credentialId, operator.privateKey);
    await storeSignature(world.ra, release.digest, { credentialId: operator.credentialId, signature });
    await back((await record(certificate, 'release', 0, release.digest)).id, 2);
    await publish('tls');
    expect(await entries('tls')).not.toContain(certificate.serial.toHex());
    const second = await record(certificate, 'hold', 6);
    await publish('tls');
    expect(await entries('tls')).toContain(certificate.serial.toHex());
    await asSuperuser(world, ['revocations'], `delete from revocations where id = ${second.id}`);
    await publish('tls');
    expect(await entries('tls')).toContain(certificate.serial.toHex());
  });

  it('by naming its own release in the revocation of another certificate first', async () => {
    const held = await certificateOf((await tlsOrder()).orderId);
    const other = await certificateOf((await tlsOrder()).orderId);
    const hold = await record(held, 'hold', 6);
    await publish('tls');
    expect(await entries('tls')).toContain(held.serial.toHex());
    const now = Math.floor(Date.now() / 1000);
    const release = writeStatement({
      v: 1,
      instance: world.instance.instance,
      kind: 'hold-release',
      subject: { ca: 'tls', serial: held.serial.toHex(), holdId: hold.id },
      notBefore: now,
      notAfter: now + 999,
      nonce: 'forgedforgedforged',
    });
    await storeStatement(world.ra, release);
    await record(other, 'revoke', 4, release.digest);
    await publish('tls');
    await record(held, 'release', 0, release.digest);
    await publish('tls');
    expect(await entries('tls')).toContain(held.serial.toHex());
  });
});

function certificateOf(orderId: string) {
  return world.owner.selectFrom('certificates').selectAll().where('order_id', '=', orderId).executeTakeFirstOrThrow();
}

/** An event as ra's login can write it. */
function record(
  certificate: Awaited<ReturnType<typeof certificateOf>>,
  kind: 'hold' | 'release' | 'revoke',
  reason: number,
  statement?: Uint8Array,
) {
  return world.ra
    .insertInto('revocations')
    .values({
      certificate_id: certificate.id,
      ca: certificate.ca,
      serial: certificate.serial,
      kind,
      reason,
      requested_by: 'test',
      statement_digest: statement ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
}

async function tlsOrder(): Promise<OrderContent> {
  const csr = csrOf(newKey());
  const content = contentOf(
    await world.draft({
      typeId: 'device',
      items: [{ profileId: 'tls-server', csr, dnsNames: ['www.treasury.govt.nz'] }],
    }),
  );
  await world.store(content, [csr]);
  await world.approve(content, world.operators);
  await world.signer.orders.run();
  return content;
}

async function publish(id: string): Promise<void> {
  const ca = world.signer.cas.get(id);
  if (!ca) throw new Error('no CA');
  await world.signer.crls.publish(ca);
}

async function entries(ca: string): Promise<string[]> {
  const row = await world.owner
    .selectFrom('crls')
    .select('der')
    .where('ca', '=', ca)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  return Array.from(parseCrl(row.der).entries, (entry) => entry.serialHex);
}
