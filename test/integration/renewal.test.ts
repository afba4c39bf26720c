import { createHash, X509Certificate } from 'node:crypto';
import { encodePem } from '@see/x509';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConsoleBrowser } from '../support/console-browser.ts';
import { forge } from '../support/forged-certificate.ts';
import { type Calls, codesOf, openCalls } from '../support/registration-calls.ts';
import { type Held, RenewalScene } from '../support/renewal-scene.ts';
import { csrOf, makeWorld, newKey, type World } from '../support/world.ts';

let world: World;
let calls: Calls;
let scene: RenewalScene;

beforeAll(async () => {
  world = await makeWorld();
  calls = await openCalls(world);
  scene = new RenewalScene(world, calls);
});
afterAll(async () => {
  scene?.remove();
  await calls?.registration.app.close();
  await world?.close();
});

/** Writes a change of status as the owner, past the guards. */
async function status(held: Held, kind: 'revoke' | 'hold', reason: number): Promise<void> {
  await sql`alter table revocations disable trigger user`.execute(world.owner);
  await sql`
    insert into revocations (certificate_id, ca, serial, kind, reason, requested_by)
    select id, ca, serial, ${kind}, ${reason}, 'test' from certificates where id = ${held.id}`.execute(world.owner);
  await sql`alter table revocations enable trigger user`.execute(world.owner);
}

const countOrders = async (): Promise<number> =>
  Number((await sql<{ n: string }>`select count(*) as n from orders`.execute(world.owner)).rows[0]?.n);

