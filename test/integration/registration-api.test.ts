import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withTransaction } from '@see/db';
import { insertApprovals, readApprovals } from '@see/db/ra';
import { signDigest, statementDigest } from '@see/statement';
import { encodeName, oid } from '@see/x509';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tryCertificates } from '../../services/ra/src/operations/try-certificates.ts';
import { verifiedApplication } from '../support/agency-application.ts';
import { type Calls, codesOf, only, openCalls } from '../support/registration-calls.ts';
import { waitUntil } from '../support/wait-until.ts';
import { csrOf, makeWorld, newKey, type World } from '../support/world.ts';

let world: World;
let calls: Calls;
const folder = mkdtempSync(join(tmpdir(), 'see-api-'));

beforeAll(async () => {
  world = await makeWorld();
  calls = await openCalls(world);
});
afterAll(async () => {
  await calls?.registration.app.close();
  await world?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('orders', () => {
  it('are made as far as the signature when they are ordered, and refused for what would refuse them then', async () => {
    const { ra } = calls.registration;
    const draft = await world.draft({
      items: [{ profileId: 'gateway-sign', csr: csrOf(newKey()), dnsNames: [] }],
    });
    const [item] = draft.items;
    if (!item) throw new Error('no item');
    expect(await tryCertificates(ra, draft, [null])).toEqual([]);
    const subject = encodeName([[{ type: oid.organizationIdentifier, value: 'GOVNZ-TSY' }]]).toBase64();
    const wrong = await tryCertificates(ra, { ...draft, items: [{ ...item, subject }] }, [null]);
    expect(wrong).toMatchObject([{ code: 'lint-failed', path: 'items[0]' }]);
    expect(wrong[0]?.message).toContain('is of no known scheme');
    const later = { ...ra, now: () => new Date('2099-01-01T00:00:00Z') };
    expect(await tryCertificates(later, draft, [null])).toMatchObject([{ code: 'no-time-left', path: 'items[0]' }]);
  });

  it('go from a CSR to a certificate that openssl verifies', async () => {
    const key = newKey();
    const wish = calls.wish(key);
    const made = await calls.call('agent', 'POST', '/api/v1/orders', wish, { 'idempotency-key': 'order-0001' });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ state: 'pending', quorum: 2, approvals: 0, kind: 'csr' });
    const again = await calls.call('agent', 'POST', '/api/v1/orders', wish, { 'idempotency-key': 'order-0001' });
    expect([again.status, again.body.id]).toEqual([200, made.body.id]);
    const both = await Promise.all(
      [1, 2, 3].map(() => calls.call('agent', 'POST', '/api/v1/orders', wish, { 'idempotency-key': 'order-0002' })),
    );
    expect(both.map((answer) => answer.status).sort()).toEqual([200, 200, 201]);
    expect(new Set(both.map((answer) => answer.body.id)).size).toBe(1);
    const other = await calls.call('agent', 'POST', '/api/v1/orders', calls.wish(), {
      'idempotency-key': 'order-0001',
    });
    expect([other.status, other.body.code]).toEqual([409, 'idempotency-mismatch']);

    expect((await calls.approve(made.body.id, world.operators[0])).body).toEqual({ approvals: 1, state: 'pending' });
    const twice = await calls.approve(made.body.id, world.operators[0]);
    expect([twice.status, twice.body.code]).toEqual([409, 'already-exists']);
    expect((await calls.approve(made.body.id, world.operators[1])).body).toEqual({ approvals: 2, state: 'approved' });
    await world.signer.orders.run();

    const issued = await calls.call('agent', 'GET', `/api/v1/orders/${made.body.id}`);
    expect(issued.body.state).toBe('issued');
    const { sha256, serial } = only(issued.body.certificates);
    const file = await calls.call('agent', 'GET', `/api/v1/certificates/${serial}/file`);
    expect(file.headers['content-type']).toBe('application/pem-certificate-chain');
    writeFileSync(join(folder, 'chain.pem'), file.raw);
    const pems = file.raw.toString().split(/(?<=-----END CERTIFICATE-----\n)/);
    writeFileSync(join(folder, 'root.pem'), pems[2] ?? '');
    const verified = execFileSync(
      'openssl',
      ['verify', '-x509_strict', '-CAfile', 'root.pem', '-untrusted', 'chain.pem', 'chain.pem'],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    );
    expect(verified).toContain('OK');

    const der = await calls.call('agent', 'GET', `/api/v1/certificates/${sha256}/file`, undefined, {
      accept: 'application/pkix-cert',
    });
    expect(new X509Certificate(der.raw).fingerprint256.replaceAll(':', '').toLowerCase()).toBe(sha256);
    const p7 = await calls.call('agent', 'GET', `/api/v1/certificates/${sha256}/file`, undefined, {
      accept: 'application/pkcs7-mime',
    });
    writeFileSync(join(folder, 'all.p7c'), p7.raw);
    const listed = execFileSync('openssl', ['pkcs7', '-inform', 'DER', '-in', 'all.p7c', '-print_certs', '-noout'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(listed.match(/subject=/g)).toHaveLength(3);
    const none = await calls.call('agent', 'GET', `/api/v1/certificates/${sha256}/file`, undefined, {
      accept: 'image/png',
    });
    expect(none.status).toBe(406);
  });

  it('say everything that is wrong at once and store nothing', async () => {
    const before = await world.owner
      .selectFrom('orders')
      .select((build) => build.fn.countAll<number>().as('count'))
      .executeTakeFirst();
    const wish = calls.wish(newKey('prime256v1'));
    const answer = await calls.call('agent', 'POST', '/api/v1/orders', {
      ...wish,
      applicantId: wish.sponsorId,
      items: [...wish.items, { profile: 'no-such-profile', csr: 'AAAA' }],
    });
    expect(answer.status).toBe(400);
    const codes = codesOf(answer);
    expect(codes).toEqual(expect.arrayContaining(['profile-unknown', 'parties-not-different']));
    expect(codes.length).toBeGreaterThanOrEqual(3);
    for (const violation of answer.body.violations ?? []) expect(violation.source).toBeTruthy();
    const after = await world.owner
      .selectFrom('orders')
      .select((build) => build.fn.countAll<number>().as('count'))
      .executeTakeFirst();
    expect(after).toEqual(before);
    await waitUntil('the refusal in the audit trail', async () => {
      const audit = await calls.call('auditor', 'GET', '/api/v1/audit-events?kind=order.create&outcome=failure');
      return audit.body.items.some(({ detail }) => JSON.stringify(detail.violations ?? []).includes('profile-unknown'));
    });
  });

  it('are approved by keys that are registered, over the right bytes, by nobody who is a party', async () => {
    const made = await calls.call('agent', 'POST', '/api/v1/orders', calls.wish());
    const [one] = world.operators;
    const wrong = signDigest(
      statementDigest('order', new TextEncoder().encode('{}')),
      one.credentialId,
      one.privateKey,
    );
    const refused = await calls.call('operator', 'POST', `/api/v1/orders/${made.body.id}/approvals`, {
      credentialId: one.credentialId,
      signature: wrong,
    });
    expect([refused.status, refused.body.code]).toEqual([400, 'signature-refused']);
    const administrator = await calls.approve(made.body.id, world.administrators[0]);
    expect(only(codesOf(administrator))).toBe('role-missing');
    expect((await calls.approve(made.body.id, one, 'agent')).status).toBe(403);
    const shown = await calls.call('operator', 'GET', `/api/v1/orders/${made.body.id}`);
    expect(shown.body.approvals).toBe(0);
  });

  it('that many make and approve at the same time are each told their own outcome', async () => {
    const [one, other] = world.operators;
    const good = Array.from({ length: 12 }, () => calls.wish());
    const bad = { ...calls.wish(), applicantId: calls.wish().sponsorId };
    const made = await Promise.all([...good, bad].map((wish) => calls.call('agent', 'POST', '/api/v1/orders', wish)));
    expect(made.map(({ status }) => status)).toEqual([...good.map(() => 201), 400]);
    const ids = made.slice(0, good.length).map(({ body }) => body.id);
    expect(new Set(ids).size).toBe(good.length);

    const first = ids[0] ?? '';
    const approvals = await Promise.all([
      ...ids.flatMap((id) => [calls.approve(id, one), calls.approve(id, other, 'operator2')]),
      calls.approve(first, one),
    ]);
    const outcomes = approvals.map(({ status, body }) => (status === 201 ? body.state : body.code));
    const refused = outcomes.filter((outcome) => outcome !== 'approved' && outcome !== 'pending');
    expect(refused).toEqual([expect.stringMatching(/^(already-exists|wrong-state)$/)]);
    expect(outcomes.filter((outcome) => outcome === 'approved').length).toBeGreaterThanOrEqual(good.length);
    const shown = await Promise.all(ids.map((id) => calls.call('operator', 'GET', `/api/v1/orders/${id}`)));
    expect(shown.map(({ body }) => [body.id, body.state, body.approvals])).toEqual(
      ids.map((id) => [id, 'approved', 2]),
    );
  });

  it('count the approvals of other processes too, one after the other', async () => {
    const made = await calls.call('agent', 'POST', '/api/v1/orders', calls.wish());
    const orderId = made.body.id;
    const orderDigest = Uint8Array.fromHex(made.body.digest);
    const counts = await Promise.all(
      world.operators.slice(0, 2).map(({ credentialId, privateKey }) =>
        withTransaction(world.ra, async (tx) => {
          const signature = signDigest(orderDigest, credentialId, privateKey);
          await insertApprovals(tx, [{ orderId, orderDigest, credentialId, personId: '-', signature }]);
          await sleep(300);
          return (await readApprovals(tx, [orderId])).get(orderId)?.length;
        }),
      ),
    );
    expect(counts.toSorted()).toEqual([1, 2]);
  });

  it('are rejected with a reason, once', async () => {
    const made = await calls.call('agent', 'POST', '/api/v1/orders', calls.wish());
    const url = `/api/v1/orders/${made.body.id}/reject`;
    expect((await calls.call('operator', 'POST', url, { reason: '' })).status).toBe(400);
    expect((await calls.call('operator', 'POST', url, { reason: 'Not needed' })).body).toEqual({
      id: made.body.id,
      state: 'rejected',
    });
    expect((await calls.call('operator', 'POST', url, { reason: 'Not needed' })).body.code).toBe('wrong-state');
    expect((await calls.approve(made.body.id, world.operators[0])).body.code).toBe('wrong-state');
  });

  it('are nothing to other agencies', async () => {
    const { orderId, sha256 } = await calls.issueGateway();
    for (const url of [
      `/api/v1/orders/${orderId}`,
      `/api/v1/orders/${orderId}/content`,
      `/api/v1/certificates/${sha256}`,
      `/api/v1/certificates/${sha256}/file`,
    ]) {
      expect((await calls.call('dpmc', 'GET', url)).status).toBe(404);
      expect((await calls.call(undefined, 'GET', url)).status).toBe(401);
    }
    expect((await calls.call('dpmc', 'GET', '/api/v1/orders')).body.items).toEqual([]);
    expect((await calls.call('dpmc', 'GET', '/api/v1/certificates?agency=treasury')).body.items).toEqual([]);
    expect((await calls.call('dpmc', 'POST', '/api/v1/orders', calls.wish())).status).toBe(404);
    expect((await calls.call('agent', 'POST', '/api/v1/orders', { ...calls.wish(), agentId: undefined })).status).toBe(
      403,
    );
  });

  it('are paged by key, without gap and repetition', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const page = await calls.call('operator', 'GET', `/api/v1/orders?limit=2${query}`);
      expect(page.status).toBe(200);
      seen.push(...page.body.items.map((order) => order.id));
      cursor = page.body.next;
    }
    expect(seen.length).toBeGreaterThan(3);
    expect(new Set(seen).size).toBe(seen.length);
    expect((await calls.call('operator', 'GET', '/api/v1/orders?cursor=%00')).status).toBe(400);
    expect((await calls.call('operator', 'GET', '/api/v1/orders?cursor=bm8')).body.code).toBe('bad-cursor');
    expect((await calls.call('operator', 'GET', '/api/v1/orders?limit=0')).status).toBe(400);
  });
});

