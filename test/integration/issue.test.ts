import { writeOrderContent } from '@see/domain';
import { parseCertificate } from '@see/x509';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bindCode, codeProof, csrOf, keyTag, makeWorld, newKey, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.close());

async function certificatesOf(orderId: string) {
  const rows = await world.owner
    .selectFrom('certificates as c')
    .innerJoin('certificate_bytes as b', 'b.certificate_id', 'c.id')
    .select(['c.id', 'c.profile_id', 'c.serial', 'b.der'])
    .where('c.order_id', '=', orderId)
    .orderBy('c.id')
    .execute();
  return rows.map((row) => ({ ...row, certificate: parseCertificate(row.der) }));
}

async function stateOf(orderId: string): Promise<{ state: string; reason: string | null }> {
  const row = await world.owner
    .selectFrom('orders')
    .select(['state', 'state_reason'])
    .where('id', '=', orderId)
    .executeTakeFirstOrThrow();
  return { state: row.state, reason: row.state_reason };
}

describe('issuing', () => {
  it('makes a gateway certificate from an approved order, with names from the registry', async () => {
    const key = newKey();
    const order = await world.gatewayOrder(key);
    await world.signer.orders.run();
    expect(await stateOf(order.orderId)).toEqual({ state: 'issued', reason: null });
    const [issued] = await certificatesOf(order.orderId);
    expect(issued?.certificate.spki).toEqual(key.spki);
    expect(issued?.certificate.subject.flat().map((attribute) => attribute.value)).toEqual([
      'NZ',
      'The Treasury',
      'GOVNZ',
      'domain-signing-authority',
    ]);
  });

  it('gives a person three certificates for one code', async () => {
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
      items: ['user-auth', 'user-sign', 'user-encrypt'].map((profileId) => ({ profileId, csr: null, dnsNames: [] })),
    });
    await world.store({ ...draft, commitment: '0'.repeat(96) }, []);
    const { content, key } = await bindCode(world, draft);
    await world.approve(content, [world.operators[0]]);
    await world.signer.orders.run();
    expect(await stateOf(content.orderId)).toEqual({ state: 'redeemable', reason: null });
    const attempt = (values: {
      kind: 'check' | 'redeem';
      proof?: Uint8Array;
      csrs?: Uint8Array[];
      tags?: Uint8Array[];
    }) =>
      world.ra
        .insertInto('redemption_attempts')
        .values({ order_id: content.orderId, proof: null, csrs: null, tags: null, ...values })
        .returning('id')
        .executeTakeFirstOrThrow();
    const wrong = await attempt({ kind: 'check', proof: codeProof(new Uint8Array(32), content.orderId) });
    const right = await attempt({ kind: 'check', proof: codeProof(key, content.orderId) });
    const keys = [newKey(), newKey(), newKey()];
    const redeem = await attempt({
      kind: 'redeem',
      csrs: keys.map(csrOf),
      tags: keys.map((one) => keyTag(key, content.orderId, one.spki)),
    });
    await world.signer.redemptions.run();
    const results = await world.owner
      .selectFrom('redemption_results')
      .select(['attempt_id', 'outcome', 'tries_left'])
      .orderBy('attempt_id')
      .execute();
    expect(results).toEqual([
      { attempt_id: wrong.id, outcome: 'wrong', tries_left: 4 },
      { attempt_id: right.id, outcome: 'right', tries_left: 4 },
      { attempt_id: redeem.id, outcome: 'right', tries_left: 4 },
    ]);
    const issued = await certificatesOf(content.orderId);
    expect(issued.map((one) => one.profile_id)).toEqual(['user-auth', 'user-sign', 'user-encrypt']);
    expect(issued.map((one) => one.certificate.spki.toHex())).toEqual(keys.map((one) => one.spki.toHex()));
    expect(writeOrderContent(content).digest).toHaveLength(48);
  });
});
