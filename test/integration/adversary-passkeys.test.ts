import { randomBytes, randomUUID } from 'node:crypto';
import { withTransaction } from '@see/db';
import { insertSignInLink, insertSignInPasskey } from '@see/db/ra';
import { type OrderContent, relyingParty, type SignedBy, writeOrderContent } from '@see/domain';
import { signDigest, statementDigest } from '@see/statement';
import {
  type AssertionChange,
  assertionOf,
  BOUND,
  type SamplePasskey,
  SYNCED,
  samplePasskey,
} from '@see/statement/sample-passkey';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readApprovedOrder } from '../../services/worker/src/order-checks.ts';
import { propose } from '../support/statements.ts';
import { asSuperuser } from '../support/superuser.ts';
import { bindCode, contentOf, csrOf, makeWorld, newKey, type World } from '../support/world.ts';

let world: World;
/** Passkeys of the first and second operator. */
const first = samplePasskey('P-256');
const second = samplePasskey('P-384');
const party = () => relyingParty(world.signer.chain.authority);

beforeAll(async () => {
  world = await makeWorld();
  for (const [index, key] of [first, second].entries()) {
    const operator = world.operators[index]?.credentialId ?? '';
    const personId = world.signer.chain.authority.credentials.get(operator)?.personId ?? '';
    const { publicKey, passkey } = key;
    const subject = { personId, publicKey, label: 'passkey', passkey };
    expect(await propose(world, 'credential-register', subject, world.administrators)).toBe(1);
  }
});
afterAll(() => world?.close());

async function outcome(orderId: string): Promise<string> {
  await world.signer.orders.run();
  const issued = await world.owner.selectFrom('certificates').select('id').where('order_id', '=', orderId).execute();
  const refused = await world.owner
    .selectFrom('order_refusals')
    .select('code')
    .where('order_id', '=', orderId)
    .execute();
  return [`${issued.length} certificates`, ...refused.map(({ code }) => code)].join(', ');
}

/** A stored order of a gateway, which needs two approvals. */
async function storedOrder(change: Partial<OrderContent> = {}, key = newKey()): Promise<OrderContent> {
  const csr = csrOf(key);
  const draft = await world.draft({ items: [{ profileId: 'gateway-sign', csr, dnsNames: [] }] });
  const content = { ...contentOf(draft), ...change };
  await world.store(content, [csr]);
  return content;
}

/** What the owner of ra and of the database does with approvals: writes them down, whatever they are. */
async function approve(content: OrderContent, approvals: readonly SignedBy[]): Promise<void> {
  for (const { credentialId, signature } of approvals) {
    await world.ra
      .insertInto('approvals')
      .values({
        order_id: content.orderId,
        order_digest: digestOf(content),
        credential_id: credentialId,
        person_id: '-',
        signature: JSON.stringify(signature),
      })
      .execute();
  }
  await world.ra.updateTable('orders').set({ state: 'approved' }).where('id', '=', content.orderId).execute();
}

/** A passkey by which the first operator signs in to the console, registered as ra does it. */
async function signInPasskey(): Promise<SamplePasskey> {
  const key = samplePasskey();
  const personId = world.signer.chain.authority.credentials.get(world.operators[0].credentialId)?.personId ?? '';
  const { x, y } = key.publicKey;
  const coordinates = [x, y].map((part) => Buffer.from(part ?? '', 'base64url').toString('hex'));
  const [id, linkId, createdAt] = [randomUUID(), randomUUID(), new Date()];
  await withTransaction(world.ra, async (tx) => {
    const expiresAt = new Date(createdAt.getTime() + 3_600_000);
    const secretSha256 = new Uint8Array(randomBytes(32));
    await insertSignInLink(tx, { id: linkId, secretSha256, personId, madeBy: personId, createdAt, expiresAt });
    await insertSignInPasskey(tx, {
      id,
      linkId,
      personId,
      credentialId: key.passkey,
      publicKey: Buffer.from(`a5010203262001215820${coordinates.join('225820')}`, 'hex'),
      algorithm: -7,
      label: 'sign-in',
      synced: false,
      signCount: 0,
      createdAt,
    });
  });
  return key;
}

