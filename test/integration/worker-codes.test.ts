import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { normaliseCode, type OrderDraft, readOrderContent, writeOrderContent } from '@see/domain';
import { credentialId, importPublicJwk, type PublicJwk, signatureFault, statementDigest } from '@see/statement';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { enrolmentSecretDigest } from '../../services/worker/src/code-desk.ts';
import type { ComposedMail } from '../../services/worker/src/compose-mail.ts';
import { EnrolmentCodes } from '../../services/worker/src/enrolment-codes.ts';
import { lapseOverdueOrders } from '../../services/worker/src/lapse-desk.ts';
import type { MailSender } from '../../services/worker/src/mail-sender.ts';
import { query } from '../support/query.ts';
import { asSuperuser } from '../support/superuser.ts';
import { draftForPerson, openWorkerDesks, storeDraft, type WorkerDesks } from '../support/worker-desks.ts';
import { codeProof, makeWorld, type World } from '../support/world.ts';

let world: World;
let worker: WorkerDesks;

beforeAll(async () => {
  world = await makeWorld();
  worker = await openWorkerDesks(world);
});
afterAll(async () => {
  await worker?.close();
  await world?.close();
});
afterEach(() => rmSync(worker.outbox, { recursive: true, force: true }));

const orderRow = (id: string) =>
  world.owner.selectFrom('orders').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const secrets = (id: string) =>
  world.owner.selectFrom('enrolment_secrets').selectAll().where('order_id', '=', id).execute();
const deliveries = (id: string) =>
  world.owner.selectFrom('deliveries').selectAll().where('order_id', '=', id).orderBy('kind').execute();
const delivered = [
  { kind: 'code', recipient: 'grace.liu@treasury.govt.nz' },
  { kind: 'link', recipient: 'susan.grant@treasury.govt.nz' },
];
async function eventsOf(id: string): Promise<string[]> {
  const rows = await world.owner
    .selectFrom('audit_events')
    .select(['kind', 'outcome'])
    .where('object_id', '=', id)
    .where('login', '=', 'see_worker')
    .orderBy('id')
    .execute();
  return rows.map(({ kind, outcome }) => `${kind} ${outcome}`);
}
const mails = (): string[] => readdirSync(worker.outbox, { withFileTypes: true }).map(({ name }) => name);
const codeIn = (name: string): string =>
  /\n {4}([0-9A-Z-]{19})\r\n/.exec(readFileSync(join(worker.outbox, name), 'utf8'))?.[1] ?? '';

/** A person's order up to the state in which its code is to be mailed. */
async function redeemableOrder(): Promise<OrderDraft> {
  const draft = await storeDraft(world, await draftForPerson(world));
  await worker.codeDesk().run();
  const { content } = await orderRow(draft.orderId);
  await world.approve(readOrderContent(content ?? new Uint8Array()), [world.operators[0]]);
  await world.signer.orders.run();
  expect((await orderRow(draft.orderId)).state).toBe('redeemable');
  return draft;
}
/** Makes an INSERT fail, as a crash right before it would, until the function returned is called. */
async function failInsert(table: string): Promise<() => Promise<void>> {
  await query(
    world.postgres.superuserUrl,
    `create function fail_${table}() returns trigger language plpgsql as $$ begin raise exception 'the disk is full'; end $$;
     create trigger fail before insert on ${table} for each row when (current_setting('application_name') = 'test worker') execute function fail_${table}()`,
  );
  return async () => {
    await query(world.postgres.superuserUrl, `drop trigger fail on ${table}; drop function fail_${table}()`);
  };
}