describe('people', () => {
  it('are entered with names and addresses that certificates can carry', async () => {
    const made = await calls.call('agent', 'POST', '/api/v1/people', {
      agencyId: 'treasury',
      givenName: 'Tāne',
      surname: 'Mahuta',
      email: 'tane.mahuta@treasury.govt.nz',
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ displayName: 'Tāne Mahuta', agencyId: 'treasury' });
    expect((await calls.call('agent', 'GET', '/api/v1/people?q=t%C4%81n')).body.items).toHaveLength(1);
    expect((await calls.call('dpmc', 'GET', `/api/v1/people/${made.body.id}`)).status).toBe(404);
  });

  it.each([
    ['another domain', { email: 'tane@gmail.com' }, 'domain-not-in-scope'],
    ['a reserved name', { email: 'domain-signing-authority@treasury.govt.nz' }, 'reserved-name'],
    ['a look-alike of one', { surname: 'Domain Signing Authority' }, 'reserved-name'],
    ['brackets', { displayName: 'Tane [SEEKEY PASSPORT]' }, 'bad-name'],
    ['a bidi override', { surname: 'Ma\u202ehuta' }, 'bad-name'],
    ['a line break in the address', { email: 'tane\r\nBcc: x@treasury.govt.nz' }, 'bad-mail-address'],
    ['another agency', { agencyId: 'dpmc' }, undefined],
  ])('are refused with %s', async (_name, change, code) => {
    const wish = { agencyId: 'treasury', surname: 'Mahuta', email: 'tane.m@treasury.govt.nz', ...change };
    const answer = await calls.call('agent', 'POST', '/api/v1/people', wish);
    expect(answer.status).toBe(code === undefined ? 404 : 400);
    if (code) expect(codesOf(answer)).toContain(code);
  });
});