describe('a gateway renews with its own key', () => {
  let old: Held;
  let orderId: string;
  const key = newKey();
  let request: Uint8Array;

  it('and gets an order that replaces the old certificate, evidence carried over', async () => {
    old = await scene.gateway('gateway-sign');
    request = scene.cms(scene.content(key), old);
    const { status: code, renewal } = await scene.send(request);
    expect([code, renewal.state, renewal.certificate]).toEqual([202, 'pending', null]);
    orderId = renewal.orderId;
    const content = JSON.parse(
      (await calls.call('operator', 'GET', `/api/v1/orders/${orderId}/content`)).raw.toString(),
    );
    expect(content).toMatchObject({
      kind: 'csr',
      replaces: [old.sha256],
      applicant: calls.person['grace.liu@treasury.govt.nz'],
      sponsor: calls.person['susan.grant@treasury.govt.nz'],
      agent: null,
      quorum: 2,
    });
    const event = await sql<{ actor: object; detail: { evidence: Record<string, string> } }>`
      select actor, detail from audit_events where kind = 'order.create' and object_id = ${orderId}`.execute(
      world.owner,
    );
    expect(event.rows[0]?.actor).toMatchObject({ method: 'certificate-key', personId: content.applicant });
    expect(event.rows[0]?.detail.evidence['letter']).toBe('TSY-2026-11');
    expect(event.rows[0]?.detail.evidence['renewal']).toContain(old.sha256);
    const stored = await sql<{
      request: Uint8Array;
    }>`select request from renewal_requests where order_id = ${orderId}`.execute(world.owner);
    expect(Buffer.from(stored.rows[0]?.request ?? []).equals(request)).toBe(true);
  });

  it('and gets the same order for the same request, and no second one for another', async () => {
    const before = await countOrders();
    expect((await scene.send(request)).renewal.orderId).toBe(orderId);
    for (const [type, payload] of [
      ['application/cms', Buffer.from(request)],
      ['application/x-pem-file', Buffer.from(encodePem('CMS', request))],
      ['application/json', Buffer.from(JSON.stringify({ request: encodePem('PKCS7', request) }))],
    ] as const) {
      const headers = { host: 'localhost', 'content-type': type };
      const file = await calls.registration.app.inject({ method: 'POST', url: '/api/v1/renewals', headers, payload });
      expect([type, file.statusCode, file.json<{ orderId: string }>().orderId]).toEqual([type, 202, orderId]);
    }
    // Signed anew over the same request: other octets, the same meaning.
    expect((await scene.send(scene.cms(scene.content(key), old))).renewal.orderId).toBe(
      (await scene.send(scene.cms(scene.content(key), old))).renewal.orderId,
    );
    const other = await scene.renew(old);
    expect([other.status, other.body.code]).toEqual([409, 'wrong-state']);
    expect(JSON.stringify(other.body)).toContain(orderId);
    expect(await countOrders()).toBe(before);
  });

  it('which nobody approves before its sponsor has agreed', async () => {
    const refused = await calls.approve(orderId, world.operators[0]);
    expect([refused.status, refused.body.code]).toEqual([409, 'wrong-state']);
    const browser = new ConsoleBrowser(calls.registration.app, world.instance.urls.portal);
    await browser.form('/console/sign-in', { token: calls.authorization('operator').slice(7) });
    expect((await browser.get(`/console/orders/${orderId}`)).text).toContain('its sponsor has not agreed yet');
    const alone = await calls.call('operator', 'POST', `/api/v1/orders/${orderId}/agree`, {});
    expect([alone.status, alone.body.code]).toEqual([400, 'invalid-request']);
    expect((await calls.call('dpmc', 'POST', `/api/v1/orders/${orderId}/agree`, {})).status).toBe(403);
    expect((await calls.call('agent', 'POST', `/api/v1/orders/${orderId}/agree`, {})).status).toBe(403);
  });

  it('and has the new certificate once it is issued, with the old one still good beside it', async () => {
    await scene.agreeAndApprove(orderId);
    const { status: code, renewal } = await scene.send(request);
    expect([code, renewal.state]).toEqual([200, 'issued']);
    const made = new X509Certificate(renewal.certificate?.pem ?? '');
    const before = new X509Certificate(old.der);
    expect([made.subject, made.subjectAltName]).toEqual([before.subject, before.subjectAltName]);
    expect(made.checkPrivateKey(key.privateKey)).toBe(true);
    expect(renewal.certificate?.chain).toHaveLength(2);
    const shown = (await calls.call('operator', 'GET', `/api/v1/certificates/${old.sha256}`)).body as unknown as {
      status: { kind: string };
      renewal: { supersededBy: string; overlapEndsAt: string };
    };
    expect(shown.status.kind).toBe('good');
    expect(shown.renewal.supersededBy).toBe(renewal.certificate?.sha256);
    const browser = new ConsoleBrowser(calls.registration.app, world.instance.urls.portal);
    await browser.form('/console/sign-in', { token: calls.authorization('operator').slice(7) });
    const page = (await browser.get(`/console/certificates/${old.sha256}`)).text;
    expect(page).toContain(`/console/certificates/${renewal.certificate?.sha256}`);
    expect(page).toContain('Both are good until');
    // 17 days are left of the old one, less than the overlap of 30.
    expect(shown.renewal.overlapEndsAt).toBe(before.validToDate.toISOString());
    const again = await scene.renew(old);
    expect([again.status, again.body.code]).toEqual([409, 'wrong-state']);
    const early = await scene.renew({ ...old, der: new Uint8Array(made.raw), key });
    expect([early.status, codesOf(early)]).toEqual([400, ['renewal-too-early']]);
    expect(JSON.stringify(early.body)).toMatch(/can be renewed from 20\d\d-\d\d-\d\d on/);
  });

  it('where an operator may record the sponsor’s word, and then approves no more', async () => {
    const held = await scene.gateway('gateway-sign');
    const { renewal } = await scene.renew(held);
    const path = `/api/v1/orders/${renewal.orderId}/agree`;
    expect((await calls.call('operator', 'POST', path, { note: 'letter TSY-2027-3' })).status).toBe(200);
    const own = await calls.approve(renewal.orderId, world.operators[0]);
    expect([own.status, own.body.code]).toEqual([403, 'party-to-order']);
    expect((await calls.approve(renewal.orderId, world.operators[1], 'operator2')).status).toBeLessThan(300);
  });
});

