import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePorts } from '../support/free-ports.ts';
import { newInstance, type TestInstance } from '../support/instance.ts';
import { TestProvider } from '../support/oidc-provider.ts';

const SECRET = 'a secret that only these two know';
let folder: string;
let provider: TestProvider;
let instance: TestInstance;
let portal: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'see-oidc-'));
  const [port = 0] = await freePorts(1);
  portal = `http://localhost:${port}`;
  provider = await TestProvider.start([`${portal}/console/sign-in/oidc/callback`], SECRET);
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };
  instance = await newInstance({
    environment: {
      SEE_PORTAL_PORT: String(port),
      SEE_OIDC_ISSUER: provider.issuer,
      SEE_OIDC_CLIENT_ID: 'see',
      SEE_OIDC_CLIENT_SECRET_FILE: file('secret', `${SECRET}\n`),
      SEE_OIDC_ACR_VALUES: 'urn:mfa',
      SEE_OIDC_NAME: 'Agency login',
      NODE_EXTRA_CA_CERTS: file('provider.pem', provider.certificate),
    },
  });
  await instance.start('start');
});
afterAll(async () => {
  await instance?.remove();
  await provider?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** A browser as far as these pages need one. */
class Visitor {
  readonly #cookies = new Map<string, string>();

  async get(url: string): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(new URL(url, portal), { redirect: 'manual', headers: { cookie, accept: 'text/html' } });
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return answer;
  }

  async signIn(): Promise<Response> {
    const sent = await this.get('/console/sign-in/oidc');
    const answer = await provider.visit(sent.headers.get('location') ?? '', portal);
    const page = await (await this.get(answer.href)).text();
    const [, onward = ''] = /http-equiv="refresh" content="0; url=([^"]+)"/.exec(page) ?? [];
    return this.get(onward.replaceAll('&amp;', '&'));
  }
}

describe('an instance with an OpenID provider', () => {
  it('signs in whose account an administrator added by the command line, with the settings of its start', async () => {
    const { items } = await instance.seeJson<{ items: { id: string; email: string }[] }>('person', 'list');
    const mere = items.find(({ email }) => email === 'mere.tahana@ssc.govt.nz')?.id ?? '';
    await provider.behave({ subject: 'mere-at-agency', acr: 'urn:mfa' });
    const before = await new Visitor().signIn();
    expect(before.status).toBe(401);
    expect(await before.text()).toContain('mere-at-agency');
    const added = await instance.see('person', 'account-add', mere, 'mere-at-agency');
    expect(added.code, added.stderr).toBe(0);
    const visitor = new Visitor();
    expect((await visitor.signIn()).headers.get('location')).toBe('/console');
    const home = await visitor.get('/console');
    expect([home.status, (await home.text()).includes('Mere Tahana')]).toEqual([200, true]);
    const listed = await instance.seeJson<{ items: { id: string }[] }>('person', 'accounts', mere);
    const removed = await instance.see('person', 'account-remove', listed.items[0]?.id ?? '');
    expect(removed.code, removed.stderr).toBe(0);
    expect((await visitor.get('/console')).status).toBe(303);
    expect(readFileSync(join(instance.layout.logsDir, 'ra.log'), 'utf8')).not.toContain(SECRET);
  });

  it('starts while the provider is away, and keeps the other ways open', async () => {
    await provider.stop();
    await instance.see('stop');
    await instance.start('up');
    const away = await new Visitor().get('/console/sign-in/oidc');
    expect(away.status).toBe(503);
    expect(await away.text()).toContain('Agency login does not answer');
    expect((await new Visitor().get('/console/sign-in')).status).toBe(200);
  });
});