describe('statements', () => {
  it('propose the scope of an agency, tried out before anybody signs', async () => {
    const scope = {
      name: 'Ministry of Tests',
      organizationNames: ['Ministry of Tests'],
      organizationIdentifier: 'GOVNZ',
      locality: 'Wellington',
      domains: ['tests.govt.nz'],
      profiles: ['user-auth'],
      delegations: [],
    };
    await verifiedApplication(calls, 'tests', 'Ministry of Tests');
    const taken = await calls.call('operator', 'POST', '/api/v1/agencies/tests/proposals', {
      ...scope,
      domains: ['treasury.govt.nz'],
    });
    expect([taken.status, taken.body.code]).toEqual([400, 'statement-refused']);
    const made = await calls.call('operator', 'POST', '/api/v1/agencies/tests/proposals', scope);
    expect(made.status).toBe(201);
    const listed = await calls.call('auditor', 'GET', '/api/v1/statements');
    expect(listed.body.items.map((each) => each.digest)).toContain(made.body.digest);
    expect((await calls.call('agent', 'GET', '/api/v1/statements')).status).toBe(403);
    const [one] = world.operators;
    const forged = signDigest(
      statementDigest('agency-scope', new TextEncoder().encode('x')),
      one.credentialId,
      one.privateKey,
    );
    const refused = await calls.call('operator', 'POST', `/api/v1/statements/${made.body.digest}/signatures`, {
      credentialId: one.credentialId,
      signature: forged,
    });
    expect(refused.body.code).toBe('signature-refused');
  });
});