describe('encryption certificates, whose keys do not sign,', () => {
  it('are renewed by the signing certificate of the same gateway', async () => {
    const [signing, encrypting] = [await scene.gateway('gateway-sign'), await scene.gateway('gateway-encrypt')];
    const { status: code, renewal } = await scene.send(scene.cms(scene.content(newKey(), encrypting), signing));
    expect([code, renewal.state]).toEqual([202, 'pending']);
    const order = await calls.call('operator', 'GET', `/api/v1/orders/${renewal.orderId}`);
    expect(order.body.profiles).toEqual(['gateway-encrypt']);
  });

  it('are not renewed by themselves, by the gateway of other domains, or by a person', async () => {
    const encrypting = await scene.gateway('gateway-encrypt');
    const elsewhere = await scene
      .gateway('gateway-sign', 17, ['debtmanagement.treasury.govt.nz'])
      .catch(() => undefined);
    const grace = await scene.person('grace.liu@treasury.govt.nz', 'user-sign');
    for (const signer of [encrypting, grace, ...(elsewhere ? [elsewhere] : [])]) {
      const answer = await scene.send(scene.cms(scene.content(newKey(), encrypting), signer));
      expect([answer.status, answer.body.code]).toEqual([400, 'renewal-refused']);
    }
  });

  it('of a person are renewed by the same person’s signing certificate, and by no one else’s', async () => {
    const encrypting = await scene.person('grace.liu@treasury.govt.nz', 'user-encrypt');
    const hers = await scene.person('grace.liu@treasury.govt.nz', 'user-sign');
    const his = await scene.person('hemi.walker@treasury.govt.nz', 'user-sign');
    const other = await scene.send(scene.cms(scene.content(newKey(), encrypting), his));
    expect([other.status, other.body.code]).toEqual([400, 'renewal-refused']);
    expect((await scene.send(scene.cms(scene.content(newKey(), encrypting), hers))).status).toBe(202);
  });
});

describe('a person renews with their own key', () => {
  it('and the new one is issued after the approval of an operator, without a code', async () => {
    const old = await scene.person('grace.liu@treasury.govt.nz', 'user-auth');
    const key = newKey();
    const request = scene.cms(scene.content(key), old);
    const { status: code, renewal } = await scene.send(request);
    expect([code, renewal.state]).toEqual([202, 'pending']);
    await scene.approve(renewal.orderId);
    const issued = await scene.send(request);
    expect(issued.status).toBe(200);
    expect(new X509Certificate(issued.renewal.certificate?.pem ?? '').checkPrivateKey(key.privateKey)).toBe(true);
    const mails = await sql`select 1 from mails where order_id = ${renewal.orderId}`.execute(world.owner);
    expect(mails.rows).toEqual([]);
  });

  it('but not with another name in the registry than in the certificate', async () => {
    const old = await scene.person('grace.liu@treasury.govt.nz', 'user-auth');
    const personId = calls.person['grace.liu@treasury.govt.nz'] ?? '';
    await sql`update people set surname = 'Chen', display_name = 'Grace Chen' where id = ${personId}`.execute(
      world.owner,
    );
    const answer = await scene.renew(old);
    expect([answer.status, codesOf(answer)]).toEqual([400, ['data-changed']]);
    await sql`update people set surname = 'Liu', display_name = 'Grace Liu' where id = ${personId}`.execute(
      world.owner,
    );
    expect((await scene.renew(old)).status).toBe(202);
  });

  it('but not once the sponsor’s word on record is a year old', async () => {
    const old = await scene.person('hemi.walker@treasury.govt.nz', 'user-sign');
    await sql`alter table evidence_items disable trigger user`.execute(world.owner);
    await sql`update evidence_items set sighted_on = current_date - 366 where person_id = ${calls.person['hemi.walker@treasury.govt.nz']}`.execute(
      world.owner,
    );
    await sql`alter table evidence_items enable trigger user`.execute(world.owner);
    const answer = await scene.renew(old);
    expect([answer.status, answer.body.code, codesOf(answer)]).toEqual([
      400,
      'evidence-missing',
      ['evidence-identity'],
    ]);
  });
});