const digestOf = (content: OrderContent): Uint8Array => writeOrderContent(content).digest;
let touches = 0;
const touch = (key: SamplePasskey, digest: Uint8Array, change: AssertionChange = {}): SignedBy => {
  touches += 1;
  return {
    credentialId: key.credentialId,
    signature: assertionOf(key, digest, party(), { signCount: touches, ...change }),
  };
};
const byFile = (content: OrderContent, index: 0 | 1): SignedBy => {
  const { credentialId, privateKey } = world.operators[index];
  return { credentialId, signature: signDigest(digestOf(content), credentialId, privateKey) };
};

describe('operators with passkeys obtain a certificate', () => {
  it.each<[string, (content: OrderContent) => SignedBy[]]>([
    ['by two that stay on their devices', (c) => [touch(first, digestOf(c)), touch(second, digestOf(c))]],
    [
      'by a copied one and one that stays on its device',
      (c) => [touch(first, digestOf(c), { flags: SYNCED }), touch(second, digestOf(c), { flags: BOUND })],
    ],
    ['by a copied one and a key file', (c) => [touch(first, digestOf(c), { flags: SYNCED }), byFile(c, 1)]],
  ])('%s', async (_name, approvals) => {
    const order = await storedOrder();
    await approve(order, approvals(order));
    expect(await outcome(order.orderId)).toBe('1 certificates');
  });
});

describe("a person's order", () => {
  it('needs one approval, which may be by a copied passkey; signer and worker both believe it', async () => {
    const person = (await world.people()).find(({ email }) => email === 'grace.liu@treasury.govt.nz');
    if (!person) throw new Error('no person');
    const { id, given: givenName, surname, email } = person;
    const draft = await world.draft({
      kind: 'person',
      typeId: 'business-card-software',
      person: { id, givenName, surname, displayName: 'Grace Liu', email },
      items: [{ profileId: 'user-auth', csr: null, dnsNames: [] }],
    });
    await world.store(contentOf(draft, '0'.repeat(96)), []);
    const { content } = await bindCode(world, draft);
    expect(content.quorum).toBe(1);
    const { bytes, digest } = writeOrderContent(content);
    const approvals = [touch(first, digest, { flags: SYNCED })];
    await approve(content, approvals);
    expect(await outcome(content.orderId)).toBe('0 certificates');
    const rows = await world.owner.selectFrom('orders').select('state').where('id', '=', content.orderId).execute();
    expect(rows).toEqual([{ state: 'redeemable' }]);

    const { authority } = world.signer.chain;
    const stored = { id: content.orderId, content: bytes, digest };
    const believed = await readApprovedOrder({ ...stored, approvals }, authority.instance, authority);
    expect(believed.deliverTo).toBe(email);
    const forged = [touch(first, digest, { rpId: 'portal.localhost' })];
    await expect(readApprovedOrder({ ...stored, approvals: forged }, authority.instance, authority)).rejects.toThrow(
      expect.objectContaining({ code: 'not-enough-approvals' }),
    );
  });
});