describe('the API', () => {
  it('describes each of its routes', async () => {
    const { body } = await calls.call(undefined, 'GET', '/api/v1/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    const operations = Object.entries(body.paths);
    expect(operations.length).toBeGreaterThan(25);
    const ids = operations.flatMap(([, methods]) => Object.values(methods).map((each) => each.operationId));
    expect(new Set(ids).size).toBe(ids.length);
    expect(JSON.stringify(body)).not.toContain('undefined');
    for (const [path, methods] of operations) {
      for (const each of Object.values(methods)) expect(Object.keys(each.responses), path).toContain('4XX');
    }
  });

  it('never uses Host, and answers under its own names only', async () => {
    const evil = await calls.registration.app.inject({ url: '/api/v1/instance', headers: { host: 'evil.test' } });
    expect(evil.statusCode).toBe(421);
    expect(evil.body).not.toContain('evil.test');
    const address = await calls.registration.app.inject({ url: '/install', headers: { host: '127.0.0.1:1' } });
    expect(address.statusCode).toBe(308);
    expect(address.headers.location).toBe(`${world.instance.urls.portal}/install`);
    expect(
      (await calls.registration.app.inject({ url: '/api/v1/instance', headers: { host: '127.0.0.1' } })).statusCode,
    ).toBe(200);
  });

  it('audits refusals, and failed at nothing in all of this', async () => {
    await calls.call(undefined, 'GET', '/api/v1/orders');
    await calls.call('agent', 'GET', '/api/v1/audit-events');
    const audit = await waitUntil('refusals in the audit trail', async () => {
      const found = await calls.call('auditor', 'GET', '/api/v1/audit-events?kind=access.denied');
      return found.body.items.length >= 2 ? found : undefined;
    });
    const codes = audit.body.items.map((event) => event.detail.code);
    expect(codes).toEqual(expect.arrayContaining(['token-required', 'forbidden']));
    expect(JSON.stringify(audit.body)).not.toMatch(/see_[A-Za-z0-9_-]{43}/);
    expect(calls.registration.logged.filter(({ message }) => message === 'request failed')).toEqual([]);
  });
});
