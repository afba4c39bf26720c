import { sign, X509Certificate } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { signDigest, writeStatement } from '@see/statement';
import { encodeBase64 } from '@see/x509';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Calls, codesOf, only, openCalls } from '../support/registration-calls.ts';
import { bindCode, codeProof, csrOf, keyTag, makeWorld, newKey, type World } from '../support/world.ts';

let world: World;
let calls: Calls;

beforeAll(async () => {
  world = await makeWorld();
  calls = await openCalls(world);
});
afterAll(async () => {
  await calls?.registration.app.close();
  await world?.close();
});

describe('redemptions', () => {
  it('show a person’s order to whoever has the code, and give certificates for keys', async () => {
    const wish = {
      agencyId: 'treasury',
      applicantId: calls.person['grace.liu@treasury.govt.nz'],
      sponsorId: calls.person['susan.grant@treasury.govt.nz'],
      items: [{ profile: 'user-auth' }, { profile: 'user-sign' }],
    };
    const made = await calls.call('operator2', 'POST', '/api/v1/orders', wish);
    expect(made.body).toMatchObject({ kind: 'person', state: 'preparing', digest: null });
    const id: string = made.body.id;
    const draft = await world.owner.selectFrom('orders').select('draft').where('id', '=', id).executeTakeFirstOrThrow();
    const { key } = await bindCode(world, draft.draft as never);
    const early = await calls.call(undefined, 'POST', `/api/v1/redemptions/${id}/check`, { proof: '00'.repeat(48) });
    expect([early.status, early.body.code]).toEqual([410, 'not-redeemable']);
    const own = await calls.approve(id, world.operators[1], 'operator2');
    expect(own.body.code).toBe('party-to-order');
    expect((await calls.approve(id, world.operators[0])).body.state).toBe('approved');
    await world.signer.orders.run();

    const proof = Buffer.from(codeProof(key, id)).toString('hex');
    const answered = async (path: string, payload: unknown): ReturnType<Calls['call']> => {
      let answer: Awaited<ReturnType<Calls['call']>> | undefined;
      const pending = calls.call(undefined, 'POST', `/api/v1/redemptions/${id}/${path}`, payload).then((answered) => {
        answer = answered;
        return answered;
      });
      // The signer looks one time after the other, as its process does.
      while (answer === undefined) {
        await world.signer.redemptions.run();
        calls.registration.ra.wakeUps.wake('redemptions');
        await Promise.race([pending, sleep(50)]);
      }
      return pending;
    };
    const wrong = await answered('check', { proof: '00'.repeat(48) });
    expect(wrong.body).toMatchObject({ status: 403, code: 'code-wrong', triesLeft: 4 });
    expect(JSON.stringify(wrong.body)).not.toContain('Grace');
    const right = await answered('check', { proof });
    expect(right.body).toMatchObject({
      displayName: 'Grace Liu',
      email: 'grace.liu@treasury.govt.nz',
      agency: 'The Treasury',
    });
    expect(right.body.profiles.map((profile) => profile.id)).toEqual(['user-auth', 'user-sign']);

    const keys = [newKey(), newKey()].map((each) => ({
      csr: encodeBase64(csrOf(each)),
      tag: Buffer.from(keyTag(key, id, each.spki)).toString('hex'),
    }));
    expect((await answered('redeem', { keys: keys.slice(0, 1) })).status).toBe(400);
    const broken = Buffer.from(keys[0]?.csr ?? '', 'base64');
    broken[broken.length - 1] = (broken.at(-1) ?? 0) ^ 1;
    const bad = await answered('redeem', { keys: [{ ...keys[0], csr: broken.toString('base64') }, keys[1]] });
    expect(bad.body.code).toBe('csr-refused');
    const done = await answered('redeem', { keys });
    expect(done.body.certificates.map((each) => each.profile)).toEqual(['user-auth', 'user-sign']);
    const again = await calls.call(undefined, 'POST', `/api/v1/redemptions/${id}/redeem`, { keys });
    expect(again.body).toEqual(done.body);
    const other = await calls.call(undefined, 'POST', `/api/v1/redemptions/${id}/redeem`, {
      keys: [...keys].reverse(),
    });
    expect(other.status).toBe(410);
    const leaf = new X509Certificate(Buffer.from(only(done.body.certificates).certificate, 'base64'));
    expect(leaf.subject).toContain('CN=Grace Liu');
  });
});

