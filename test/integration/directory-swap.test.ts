import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Calls, openCalls } from '../support/registration-calls.ts';
import { type Held, RenewalScene } from '../support/renewal-scene.ts';
import { propose } from '../support/statements.ts';
import { waitUntil } from '../support/wait-until.ts';
import { makeWorld, newKey, type World } from '../support/world.ts';
import { openVa, type TestVa, whenReady } from './va-harness.ts';

let world: World;
let calls: Calls;
let scene: RenewalScene;
let va: TestVa;
const MAIL = 'domain-confidentiality-authority@treasury.govt.nz';

beforeAll(async () => {
  world = await makeWorld();
  calls = await openCalls(world);
  scene = new RenewalScene(world, calls);
  va = await openVa(world);
  await whenReady(world, va);
});
afterAll(async () => {
  await va?.close();
  scene?.remove();
  await calls?.registration.app.close();
  await world?.close();
});

/** The one certificate that the directory has for an address; several or none as text. */
async function listed(mail = MAIL): Promise<string> {
  const answer = await fetch(`${va.url}/certs/search.cgi?email=${encodeURIComponent(mail)}`);
  const octets = new Uint8Array(await answer.arrayBuffer());
  if (answer.status !== 200) return `status ${answer.status}`;
  if (answer.headers.get('content-type') !== 'application/pkix-cert') return 'several';
  return Buffer.from(octets).toString('hex');
}

const hex = ({ der }: { readonly der: Uint8Array }): string => Buffer.from(der).toString('hex');

async function members(): Promise<string[]> {
  const list = (await (await fetch(`${va.url}/members.json`)).json()) as {
    members: { agency: string; dca: { sha256: string }[] }[];
  };
  return list.members.find(({ agency }) => agency === 'treasury')?.dca.map(({ sha256 }) => sha256) ?? [];
}