describe('refused is', () => {
  it.each<[string, (held: Held) => Promise<void>, string]>([
    ['a revoked certificate', (held) => status(held, 'revoke', 1), 'not-current'],
    ['a certificate on hold', (held) => status(held, 'hold', 6), 'not-current'],
  ])('%s', async (_name, change, code) => {
    const held = await scene.person('grace.liu@treasury.govt.nz', 'user-auth');
    await change(held);
    const answer = await scene.renew(held);
    expect([answer.status, codesOf(answer)]).toEqual([400, [code]]);
  });

  it('an expired certificate', async () => {
    const answer = await scene.renew(await scene.gateway('gateway-sign', -1));
    expect([answer.status, codesOf(answer)]).toEqual([400, ['not-current']]);
  });

  it('an encryption certificate for which a revoked one speaks', async () => {
    const [signing, encrypting] = [await scene.gateway('gateway-sign'), await scene.gateway('gateway-encrypt')];
    await status(signing, 'revoke', 1);
    const answer = await scene.send(scene.cms(scene.content(newKey(), encrypting), signing));
    expect([answer.status, codesOf(answer)]).toEqual([400, ['not-current']]);
  });

  it('a renewal before the window, to the day', async () => {
    expect(codesOf(await scene.renew(await scene.gateway('gateway-sign', 30.01)))).toEqual(['renewal-too-early']);
    expect((await scene.renew(await scene.gateway('gateway-sign', 29.99))).status).toBe(202);
    expect(codesOf(await scene.renew(await scene.person('grace.liu@treasury.govt.nz', 'user-auth', 60.01)))).toEqual([
      'renewal-too-early',
    ]);
    expect((await scene.renew(await scene.person('grace.liu@treasury.govt.nz', 'user-auth', 59.99))).status).toBe(202);
  });

  it('a signature by another CA’s certificate of the same name and number, in one breath with unknown ones', async () => {
    const held = await scene.gateway('gateway-sign');
    const stranger = newKey();
    const forged = { der: forge(held.der, stranger), key: stranger };
    const before = await countOrders();
    const answers = [
      await scene.send(scene.cms(scene.content(), forged)),
      await scene.send(
        scene.cms(scene.content(), { der: forge(held.der, stranger, new Uint8Array(15).fill(7)), key: stranger }),
      ),
    ];
    for (const answer of answers) {
      expect([answer.status, answer.body.code]).toEqual([400, 'signature-refused']);
      expect(answer.body).toMatchObject({ detail: expect.stringContaining('not one of a key that we certified') });
    }
    expect(await countOrders()).toBe(before);
  });

  it('a request in which the CSR was changed after the signature', async () => {
    const held = await scene.gateway('gateway-sign');
    const [mine, theirs] = [csrOf(newKey()), csrOf(newKey())];
    const signed = Buffer.from(scene.cms(mine, held));
    const at = signed.indexOf(mine.subarray(4));
    expect(at).toBeGreaterThan(0);
    expect(theirs.length - mine.length).toBeLessThan(9);
    const key = Buffer.from(theirs).subarray(theirs.length - mine.length < 0 ? 0 : 40, 120);
    key.copy(signed, at - 4 + 40);
    const answer = await scene.send(new Uint8Array(signed));
    expect([answer.status, answer.body.code]).toEqual([400, 'signature-refused']);
  });

  it.each([
    ['SHA-1', ['-md', 'sha1']],
    ['no signed attributes', ['-md', 'sha384', '-noattr']],
    ['a signer named by key identifier', ['-md', 'sha384', '-keyid']],
  ])('a signature with %s', async (_name, options) => {
    const held = await scene.gateway('gateway-sign');
    const answer = await scene.send(scene.cms(scene.content(), held, options));
    expect([answer.status, answer.body.code]).toEqual([400, 'signature-refused']);
  });

  it('a request that was signed more than a day ago, unless it is known', async () => {
    const held = await scene.gateway('gateway-sign');
    const known = scene.cms(scene.content(), held);
    const { renewal } = await scene.send(known);
    const other = await scene.gateway('gateway-sign');
    const late = scene.cms(scene.content(), other);
    calls.registration.clock = () => new Date(Date.now() + 25 * 3_600_000);
    try {
      const answer = await scene.send(late);
      expect([answer.status, answer.body.code]).toEqual([400, 'signature-refused']);
      expect((await scene.send(known)).renewal.orderId).toBe(renewal.orderId);
    } finally {
      calls.registration.clock = () => new Date();
    }
  });

  it('a CSR that does not prove its key, and one with a key of somebody else', async () => {
    const held = await scene.gateway('gateway-sign');
    const bad = csrOf(newKey());
    bad[bad.length - 1] = (bad[bad.length - 1] ?? 0) ^ 1;
    const answer = await scene.send(scene.cms(bad, held));
    expect([answer.status, answer.body.code]).toEqual([400, 'csr-refused']);
    const grace = await scene.person('grace.liu@treasury.govt.nz', 'user-auth');
    const taken = await scene.renew(held, grace.key);
    expect(codesOf(taken)).toContain('key-of-another');
  });

  it('what is not a signed request at all', async () => {
    const held = await scene.gateway('gateway-sign');
    for (const octets of [
      new Uint8Array([0x30, 0]),
      csrOf(newKey()),
      scene.cms('no request', held),
      new Uint8Array(9),
    ]) {
      const answer = await scene.send(octets);
      expect([answer.status, ['signature-refused', 'csr-refused'].includes(answer.body.code)]).toEqual([400, true]);
    }
  });
});

