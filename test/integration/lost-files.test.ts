import { withTransaction } from '@see/db';
import { insertLostFile } from '@see/db/ra';
import PostalMime from 'postal-mime';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { endDueCertificates } from '../../services/ra/src/operations/end-due-certificates.ts';
import { type MailSender, smtpSender } from '../../services/worker/src/mail-sender.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { type Calls, openCalls } from '../support/registration-calls.ts';
import { type Held, RenewalScene } from '../support/renewal-scene.ts';
import { asSuperuser } from '../support/superuser.ts';
import { openWorkerDesks, type WorkerDesks } from '../support/worker-desks.ts';
import { makeWorld, type World } from '../support/world.ts';

const GRACE = 'grace.liu@treasury.govt.nz';
const HEMI = 'hemi.walker@treasury.govt.nz';
let world: World;
let calls: Calls;
let scene: RenewalScene;
let worker: WorkerDesks;
let server: MailServer;
let sender: MailSender;
let grace: Held;
let graceEncrypts: Held;
let hemi: Held;

beforeAll(async () => {
  world = await makeWorld();
  calls = await openCalls(world);
  scene = new RenewalScene(world, calls);
  worker = await openWorkerDesks(world);
  server = await startMailServer();
  sender = smtpSender(server.url);
  grace = await scene.person(GRACE, 'user-auth', 200);
  graceEncrypts = await scene.person(GRACE, 'user-encrypt', 200);
  hemi = await scene.person(HEMI, 'user-auth', 200);
});
afterEach(() => {
  server.taken.splice(0);
});
afterAll(async () => {
  sender?.close();
  await server?.close();
  await worker?.close();
  scene?.remove();
  await calls?.registration.app.close();
  await world?.close();
});

function get(url: string) {
  return calls.registration.app.inject({ method: 'GET', url, headers: { host: 'localhost', accept: 'text/html' } });
}

function post(url: string, fields: Readonly<Record<string, string>>, origin = world.instance.urls.portal) {
  const type = { 'content-type': 'application/x-www-form-urlencoded', host: 'localhost', accept: 'text/html' };
  const payload = new URLSearchParams(fields).toString();
  return calls.registration.app.inject({ method: 'POST', url, headers: { ...type, origin }, payload });
}

const mails = () => world.owner.selectFrom('mails').selectAll().where('template', '=', 'reissue').execute();

/** Asks as the page does; the path of the link that came. */
async function linkFor(email: string): Promise<string> {
  expect((await post('/lost', { email })).statusCode).toBe(303);
  await worker.mailDesk(sender).run();
  const taken = server.taken.find(({ to }) => to.includes(email));
  const { text = '' } = await PostalMime.parse(taken?.bytes ?? '');
  return /\/reissue\/[A-Za-z0-9_-]{43}/.exec(text)?.[0] ?? 'no link came';
}

/** Makes what was asked for look older than the ten minutes for which nothing more is sent. */
const later = () =>
  asSuperuser(
    world,
    ['mailbox_checks'],
    `update mailbox_checks set asked_at = asked_at - interval '1 hour', expires_at = expires_at - interval '1 hour'`,
  );

const statusOf = async (held: Held): Promise<string> =>
  (await calls.call('operator', 'GET', `/api/v1/certificates/${held.sha256}`)).body.status.kind;

