import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { encodePem } from '@see/x509';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Calls, openCalls } from '../support/registration-calls.ts';
import { type Held, type RenewalBody, RenewalScene } from '../support/renewal-scene.ts';
import { type CommandResult, runSee } from '../support/see-command.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
let calls: Calls;
let scene: RenewalScene;

beforeAll(async () => {
  world = await makeWorld();
  calls = await openCalls(world);
  scene = new RenewalScene(world, calls);
  await calls.registration.app.listen({ port: world.instance.ports.portal, host: '127.0.0.1' });
});
afterAll(async () => {
  scene?.remove();
  await calls?.registration.app.close();
  await world?.close();
});

/** Runs a command as somebody who has no token, or with the operator's. */
function see(args: readonly string[], token?: string): Promise<CommandResult> {
  const environment = { SEE_URL: world.instance.urls.portal, ...(token === undefined ? {} : { SEE_TOKEN: token }) };
  return runSee({ program: 'see', environment }, ...args);
}

function files(held: Held): { certificate: string; key: string } {
  const key = held.key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { certificate: scene.write(encodePem('CERTIFICATE', held.der)), key: scene.write(key) };
}

describe('see cert renew', () => {
  it('makes the new key, asks, and gets the certificate when it is run again', async () => {
    const old = await scene.gateway('gateway-sign');
    const { certificate, key } = files(old);
    const newKey = join(scene.folder, 'new.key');
    const out = join(scene.folder, 'new.pem');
    const command = ['cert', 'renew', certificate, '--key', key, '--new-key', newKey, '--out', out];
    const asked = await see([...command, '--json']);
    expect([asked.stderr, asked.code]).toEqual(['', 0]);
    const { orderId, state } = JSON.parse(asked.stdout) as RenewalBody;
    expect([state, existsSync(out), statSync(newKey).mode & 0o777]).toEqual(['pending', false, 0o600]);
    const agreed = await see(
      ['order', 'agree', orderId, '--note', 'letter TSY-2027-4'],
      calls.authorization('operator').slice(7),
    );
    expect([agreed.stderr, agreed.code]).toEqual(['', 0]);
    const noted = await see(['order', 'show', orderId, '--json'], calls.authorization('auditor').slice(7));
    expect((JSON.parse(noted.stdout) as { renewal: { agreedAt: string } }).renewal.agreedAt).toMatch(/^20/);
    // Whoever spoke for the sponsor does not approve, so the agreement is the only thing that is tried here.
    expect((await calls.approve(orderId, world.operators[1], 'operator2')).status).toBeLessThan(300);
    const again = await see(command);
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining(`${orderId} is pending`)]);
  });

  it('renews an encryption certificate by the signing one, to its issue and confirmation', async () => {
    const [signing, encrypting] = [await scene.gateway('gateway-sign'), await scene.gateway('gateway-encrypt')];
    const { certificate, key } = files(signing);
    const replaces = files(encrypting).certificate;
    const newKey = join(scene.folder, 'encrypt.key');
    const out = join(scene.folder, 'encrypt.pem');
    const command = ['cert', 'renew', certificate, '--key', key, '--replaces', replaces, '--new-key', newKey, '--rsa'];
    const asked = await see([...command, '--json']);
    const { orderId } = JSON.parse(asked.stdout) as RenewalBody;
    await scene.agreeAndApprove(orderId);
    const done = await see([...command, '--out', out]);
    expect([done.stderr, done.code]).toEqual(['', 0]);
    const made = new X509Certificate(readFileSync(out));
    expect(made.subject).toContain('domain-confidentiality-authority');
    expect(made.publicKey.asymmetricKeyType).toBe('rsa');
    const shown = async (): Promise<string> => {
      const serial = made.serialNumber.toLowerCase();
      return (await see(['cert', 'show', serial], calls.authorization('operator').slice(7))).stdout;
    };
    expect(await shown()).toContain('The directory waits');
    const confirmed = await see(['cert', 'confirm', out, '--signer', certificate, '--key', key]);
    expect([confirmed.stderr, confirmed.code]).toEqual(['', 0]);
    expect(await shown()).not.toContain('The directory waits');
  });

  it('refuses a key that is not the certificate’s, and what is too early, with the day', async () => {
    const old = await scene.gateway('gateway-sign');
    const wrong = await see([
      'cert',
      'renew',
      files(old).certificate,
      '--key',
      files(await scene.gateway('gateway-sign')).key,
      '--new-key',
      join(scene.folder, 'a.key'),
    ]);
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('is not the key of')]);
    const young = await scene.gateway('gateway-sign', 40);
    const { certificate, key } = files(young);
    const early = await see(['cert', 'renew', certificate, '--key', key, '--new-key', join(scene.folder, 'b.key')]);
    expect([early.code, early.stderr]).toEqual([1, expect.stringMatching(/can be renewed from 20\d\d-\d\d-\d\d on/)]);
  });
});

describe('see cert calendar', () => {
  it('writes a calendar without a token', async () => {
    const { certificate } = files(await scene.gateway('gateway-sign'));
    const out = join(scene.folder, 'renew.ics');
    expect((await see(['cert', 'calendar', certificate, '--out', out])).code).toBe(0);
    expect(readFileSync(out, 'utf8')).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]+END:VCALENDAR\r\n$/);
  });
});