describe('whoever owns the portal and the database obtains no certificate', () => {
  it.each<[string, (digest: Uint8Array) => SignedBy]>([
    [
      "by an assertion from the portal's origin",
      (digest) => touch(first, digest, { clientData: { origin: world.instance.urls.portal } }),
    ],
    [
      'by an assertion from a frame on the portal',
      (digest) => touch(first, digest, { clientData: { crossOrigin: true, topOrigin: world.instance.urls.portal } }),
    ],
    ['by an assertion for another RP ID', (digest) => touch(first, digest, { rpId: 'portal.localhost' })],
    ['by a touch without verification of the user', (digest) => touch(first, digest, { flags: 0x01 })],
    ['by an assertion without a touch', (digest) => touch(first, digest, { flags: 0x04 })],
    ['by a touch for a random challenge, as at a sign-in', () => touch(first, randomBytes(32))],
    ['by a touch for 48 random octets', () => touch(first, randomBytes(48))],
    ['by a registration', (digest) => touch(first, digest, { clientData: { type: 'webauthn.create' } })],
    [
      'by a passkey of its own in the name of this one',
      (digest) => ({ ...touch(samplePasskey(), digest), credentialId: first.credentialId }),
    ],
    [
      "by another operator's assertion in the name of this one",
      (digest) => ({ ...touch(second, digest), credentialId: first.credentialId }),
    ],
    [
      'by an assertion in the name of a key file',
      (digest) => ({ ...touch(first, digest), credentialId: world.operators[0].credentialId }),
    ],
    [
      'by an assertion that the key of a key file made',
      (digest) => {
        const { credentialId, privateKey, publicKey } = world.operators[0];
        return touch({ ...first, credentialId, privateKey, publicKey: { ...publicKey } }, digest);
      },
    ],
    [
      'by a JWS with the P-256 key of a passkey',
      (digest) => ({
        credentialId: first.credentialId,
        signature: signDigest(digest, first.credentialId, first.privateKey),
      }),
    ],
    ['by an empty assertion', () => ({ credentialId: first.credentialId, signature: { form: 'webauthn' } })],
  ])('%s', async (_name, forged) => {
    const order = await storedOrder();
    await approve(order, [byFile(order, 1), forged(digestOf(order))]);
    expect(await outcome(order.orderId)).toBe('0 certificates, not-enough-approvals');
  });

  it.each([
    ["on the portal's origin", () => ({ clientData: { origin: world.instance.urls.portal } })],
    ["on the desk's origin", () => ({})],
  ] as const)('by a touch of a registered passkey for signing in, %s', async (_name, change) => {
    const signIn = await signInPasskey();
    const order = await storedOrder();
    const forged = touch(signIn, digestOf(order), change());
    await expect(approve(order, [forged])).rejects.toThrow('person_id');
    await asSuperuser(
      world,
      ['credentials'],
      `insert into credentials (credential_id, person_id, public_key, statement_digest) values ('${signIn.credentialId}', 'ZZZZZZZZZZZZZZZZ', '${JSON.stringify(signIn.publicKey)}', '\\x00')`,
    );
    await approve(order, [byFile(order, 1), forged]);
    expect(await outcome(order.orderId)).toBe('0 certificates, not-enough-approvals');
    const another = await storedOrder();
    const named = { ...touch(signIn, digestOf(another), change()), credentialId: first.credentialId };
    await approve(another, [byFile(another, 1), named]);
    expect(await outcome(another.orderId)).toBe('0 certificates, not-enough-approvals');
  });

  it('by a JWS with the P-384 key of a passkey', async () => {
    const order = await storedOrder();
    const signature = signDigest(digestOf(order), second.credentialId, second.privateKey);
    await approve(order, [byFile(order, 0), { credentialId: second.credentialId, signature }]);
    expect(await outcome(order.orderId)).toBe('0 certificates, not-enough-approvals');
  });

  it('by replaying assertions on another order', async () => {
    const order = await storedOrder();
    const other = await storedOrder();
    await approve(other, [touch(first, digestOf(order)), touch(second, digestOf(order))]);
    expect(await outcome(other.orderId)).toBe('0 certificates, not-enough-approvals');
  });

  it('by replaying assertions on the same content in a new order', async () => {
    const key = newKey();
    const order = await storedOrder({}, key);
    const again = { ...order, orderId: randomUUID() };
    await world.store(again, [csrOf(key)]);
    await approve(again, [touch(first, digestOf(order)), touch(second, digestOf(order))]);
    expect(await outcome(again.orderId)).toBe('0 certificates, not-enough-approvals');
  });

  it('by the same octets signed as another kind of statement', async () => {
    const order = await storedOrder();
    const digest = statementDigest('batch', writeOrderContent(order).bytes);
    await approve(order, [touch(first, digest), touch(second, digest)]);
    expect(await outcome(order.orderId)).toBe('0 certificates, not-enough-approvals');
  });

  it('by two copied passkeys on a dual order', async () => {
    const order = await storedOrder();
    const copied = { flags: SYNCED };
    await approve(order, [touch(first, digestOf(order), copied), touch(second, digestOf(order), copied)]);
    expect(await outcome(order.orderId)).toBe('0 certificates, no-device-bound-approval');
  });

  it('by a copied passkey whose flags were changed afterwards', async () => {
    const order = await storedOrder();
    const copied = touch(second, digestOf(order), { flags: SYNCED });
    const signature = copied.signature as { authenticatorData: string };
    const octets = Buffer.from(signature.authenticatorData, 'base64url');
    octets[32] = BOUND;
    const forged = { ...copied, signature: { ...signature, authenticatorData: octets.toString('base64url') } };
    await approve(order, [touch(first, digestOf(order), { flags: SYNCED }), forged]);
    expect(await outcome(order.orderId)).toBe('0 certificates, not-enough-approvals');
  });

  it('by one operator with a passkey and a key file', async () => {
    const order = await storedOrder();
    await approve(order, [byFile(order, 0)]);
    await asSuperuser(
      world,
      ['approvals'],
      `insert into approvals values ('${order.orderId}', '\\x${digestOf(order).toHex()}', '${first.credentialId}', 'another', '${JSON.stringify(touch(first, digestOf(order)).signature)}')`,
    );
    expect(await outcome(order.orderId)).toBe('0 certificates, not-enough-approvals');
  });

  it('by a passkey that was only written into the table', async () => {
    const forged = samplePasskey();
    const order = await storedOrder();
    await asSuperuser(
      world,
      ['credentials'],
      `insert into credentials (credential_id, person_id, public_key, statement_digest) values ('${forged.credentialId}', 'YYYYYYYYYYYYYYYY', '${JSON.stringify(forged.publicKey)}', '\\x00')`,
    );
    await approve(order, [byFile(order, 0), touch(forged, digestOf(order))]);
    expect(await outcome(order.orderId)).toBe('0 certificates, not-enough-approvals');
  });

  it('by a passkey that was removed', async () => {
    const { credentialId } = first;
    const order = await storedOrder();
    const approval = touch(first, digestOf(order));
    expect(await propose(world, 'credential-remove', { credentialId }, world.administrators)).toBe(1);
    await asSuperuser(
      world,
      ['credentials'],
      `update credentials set removed_at = null where credential_id = '${credentialId}'`,
    );
    await approve(order, [byFile(order, 1), approval]);
    expect(await outcome(order.orderId)).toBe('0 certificates, not-enough-approvals');
  });
});