/** Has an encryption certificate renewed by the gateway's signing certificate; returns the new one. */
async function renewed(
  signing: Held,
  encrypting: Held,
): Promise<{ sha256: string; der: Uint8Array; key: Held['key'] }> {
  const key = newKey();
  const request = scene.cms(scene.content(key, encrypting), signing);
  const { renewal } = await scene.send(request);
  await scene.agreeAndApprove(renewal.orderId);
  const { certificate } = (await scene.send(request)).renewal;
  if (!certificate) throw new Error('not issued');
  const der = new Uint8Array(Buffer.from(certificate.pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64'));
  return { sha256: certificate.sha256, der, key };
}

interface Shown {
  readonly renewal: { readonly directory: string | null; readonly confirmedAt: string | null };
}
const show = async (sha256: string): Promise<Shown['renewal']> =>
  ((await calls.call('operator', 'GET', `/api/v1/certificates/${sha256}`)).body as unknown as Shown).renewal;

/** Whether the directory offers this certificate for an address, alone or among others. */
async function offers(one: { readonly der: Uint8Array }, mail = MAIL): Promise<boolean> {
  const answer = await fetch(`${va.url}/certs/search.cgi?email=${encodeURIComponent(mail)}`);
  return Buffer.from(await answer.arrayBuffer()).includes(Buffer.from(one.der));
}

/** What va has heard of by now. */
const issued = (one: { readonly der: Uint8Array }): Promise<unknown> =>
  waitUntil('va knows the new certificate', async () => {
    const key = createHash('sha1').update(one.der).digest('base64').slice(0, 27);
    return (await fetch(`${va.url}/certs/search.cgi?certHash=${encodeURIComponent(key)}`)).status === 200;
  });

describe('the directory', () => {
  let signing: Held;
  let first: Held;
  let second: { sha256: string; der: Uint8Array; key: Held['key'] };

  it('has the first encryption certificate of a gateway when it is issued', async () => {
    signing = await scene.gateway('gateway-sign', 25);
    first = await scene.gateway('gateway-encrypt', 25);
    // The one that was issued today, of which this is the older copy, would be there beside it.
    await waitUntil('both are there', async () => (await listed()) === 'several');
    expect((await show(first.sha256)).directory).toBe('listed');
  });

  it('goes on with it until the holder has confirmed the next', async () => {
    second = await renewed(signing, first);
    await issued(second);
    expect((await show(second.sha256)).directory).toBe('waits');
    expect([await offers(first), await offers(second)]).toEqual([true, false]);
    expect(await members()).not.toContain(second.sha256);
  });

  it('takes no confirmation of others, of other content, or for what it never has', async () => {
    const other = await scene.person('grace.liu@treasury.govt.nz', 'user-sign');
    const stranger = await scene.send(scene.cms(second.der, other), 'confirmations');
    expect([stranger.status, stranger.body.code]).toEqual([400, 'renewal-refused']);
    const request = await scene.send(scene.cms(scene.content(newKey(), second), signing), 'confirmations');
    expect([request.status, request.body.code]).toEqual([400, 'renewal-refused']);
    const signs = await scene.send(scene.cms(signing.der, signing), 'confirmations');
    expect([signs.status, signs.body.code]).toEqual([409, 'wrong-state']);
    expect((await calls.call('dpmc', 'POST', `/api/v1/certificates/${second.sha256}/confirm`, {})).status).toBe(404);
    expect((await calls.call('auditor', 'POST', `/api/v1/certificates/${second.sha256}/confirm`, {})).status).toBe(403);
    expect((await show(second.sha256)).directory).toBe('waits');
  });

  it('has the next one in its place once the gateway’s signing certificate confirms it', async () => {
    const answer = await scene.send(scene.cms(second.der, signing), 'confirmations');
    expect(answer.status).toBe(200);
    await waitUntil('the directory has changed over', async () => (await offers(second)) && !(await offers(first)));
    expect((await show(second.sha256)).confirmedAt).not.toBeNull();
    // Again is no error and no second event.
    expect((await scene.send(scene.cms(second.der, signing), 'confirmations')).status).toBe(200);
    const events = await world.owner
      .selectFrom('audit_events')
      .select('detail')
      .where('kind', '=', 'renewal.confirmed')
      .where('outcome', '=', 'success')
      .execute();
    expect(events).toHaveLength(1);
  });

  it('is told by a start what was confirmed before it', async () => {
    await va.close();
    va = await openVa(world);
    await whenReady(world, va);
    await issued(second);
    await waitUntil('everything is examined', () => offers(second));
    expect(await offers(first)).toBe(false);
    const dca = await waitUntil('the member list', async () => {
      const found = await members();
      return found.includes(second.sha256) ? found : undefined;
    });
    expect(dca).not.toContain(first.sha256);
  });

  it('takes the word of the agency’s people too, and has the old one again when the new one is revoked', async () => {
    const mail = 'grace.liu@treasury.govt.nz';
    const hers = await scene.person(mail, 'user-sign');
    const old = await scene.person(mail, 'user-encrypt');
    await waitUntil('hers are there', async () => (await listed(mail)) === 'several');
    const today = await world.owner
      .selectFrom('certificates as c')
      .innerJoin('certificate_bytes as b', 'b.certificate_id', 'c.id')
      .select(['b.der', 'c.sha256'])
      .where('c.profile_id', '=', 'user-encrypt')
      .where('c.sha256', '<>', Uint8Array.fromHex(old.sha256))
      .executeTakeFirstOrThrow();
    // Only the older copy is left of what was issued for the test.
    await revoke(Buffer.from(today.sha256).toString('hex'));
    await waitUntil('the older one alone', async () => (await listed(mail)) === hex(old));
    const request = scene.cms(scene.content(newKey(), old), hers);
    const { renewal } = await scene.send(request);
    await scene.approve(renewal.orderId);
    const next = (await scene.send(request)).renewal.certificate;
    const confirm = `/api/v1/certificates/${next?.sha256}/confirm`;
    expect(await listed(mail)).toBe(hex(old));
    expect((await scene.asSponsor(confirm, {})).statusCode).toBe(200);
    await waitUntil('the new one', async () => {
      const found = await listed(mail);
      return found !== hex(old) && found.length > 100;
    });
    await revoke(next?.sha256 ?? '');
    await waitUntil('the old one again', async () => (await listed(mail)) === hex(old));
  });

  it('offers nothing to encrypt to for an agency that is suspended, and all of it again afterwards', async () => {
    const mail = 'grace.liu@treasury.govt.nz';
    const before = await listed(mail);
    expect(before.length).toBeGreaterThan(100);
    const reason = { agencyId: 'treasury', reason: 'a test' };
    expect(await propose(world, 'agency-suspend', reason, world.operators)).toBe(1);
    await waitUntil(
      'it is gone',
      async () => (await listed(mail)) === 'status 404' && (await listed()) === 'status 404',
    );
    const sha1 = createHash('sha1').update(Buffer.from(before, 'hex')).digest('base64').replace(/=$/, '');
    const byHash = await fetch(`${va.url}/certs/search.cgi?certHash=${encodeURIComponent(sha1)}`);
    expect(byHash.status).toBe(200);
    expect(await propose(world, 'agency-resume', reason, world.operators)).toBe(1);
    await waitUntil('it is back', async () => (await listed(mail)) === before);
  });
});

async function revoke(sha256: string): Promise<void> {
  const answer = await calls.call('operator', 'POST', '/api/v1/revocations', {
    certificate: sha256,
    action: 'revoke',
    reason: 'superseded',
  });
  if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
}