describe('asking for a link', () => {
  it('is answered alike for everybody, and reaches the address on record alone, now and then', async () => {
    const answers = [];
    for (const email of ['nobody@treasury.govt.nz', GRACE.toUpperCase(), GRACE]) {
      const started = performance.now();
      const { statusCode, headers, body } = await post('/lost', { email });
      answers.push([statusCode, headers.location, body]);
      expect(performance.now() - started).toBeGreaterThan(390);
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect((await mails()).map(({ recipient }) => recipient)).toEqual([GRACE]);
    await worker.mailDesk(sender).run();
    expect(server.taken.map(({ to }) => to)).toEqual([[GRACE]]);
    for (let count = 0; count < 7; count += 1) {
      await later();
      await post('/lost', { email: GRACE });
    }
    expect(await mails()).toHaveLength(5);
  });

  it('takes an address only, from our own page', async () => {
    const wrong = await post('/lost', { email: 'grace' });
    expect([wrong.statusCode, wrong.body.includes('Type your mail address at work')]).toEqual([400, true]);
    expect((await post('/lost', { email: HEMI }, 'https://evil.test')).statusCode).toBe(403);
    expect((await mails()).some(({ recipient }) => recipient === HEMI)).toBe(false);
  });
});

describe('a link', () => {
  it('orders what replaces the certificates, once, and they end when that is issued', async () => {
    await asSuperuser(
      world,
      ['mailbox_checks'],
      `update mailbox_checks set asked_at = asked_at - interval '2 days', expires_at = expires_at - interval '2 days'`,
    );
    const link = await linkFor(GRACE);
    for (let count = 0; count < 3; count += 1) {
      const page = await get(link);
      expect([page.statusCode, page.headers['cache-control']]).toEqual([200, 'no-store']);
      for (const words of [GRACE, 'Signing in', 'Receiving encrypted mail']) expect(page.body).toContain(words);
    }
    // A link for one purpose is none for the other.
    expect((await get(link.replace('reissue', 'mailbox'))).statusCode).toBe(410);
    expect((await post(link.replace('reissue', 'mailbox'), {})).statusCode).toBe(410);
    expect((await post(link, { others: 'no' }, 'https://evil.test')).statusCode).toBe(403);
    expect((await post(link, {})).statusCode).toBe(400);
    expect((await post(link.replace(/.{3}$/, 'AAA'), { others: 'no' })).statusCode).toBe(410);

    const done = await post(link, { others: 'no' });
    expect([done.statusCode, done.body.includes('New certificates are ordered')]).toEqual([200, true]);
    expect([(await post(link, { others: 'no' })).statusCode, (await get(link)).statusCode]).toEqual([410, 410]);
    const lost = await world.owner.selectFrom('lost_files').selectAll().executeTakeFirstOrThrow();
    // All that are good, though the order names the newest of each profile.
    expect(lost.certificate_ids.map(Number)).toEqual(expect.arrayContaining([grace.id, graceEncrypts.id]));
    const order = await calls.call('operator', 'GET', `/api/v1/orders/${lost.order_id}`);
    expect(order.body).toMatchObject({
      applicantId: calls.person[GRACE],
      sponsorId: calls.person['susan.grant@treasury.govt.nz'],
    });
    expect(JSON.stringify(order.body)).toContain('asked-by-link');
    await worker.codeDesk().run();
    const content = JSON.parse(
      (await calls.call('operator', 'GET', `/api/v1/orders/${lost.order_id}/content`)).raw.toString(),
    );
    expect(content.replaces.toSorted()).toEqual([grace.sha256, graceEncrypts.sha256].toSorted());
    expect(content.commitment).toMatch(/^[0-9a-f]{96}$/);

    const { ra } = calls.registration;
    await endDueCertificates(ra);
    expect([await statusOf(grace), await statusOf(graceEncrypts)]).toEqual(['good', 'good']);
    await asSuperuser(world, ['orders'], `update orders set state = 'issued' where id = '${lost.order_id}'`);
    await endDueCertificates(ra);
    expect([await statusOf(grace), await statusOf(graceEncrypts)]).toEqual(['revoked', 'revoked']);
    await endDueCertificates(ra);
    const revoked = await world.owner.selectFrom('revocations').select(['reason']).execute();
    expect(revoked).toEqual(lost.certificate_ids.map(() => ({ reason: 4 })));
  });

  it('revokes at once when somebody else may have the file', async () => {
    const link = await linkFor(HEMI);
    const done = await post(link, { others: 'yes' });
    expect([done.statusCode, done.body.includes('The old certificates are revoked.')]).toEqual([200, true]);
    expect(await statusOf(hemi)).toBe('revoked');
    const event = await world.owner
      .selectFrom('audit_events')
      .select('actor')
      .where('kind', '=', 'revocation.revoke')
      .where('object_id', '=', hemi.sha256)
      .executeTakeFirstOrThrow();
    expect(event.actor).toMatchObject({ personId: calls.person[HEMI], method: 'mailed-link' });
  });

  it('is of one person, as the schema says', async () => {
    const lost = await world.owner.selectFrom('lost_files').selectAll().orderBy('asked_at').execute();
    const [first, second] = lost;
    const forged = withTransaction(world.ra, (tx) =>
      insertLostFile(tx, {
        orderId: first?.order_id ?? '',
        checkId: second?.check_id ?? '',
        certificateIds: [hemi.id],
      }),
    );
    await expect(forged).rejects.toThrow(/not of one person/);
  });
});