describe('a code', () => {
  it('goes from the order to the mail to the signer, who finds it right', async () => {
    const draft = await redeemableOrder();
    const id = draft.orderId;
    await worker.mailDesk().run();
    // The link goes to the sponsor, in a mail of its own.
    expect(mails().toSorted()).toEqual([`${id}-code.eml`, `${id}-link.eml`]);
    const mail = readFileSync(join(worker.outbox, `${id}-code.eml`), 'utf8');
    expect(mail).toContain('\r\nTo: grace.liu@treasury.govt.nz\r\n');
    expect(mail).not.toContain(id);
    const { key } = await new EnrolmentCodes(worker.identity.codeSecret).derive(id, draft.nonce);
    const attempt = await world.ra
      .insertInto('redemption_attempts')
      .values({ order_id: id, kind: 'check', proof: codeProof(key, id), csrs: null, tags: null })
      .returning('id')
      .executeTakeFirstOrThrow();
    await world.signer.redemptions.run();
    const result = await world.owner
      .selectFrom('redemption_results')
      .select('outcome')
      .where('attempt_id', '=', attempt.id)
      .executeTakeFirst();
    expect(result).toEqual({ outcome: 'right' });
    const link = readFileSync(join(worker.outbox, `${id}-link.eml`), 'utf8');
    expect(link).toContain('\r\nTo: susan.grant@treasury.govt.nz\r\n');
    expect(link).toContain(`/enrol/${id}`);
    expect(link).not.toContain(codeIn(`${id}-code.eml`));
    expect(await deliveries(id)).toMatchObject(delivered);
    expect((await eventsOf(id)).toSorted()).toEqual([
      'code.bound success',
      'delivery.code success',
      'delivery.link success',
    ]);
    // Once is enough.
    await worker.mailDesk().run();
    expect(await deliveries(id)).toHaveLength(2);
  });

  it('is bound with the commitment under a signature of the worker', async () => {
    const draft = await storeDraft(world, await draftForPerson(world));
    await worker.codeDesk().run();
    const row = await orderRow(draft.orderId);
    expect(row.state).toBe('pending');
    const [secret, ...more] = await secrets(draft.orderId);
    if (!secret || !row.content) throw new Error('no secret');
    expect(more).toEqual([]);
    const content = readOrderContent(row.content);
    expect(content).toEqual({ ...draft, commitment: secret.commitment.toHex() });
    expect(statementDigest('order', row.content)).toEqual(row.digest);
    const key = world.signer.chain.authority.serviceKeys.get(secret.key_id);
    expect(key?.service).toBe('worker');
    const digest = enrolmentSecretDigest(world.instance.instance, draft.orderId, secret.commitment);
    const signature = { form: 'jws', jws: secret.signature };
    expect(
      signatureFault(signature, digest, secret.key_id, importPublicJwk(key?.publicKey as PublicJwk)),
    ).toBeUndefined();
    const other = enrolmentSecretDigest(world.instance.instance, randomUUID(), secret.commitment);
    expect(signatureFault(signature, other, secret.key_id, importPublicJwk(key?.publicKey as PublicJwk))).toBe(
      'bad-signature',
    );
  });

  it('stands nowhere in the database or the log', async () => {
    const draft = await redeemableOrder();
    const { code, key } = await worker.codes.derive(draft.orderId, draft.nonce);
    await worker.mailDesk().run();
    expect(codeIn(`${draft.orderId}-code.eml`)).toBe(code);
    const tables = await query<{ name: string }>(
      world.postgres.superuserUrl,
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
       where table_schema in ('public', 'pgboss') and table_type = 'BASE TABLE'`,
    );
    expect(tables.length).toBeGreaterThan(30);
    const secret = [code, normaliseCode(code) ?? '', key.toHex(), Buffer.from(code).toString('hex')];
    for (const { name } of tables) {
      const rows = await query<{ text: string }>(world.postgres.superuserUrl, `select t::text as text from ${name} t`);
      for (const { text } of rows) expect(secret.filter((it) => text.includes(it))).toEqual([]);
    }
    expect(worker.lines.filter((line) => secret.some((it) => line.includes(it)))).toEqual([]);
  });
});

describe('a crash while a code is bound', () => {
  it.each(['enrolment_secrets', 'audit_events'])(
    'before the INSERT into %s leaves the order as it was',
    async (table) => {
      const draft = await storeDraft(world, await draftForPerson(world));
      const repair = await failInsert(table);
      await worker.codeDesk().run();
      expect(await orderRow(draft.orderId)).toMatchObject({ state: 'preparing', content: null });
      expect(await secrets(draft.orderId)).toEqual([]);
      await repair();
      await worker.codeDesk().run();
      const { commitment } = await worker.codes.derive(draft.orderId, draft.nonce);
      expect(await secrets(draft.orderId)).toMatchObject([{ commitment }]);
      expect(await orderRow(draft.orderId)).toMatchObject({ state: 'pending' });
      expect(await eventsOf(draft.orderId)).toEqual(['code.bound success']);
    },
  );

  it('and two workers at once bind it once', async () => {
    const drafts: OrderDraft[] = [];
    for (let count = 0; count < 5; count++) drafts.push(await storeDraft(world, await draftForPerson(world)));
    await Promise.all([worker.codeDesk().run(), worker.codeDesk().run()]);
    for (const { orderId } of drafts) {
      expect(await secrets(orderId)).toHaveLength(1);
      expect(await eventsOf(orderId)).toEqual(['code.bound success']);
    }
  });

  it('an order that was withdrawn meanwhile stays withdrawn', async () => {
    const draft = await storeDraft(world, await draftForPerson(world));
    const run = worker.codeDesk().run();
    await world.ra.updateTable('orders').set({ state: 'withdrawn' }).where('id', '=', draft.orderId).execute();
    await run;
    expect(await orderRow(draft.orderId)).toMatchObject({ state: 'withdrawn', content: null });
    expect(await secrets(draft.orderId)).toEqual([]);
  });
});

describe('what an owned ra writes as a draft', () => {
  const drafts: [string, (draft: OrderDraft) => unknown][] = [
    ['nothing', () => null],
    ['a list', () => []],
    ['text', () => 'draft'],
    ['another order', (draft) => ({ ...draft, orderId: randomUUID() })],
    ['another instance', (draft) => ({ ...draft, instance: randomUUID() })],
    ['a csr order', (draft) => ({ ...draft, kind: 'csr' })],
    ['an unknown member', (draft) => ({ ...draft, more: 1 })],
    ['a fraction', (draft) => ({ ...draft, quorum: 1.5 })],
    ['quorum 0', (draft) => ({ ...draft, quorum: 0 })],
    ['two addresses', (draft) => ({ ...draft, deliverTo: 'a@treasury.govt.nz,b@evil.example' })],
    ['an address with a display name', (draft) => ({ ...draft, deliverTo: 'Grace<a@evil.example>' })],
    ['an address with a header', (draft) => ({ ...draft, deliverTo: 'a@b.nz\r\nBcc: c@d.nz' })],
    ['no address', (draft) => ({ ...draft, deliverTo: null })],
    [
      'a key of its own',
      (draft) => ({ ...draft, items: draft.items.map((item) => ({ ...item, spkiSha256: '0'.repeat(64) })) }),
    ],
    [
      'more than an order may hold',
      (draft) => ({ ...draft, items: Array(3).fill({ ...draft.items[0], subjectAltName: 'A'.repeat(32_000) }) }),
    ],
    ['parties that are one person', (draft) => ({ ...draft, sponsor: draft.applicant })],
    ['a short nonce', (draft) => ({ ...draft, nonce: 'x' })],
  ];
  it.each(drafts)('gets no code: %s', async (_, change) => {
    const draft = await draftForPerson(world);
    await storeDraft(world, draft, change(draft));
    await worker.codeDesk().run();
    const row = await orderRow(draft.orderId);
    expect(row).toMatchObject({ state: 'refused', content: null });
    expect(row.state_reason).toMatch(/^[a-z-]+: /);
    expect(await secrets(draft.orderId)).toEqual([]);
    expect(await eventsOf(draft.orderId)).toEqual(['code.refused failure']);
  });

  it('has its own commitment overwritten', async () => {
    const draft = await draftForPerson(world);
    await storeDraft(world, draft, { ...draft, commitment: 'ab'.repeat(48) });
    await worker.codeDesk().run();
    const { commitment } = await worker.codes.derive(draft.orderId, draft.nonce);
    expect(readOrderContent((await orderRow(draft.orderId)).content ?? new Uint8Array()).commitment).toBe(
      commitment.toHex(),
    );
  });
});

describe('a worker whose key is not registered', () => {
  it('binds nothing and says so', async () => {
    const draft = await storeDraft(world, await draftForPerson(world));
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
    const keyId = credentialId(publicKey.export({ format: 'jwk' }) as unknown as PublicJwk);
    await worker.codeDesk({ ...worker.identity, keyId, privateKey }).run();
    expect(await orderRow(draft.orderId)).toMatchObject({ state: 'preparing' });
    expect(worker.lines.at(-1)).toMatch(/error a code could not be bound.*service-key-unknown/);
    await worker.codeDesk().run();
    expect(await orderRow(draft.orderId)).toMatchObject({ state: 'pending' });
  });
});

describe('a crash while a code is mailed', () => {
  it('after the mail sends the same mail again, over the first', async () => {
    const { orderId } = await redeemableOrder();
    const repair = await failInsert('deliveries');
    await worker.mailDesk().run();
    const code = codeIn(`${orderId}-code.eml`);
    const id = /Message-ID: (<code\.[^>]+>)/.exec(
      readFileSync(join(worker.outbox, `${orderId}-code.eml`), 'utf8'),
    )?.[1];
    expect(id).toBeTruthy();
    expect(await deliveries(orderId)).toEqual([]);
    await repair();
    // Not before its time.
    await worker.mailDesk().run();
    expect(await deliveries(orderId)).toEqual([]);
    await worker.makeDue();
    await worker.mailDesk().run();
    expect(mails().toSorted()).toEqual([`${orderId}-code.eml`, `${orderId}-link.eml`]);
    expect(codeIn(`${orderId}-code.eml`)).toBe(code);
    expect(readFileSync(join(worker.outbox, `${orderId}-code.eml`), 'utf8')).toContain(`Message-ID: ${id}`);
    expect(await deliveries(orderId)).toMatchObject(delivered);
  });

  it('a mail server that fails is asked again later, and the failure is audited once', async () => {
    const { orderId } = await redeemableOrder();
    const sent: ComposedMail[] = [];
    let works = false;
    const sender: MailSender = {
      kind: 'smtp',
      send: async (_, mail) => {
        if (!works) throw Object.assign(new Error('connection refused'), { code: 'ECONNECTION' });
        sent.push(mail);
      },
      close: () => undefined,
    };
    const desk = worker.mailDesk(sender);
    await desk.run();
    await worker.makeDue();
    await desk.run();
    const failed = ['code.bound success', 'delivery.failed failure', 'delivery.failed failure'];
    expect(await eventsOf(orderId)).toEqual(failed);
    const waiting = await world.owner.selectFrom('mails').selectAll().where('order_id', '=', orderId).execute();
    expect(waiting.map(({ state, attempts, code }) => [state, attempts, code])).toEqual(
      Array(2).fill(['waiting', 2, 'ECONNECTION']),
    );
    works = true;
    await desk.run();
    expect(sent).toEqual([]);
    await worker.makeDue();
    await worker.mailDesk(sender).run();
    expect(sent.map(({ recipient }) => recipient).toSorted()).toEqual(delivered.map(({ recipient }) => recipient));
    expect((await eventsOf(orderId)).toSorted()).toEqual(
      [...failed, 'delivery.code success', 'delivery.link success'].toSorted(),
    );
  });
});

describe('no code is mailed', () => {
  async function expectRefused(orderId: string, code: string, desk = worker.mailDesk()): Promise<void> {
    await desk.run();
    expect(readdirSync(worker.outbox).filter((name) => name.includes('code'))).toEqual([]);
    expect(readdirSync(worker.outbox).filter((name) => !name.startsWith(orderId))).toEqual([]);
    expect((await deliveries(orderId)).filter(({ kind }) => kind === 'code')).toEqual([]);
    const row = await world.owner
      .selectFrom('audit_events')
      .select('detail')
      .where('object_id', '=', orderId)
      .where('kind', '=', 'delivery.refused')
      .executeTakeFirst();
    expect(row?.detail).toMatchObject({ code });
    await world.ra.updateTable('orders').set({ state: 'withdrawn' }).where('id', '=', orderId).execute();
  }
  const superuser = (statement: string, values: unknown[]) => query(world.postgres.superuserUrl, statement, values);

  it('for an order that only the database calls redeemable', async () => {
    const draft = await storeDraft(world, await draftForPerson(world));
    await worker.codeDesk().run();
    await asSuperuser(world, ['orders'], `update orders set state = 'redeemable' where id = '${draft.orderId}'`);
    const asked = `insert into mails (template, recipient, order_id) values ('code', 'eve@evil.example', $1)`;
    await superuser(asked, [draft.orderId]);
    await expectRefused(draft.orderId, 'not-enough-approvals');
  });

  it.each([
    ['with the digest of the approved one', false, 'order-tampered'],
    ['with its own digest', true, 'not-enough-approvals'],
  ])('to another address than was approved: content %s', async (_, withDigest, code) => {
    const { orderId } = await redeemableOrder();
    const content = readOrderContent((await orderRow(orderId)).content ?? new Uint8Array());
    const { bytes, digest } = writeOrderContent({ ...content, deliverTo: 'eve@evil.example' });
    await superuser('alter table orders disable trigger guard', []);
    await superuser('update orders set content = $2, digest = case when $3 then $4 else digest end where id = $1', [
      orderId,
      Buffer.from(bytes),
      withDigest,
      Buffer.from(digest),
    ]);
    await superuser('alter table orders enable trigger guard', []);
    await expectRefused(orderId, code);
  });

  it('by the row’s own address', async () => {
    const { orderId } = await redeemableOrder();
    await superuser('alter table orders disable trigger guard', []);
    await superuser(`update orders set deliver_to = 'eve@evil.example' where id = $1`, [orderId]);
    await superuser('alter table orders enable trigger guard', []);
    await worker.mailDesk().run();
    expect(await deliveries(orderId)).toMatchObject(delivered);
    expect(readFileSync(join(worker.outbox, `${orderId}-code.eml`), 'utf8')).not.toContain('evil.example');
  });

  it('when another secret makes another code than was bound', async () => {
    const { orderId } = await redeemableOrder();
    await expectRefused(orderId, 'order-tampered', worker.mailDesk(undefined, new EnrolmentCodes(new Uint8Array(32))));
  });
});

describe('lapses', () => {
  const past = new Date(Date.now() - 1000);
  it('end what was not approved or used in time, and nothing else', async () => {
    const closing = new AbortController().signal;
    const [preparing, pending, redeemable, issuing, open] = [
      await storeDraft(world, await draftForPerson(world), undefined, { approveBefore: past }),
      await storeDraft(world, await draftForPerson(world), undefined, { approveBefore: past }),
      await storeDraft(world, await draftForPerson(world), undefined, { approveBefore: past, useBefore: past }),
      await storeDraft(world, await draftForPerson(world), undefined, { approveBefore: past, useBefore: past }),
      await storeDraft(world, await draftForPerson(world), undefined, { approveBefore: past }),
    ] as const;
    const move = (state: string, { orderId }: OrderDraft) =>
      asSuperuser(world, ['orders'], `update orders set state = '${state}' where id = '${orderId}'`);
    await move('pending', pending);
    await move('redeemable', redeemable);
    await move('issuing', issuing);
    await move('approved', open);
    await worker.codeDesk().run();
    await Promise.all([lapseOverdueOrders(worker.db, closing), lapseOverdueOrders(worker.db, closing)]);
    expect(await orderRow(preparing.orderId)).toMatchObject({ state: 'lapsed', state_reason: 'not approved in time' });
    expect(await orderRow(pending.orderId)).toMatchObject({ state: 'lapsed', state_reason: 'not approved in time' });
    expect(await orderRow(redeemable.orderId)).toMatchObject({ state: 'lapsed', state_reason: 'not used in time' });
    expect(await orderRow(issuing.orderId)).toMatchObject({ state: 'issuing' });
    expect(await orderRow(open.orderId)).toMatchObject({ state: 'approved' });
    for (const { orderId } of [preparing, pending, redeemable])
      expect(await eventsOf(orderId)).toEqual(['lapse.order success']);
    expect(await eventsOf(open.orderId)).toEqual([]);
  });

  it('leave the order when the event can not be written', async () => {
    const draft = await storeDraft(world, await draftForPerson(world), undefined, { approveBefore: past });
    const repair = await failInsert('audit_events');
    await expect(lapseOverdueOrders(worker.db, new AbortController().signal)).rejects.toThrow(/disk is full/);
    expect(await orderRow(draft.orderId)).toMatchObject({ state: 'preparing' });
    await repair();
    await lapseOverdueOrders(worker.db, new AbortController().signal);
    expect(await orderRow(draft.orderId)).toMatchObject({ state: 'lapsed' });
  });
});