describe('revocations', () => {
  async function userCertificate(
    profile = 'user-auth',
  ): Promise<{ sha256: string; serial: string; key: ReturnType<typeof newKey> }> {
    const key = newKey();
    const grace = calls.person['grace.liu@treasury.govt.nz'] ?? '';
    const wish = { ...calls.wish(key, profile), applicantId: grace, type: 'business-card-software' };
    const made = await calls.call('agent', 'POST', '/api/v1/orders', wish);
    expect(made.body.violations ?? []).toEqual([]);
    await calls.approve(made.body.id, world.operators[0]);
    await world.signer.orders.run();
    const shown = await calls.call('agent', 'GET', `/api/v1/orders/${made.body.id}`);
    return { key, ...only(shown.body.certificates) };
  }

  const status = async (sha256: string): Promise<unknown> =>
    (await calls.call('agent', 'GET', `/api/v1/certificates/${sha256}`)).body.status;

  it('go one way', async () => {
    const { sha256 } = await userCertificate();
    const revoke = (more: object) =>
      calls.call('agent', 'POST', '/api/v1/revocations', { certificate: sha256, action: 'revoke', ...more });
    expect((await revoke({ reason: 'cACompromise' })).status).toBe(400);
    expect((await revoke({ reason: 'superseded', invalidityDate: '2099-01-01T00:00:00Z' })).body.code).toBe(
      'revocation-refused',
    );
    expect((await revoke({ reason: 'superseded' })).status).toBe(201);
    expect(await status(sha256)).toMatchObject({ kind: 'revoked', reason: 'superseded' });
    expect((await revoke({ reason: 'superseded' })).body.code).toBe('wrong-state');
    expect(
      (await calls.call('agent', 'POST', '/api/v1/revocations', { certificate: sha256, action: 'hold' })).body.code,
    ).toBe('wrong-state');
  });

  it('hold, and release by the statement of an operator only', async () => {
    const { sha256, serial } = await userCertificate();
    expect(
      (await calls.call('agent', 'POST', '/api/v1/revocations', { certificate: sha256, action: 'hold' })).status,
    ).toBe(201);
    const shown = await calls.call('operator', 'GET', `/api/v1/certificates/${sha256}`);
    expect(shown.body.status.kind).toBe('held');
    const hold = only(shown.body.history);
    const now = Math.floor(Date.now() / 1000);
    const release = (holdId: number) =>
      writeStatement({
        v: 1,
        instance: world.instance.instance,
        kind: 'hold-release',
        subject: { ca: 'individual', serial, holdId },
        notBefore: now,
        notAfter: now + 3600,
        nonce: 'nonce-nonce-nonce-1',
      });
    for (const holdId of [hold.id + 1000, hold.id]) {
      const read = release(holdId);
      const proposed = await calls.call('operator', 'POST', '/api/v1/statements', { bytes: encodeBase64(read.bytes) });
      expect(proposed.body.digest).toBe(read.digest.toHex());
      const unsigned = await calls.call('operator', 'POST', '/api/v1/revocations', { statement: read.digest.toHex() });
      expect(unsigned.body.code).toBe('statement-refused');
      const [operator] = world.operators;
      const signature = signDigest(read.digest, operator.credentialId, operator.privateKey);
      const signed = { credentialId: operator.credentialId, signature };
      expect(
        (await calls.call('operator', 'POST', `/api/v1/statements/${read.digest.toHex()}/signatures`, signed)).status,
      ).toBe(201);
      const done = await calls.call('operator', 'POST', '/api/v1/revocations', { statement: read.digest.toHex() });
      expect(done.status).toBe(holdId === hold.id ? 201 : 400);
    }
    expect(await status(sha256)).toEqual({ kind: 'good' });
  });

  it('of gateways need two operators', async () => {
    const { sha256, serial } = await calls.issueGateway();
    const alone = await calls.call('operator', 'POST', '/api/v1/revocations', {
      certificate: sha256,
      action: 'revoke',
      reason: 'superseded',
    });
    expect([alone.status, only(codesOf(alone))]).toEqual([400, 'two-operators']);
    const now = Math.floor(Date.now() / 1000);
    const read = writeStatement({
      v: 1,
      instance: world.instance.instance,
      kind: 'certificate-revoke',
      subject: { kind: 'revoke', reason: 'superseded', certificates: [{ ca: 'gateway', serial }] },
      notBefore: now,
      notAfter: now + 3600,
      nonce: 'nonce-nonce-nonce-2',
    });
    await calls.call('operator', 'POST', '/api/v1/statements', { bytes: encodeBase64(read.bytes) });
    for (const [index, operator] of world.operators.entries()) {
      const signature = signDigest(read.digest, operator.credentialId, operator.privateKey);
      await calls.call('operator', 'POST', `/api/v1/statements/${read.digest.toHex()}/signatures`, {
        credentialId: operator.credentialId,
        signature,
      });
      const done = await calls.call('operator', 'POST', '/api/v1/revocations', { statement: read.digest.toHex() });
      expect(done.status).toBe(index === 0 ? 400 : 201);
    }
    expect(await status(sha256)).toMatchObject({ kind: 'revoked', reason: 'superseded' });
  });

  it('of gateways are no holds, however many operators ask', async () => {
    const { sha256, serial } = await calls.issueGateway();
    const now = Math.floor(Date.now() / 1000);
    const read = writeStatement({
      v: 1,
      instance: world.instance.instance,
      kind: 'certificate-revoke',
      subject: { kind: 'hold', reason: 'certificateHold', certificates: [{ ca: 'gateway', serial }] },
      notBefore: now,
      notAfter: now + 3600,
      nonce: 'nonce-nonce-nonce-3',
    });
    await calls.call('operator', 'POST', '/api/v1/statements', { bytes: encodeBase64(read.bytes) });
    for (const operator of world.operators) {
      const signature = signDigest(read.digest, operator.credentialId, operator.privateKey);
      await calls.call('operator', 'POST', `/api/v1/statements/${read.digest.toHex()}/signatures`, {
        credentialId: operator.credentialId,
        signature,
      });
    }
    const done = await calls.call('operator', 'POST', '/api/v1/revocations', { statement: read.digest.toHex() });
    expect([done.status, only(codesOf(done))]).toEqual([400, 'hold-not-permitted']);
    expect(await status(sha256)).toEqual({ kind: 'good' });
  });

  it('are the holder’s right, by the key alone, and then the key is blocked', async () => {
    const { sha256, key } = await userCertificate();
    const { instance } = (await calls.call(undefined, 'GET', '/api/v1/instance')).body;
    const jws = (by: ReturnType<typeof newKey>, change: object = {}): string => {
      const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
      const issuedAt = Math.floor(Date.now() / 1000);
      const body = {
        v: 1,
        instance,
        certificate: sha256,
        action: 'revoke',
        reason: 'keyCompromise',
        issuedAt,
        ...change,
      };
      const input = `${part({ alg: 'ES384', typ: 'see-revocation' })}.${part(body)}`;
      return `${input}.${sign('sha384', Buffer.from(input), { key: by.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
    };
    const send = (request: string) => calls.call(undefined, 'POST', '/api/v1/holder-revocations', { request });
    for (const request of [
      jws(newKey()),
      jws(key, { issuedAt: 1 }),
      jws(key, { instance: 'other' }),
      jws(key, { certificate: '00'.repeat(32) }),
    ]) {
      expect((await send(request)).body.code).toBe('signature-refused');
    }
    expect(await status(sha256)).toEqual({ kind: 'good' });
    const hold = { action: 'hold', reason: 'certificateHold' };
    const signing = await userCertificate('user-sign');
    const refused = await send(jws(signing.key, { ...hold, certificate: signing.sha256 }));
    expect(refused.body).toMatchObject({
      code: 'revocation-refused',
      violations: [{ code: 'hold-not-permitted', remedy: expect.stringContaining('revoke it instead') }],
    });
    expect((await send(jws(signing.key, { certificate: signing.sha256 }))).status).toBe(201);
    expect((await send(jws(key, hold))).status).toBe(201);
    expect(await status(sha256)).toMatchObject({ kind: 'held' });
    expect((await send(jws(key))).status).toBe(201);
    expect(await status(sha256)).toMatchObject({ kind: 'revoked', reason: 'keyCompromise' });
    const reused = await calls.call('agent', 'POST', '/api/v1/orders', {
      ...calls.wish(key, 'user-auth'),
      type: 'business-card-software',
    });
    expect(codesOf(reused)).toContain('key-blocked');
  });
});