describe('the counter of a passkey', () => {
  const alarms = async (): Promise<number> => {
    const rows = await world.owner
      .selectFrom('audit_events')
      .select('object_id')
      .where('kind', '=', 'signing.passkey-counter')
      .execute();
    expect(rows.filter((row) => row.object_id !== second.credentialId)).toEqual([]);
    const told = world.alarms.filter((message) => message.includes('counter of a passkey'));
    expect(told).toHaveLength(rows.length);
    return rows.length;
  };
  const use = async (signCount: number): Promise<OrderContent> => {
    const order = await storedOrder();
    await approve(order, [byFile(order, 0), touch(second, digestOf(order), { signCount })]);
    return order;
  };

  it('is remembered by the signer, who says when it went back and refuses nothing', async () => {
    expect(await alarms()).toBe(0);
    for (const [count, more] of [
      [100, 0],
      [101, 0],
      [101, 1],
      [40, 2],
      [102, 2],
    ] as const) {
      const order = await use(count);
      expect(await outcome(order.orderId)).toBe('1 certificates');
      expect(await alarms()).toBe(more);
    }
    await world.restartSigner();
    const order = await use(102);
    expect(await outcome(order.orderId)).toBe('1 certificates');
    expect(await alarms()).toBe(3);
  });

  it('may come to the signer in another order than it was used in', async () => {
    const before = await alarms();
    const orders = [await storedOrder(), await storedOrder()] as const;
    for (const [index, order] of orders.entries()) {
      await approve(order, [byFile(order, 0), touch(second, digestOf(order), { signCount: 200 + index })]);
      await asSuperuser(world, ['orders'], `update orders set state = 'pending' where id = '${order.orderId}'`);
    }
    for (const order of orders.toReversed()) {
      await world.ra.updateTable('orders').set({ state: 'approved' }).where('id', '=', order.orderId).execute();
      expect(await outcome(order.orderId)).toBe('1 certificates');
    }
    expect(await alarms()).toBe(before);
  });
});