describe('strangers', () => {
  it('try thirty times a minute from one address', async () => {
    const octets = csrOf(newKey());
    const answers = [];
    for (let tries = 0; tries < 31; tries += 1) answers.push((await scene.send(octets, 'renewals', '10.9.9.9')).status);
    expect(answers).toEqual([...Array(30).fill(400), 429]);
  });
});

describe('two renewals of one certificate', () => {
  it('at the same moment make one order; the other is told why', async () => {
    for (let round = 0; round < 3; round += 1) {
      const held = await scene.gateway('gateway-sign');
      const requests = [1, 2, 3, 4].map(() => scene.cms(scene.content(), held));
      const answers = await Promise.all(requests.map((request) => scene.send(request)));
      expect(answers.map((answer) => answer.status).toSorted()).toEqual([202, 409, 409, 409]);
    }
  });

  it('that are the same request make one order, which both are told', async () => {
    const held = await scene.gateway('gateway-sign');
    const request = scene.cms(scene.content(), held);
    const answers = await Promise.all([request, request, request].map((one) => scene.send(one)));
    expect(answers.map((answer) => answer.status)).toEqual([202, 202, 202]);
    expect(new Set(answers.map(({ renewal }) => renewal.orderId)).size).toBe(1);
  });
});

describe('the schema', () => {
  it('lets no login say that an order renews what it does not replace', async () => {
    const held = await scene.gateway('gateway-sign');
    const { renewal } = await scene.renew(await scene.gateway('gateway-sign'));
    const forged = sql`
      insert into renewal_requests (order_id, certificate_id, signed_by, request, signed_at)
      select o.id, ${held.id}, ${held.id}, '\\x00', now() from orders o
      where o.id <> ${renewal.orderId} and not exists (select from renewal_requests r where r.order_id = o.id) limit 1`;
    await expect(forged.execute(world.ra)).rejects.toMatchObject({ code: 'SE034' });
    const word = sql`
      insert into renewal_agreements (order_id, sponsor_id, recorded_by, note)
      values (${renewal.orderId}, ${calls.person['moana.brooks@dpmc.govt.nz']}, ${calls.person['moana.brooks@dpmc.govt.nz']}, null)`;
    await expect(word.execute(world.ra)).rejects.toMatchObject({ code: 'SE037' });
    await expect(sql`delete from renewal_requests`.execute(world.owner)).rejects.toMatchObject({ code: 'SE001' });
  });
});

describe('calendars', () => {
  it('of a certificate are open to who knows the fingerprint, and name nobody', async () => {
    const held = await scene.person('grace.liu@treasury.govt.nz', 'user-auth');
    const answer = await calls.call(undefined, 'GET', `/api/v1/certificates/${held.sha256}/renewal.ics`);
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/calendar; charset=utf-8']);
    const text = answer.raw.toString();
    expect(text).toMatch(/^BEGIN:VCALENDAR\r\n/);
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(2);
    expect(text).not.toMatch(/grace|liu|treasury/i);
    const unknown = createHash('sha256').update('nothing').digest('hex');
    expect((await calls.call(undefined, 'GET', `/api/v1/certificates/${unknown}/renewal.ics`)).status).toBe(404);
  });

  it('of an agency are for its people, and have its gateways', async () => {
    const answer = await calls.call('agent', 'GET', '/api/v1/agencies/treasury/renewals.ics');
    expect(answer.status).toBe(200);
    const text = answer.raw.toString();
    expect(text.match(/SUMMARY:Renew the certificate for the mail gateway\\, signing/g)?.length).toBeGreaterThan(1);
    expect(text).not.toContain('signing in');
    expect((await calls.call('dpmc', 'GET', '/api/v1/agencies/treasury/renewals.ics')).status).toBe(404);
    expect((await calls.call(undefined, 'GET', '/api/v1/agencies/treasury/renewals.ics')).status).toBe(401);
  });
});

describe('an order that replaces', () => {
  it('names certificates of the same holder and profiles only', async () => {
    const mine = await scene.gateway('gateway-sign');
    const grace = await scene.person('grace.liu@treasury.govt.nz', 'user-auth');
    const order = (replaces: readonly string[]) =>
      calls.call('operator', 'POST', '/api/v1/orders', { ...calls.wish(), replaces });
    expect((await order([mine.sha256])).status).toBe(201);
    for (const other of [grace.sha256, 'ab'.repeat(32)])
      expect(codesOf(await order([other]))).toEqual(['replaces-other']);
  });
});
