import { createHash } from 'node:crypto';
import type { App } from '@see/http';
import { expect } from 'vitest';
import { buildApp } from '../../services/ra/src/app.ts';
import type { Ra } from '../../services/ra/src/ra.ts';
import { ConsoleBrowser, type Page } from './console-browser.ts';
import { NO_ASSETS } from './registration.ts';
import { type Answer, type Calls, openCalls } from './registration-calls.ts';
import {
  type Party,
  registrationOf,
  type SoftwarePasskey,
  softwarePasskey,
  touchOf,
} from './software-authenticator.ts';
import { makeWorld, type World } from './world.ts';

/** A session as the API lists it. */
export interface SessionItem {
  readonly id: string;
  readonly personId: string;
  readonly role: string;
  readonly method: string;
  readonly means: string;
}

/** What the page of a registration link is told. */
export interface Begun {
  readonly displayName: string;
  readonly options: {
    readonly challenge: string;
    readonly user: { readonly id: string };
    readonly excludeCredentials: readonly { readonly id: string }[];
  };
}

interface AuditRow {
  readonly object_id: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** A world with a registration authority, and what people do to sign in to it. */
export class SignInCalls {
  readonly world: World;
  readonly calls: Calls;
  /** The token of an administrator. */
  readonly administrator: string;
  readonly #opened: App[] = [];
  #addresses = 0;
  #touches = 0;

  constructor(world: World, calls: Calls, administrator: string) {
    this.world = world;
    this.calls = calls;
    this.administrator = administrator;
  }

  personOf(email: string): string {
    return this.calls.person[email] ?? '';
  }

  /** The first operator. */
  mere(): string {
    return this.personOf('mere.tahana@ssc.govt.nz');
  }

  party(): Party {
    return { origin: this.world.instance.urls.portal, rpId: this.world.instance.rpId };
  }

  /** Sets the registration authority's clock ahead; 0 sets it right again. */
  later(minutes: number): void {
    const ahead = minutes * 60_000;
    const at = Date.now() + ahead;
    this.calls.registration.clock = () => (ahead === 0 ? new Date() : new Date(at));
  }

  /** A browser at an address of its own, so that tests do not lock each other out. */
  browser(app: App = this.calls.registration.app, address?: string): ConsoleBrowser {
    this.#addresses += 1;
    return new ConsoleBrowser(app, this.world.instance.urls.portal, address ?? `192.0.2.${this.#addresses}`);
  }

  /** The same registration authority in another process, with what is different. */
  async another(change: Partial<Ra> = {}): Promise<App> {
    const app = await buildApp({ ...this.calls.registration.ra, ...change }, NO_ASSETS);
    await app.ready();
    this.#opened.push(app);
    return app;
  }

  async signedIn(token: string): Promise<ConsoleBrowser> {
    const one = this.browser();
    expect((await one.form('/console/sign-in', { token })).location).toBe('/console');
    return one;
  }

  /** Calls the API with a token; the status is a member of the answer. */
  async call(token: string, method: 'GET' | 'POST', url: string, payload?: object): Promise<Answer['body']> {
    const headers = { host: 'localhost', authorization: `Bearer ${token}` };
    const { app } = this.calls.registration;
    const answer = await app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
    return Object.assign(answer.json<Answer['body']>(), { status: answer.statusCode }) as unknown as Answer['body'];
  }

  /** Every session that a token lists, page by page. */
  async sessions(token: string): Promise<readonly SessionItem[]> {
    const all: SessionItem[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const url = `/api/v1/sessions?limit=3${cursor && `&cursor=${cursor}`}`;
      const page: Answer['body'] = await this.call(token, 'GET', url);
      all.push(...(page.items as unknown as SessionItem[]));
      cursor = page.next;
    }
    return all;
  }

  /** The public name of the session whose cookie a browser has. */
  async sessionOf(one: ConsoleBrowser): Promise<string> {
    const cookie = one.cookies.get('see-session') ?? '';
    const digest = createHash('sha256').update(`see-pki/session/v1\0${cookie}`).digest();
    const row = await this.world.owner
      .selectFrom('sessions')
      .select('id')
      .where('id_sha256', '=', new Uint8Array(digest))
      .executeTakeFirstOrThrow();
    return row.id;
  }

  /** Audit events of a kind, the newest first. */
  async audit(kind: string): Promise<readonly AuditRow[]> {
    const rows = await this.world.owner
      .selectFrom('audit_events')
      .select(['object_id', 'detail'])
      .where('kind', '=', kind)
      .orderBy('id', 'desc')
      .execute();
    return rows as AuditRow[];
  }

  /** Why the last sign-in, or registration of a passkey, failed, as the audit trail has it. */
  async lastReason(kind = 'access.sign-in'): Promise<unknown> {
    return (await this.audit(kind))[0]?.detail['reason'];
  }

  /** What a new registration link carries. */
  async link(personId: string): Promise<string> {
    const made = await this.call(this.administrator, 'POST', `/api/v1/people/${personId}/sign-in-links`, {});
    return new URL((made as unknown as { url: string }).url).hash.slice(1);
  }

  async begin(one: ConsoleBrowser, secret: string): Promise<Begun> {
    const begun = await one.post('/console/passkey/challenge', { link: secret });
    expect(begun.status, begun.text).toBe(200);
    return begun.json as unknown as Begun;
  }

  /** Registers a passkey for a person, as its page does. */
  async registered(personId: string, crv: 'P-256' | 'P-384' = 'P-384'): Promise<SoftwarePasskey> {
    const key = softwarePasskey(crv);
    const one = this.browser();
    const { options } = await this.begin(one, await this.link(personId));
    key.userHandle = options.user.id;
    const sent = { label: 'test key', ...registrationOf(key, options.challenge, this.party()) };
    const done = await one.post('/console/passkey', sent);
    expect(done.status, done.text).toBe(201);
    return key;
  }

  async challengeFor(one: ConsoleBrowser): Promise<string> {
    return (await one.post('/console/sign-in/passkey/challenge', {})).json['challenge'] as string;
  }

  /** Signs in by a touch, as its page does, with what is different. */
  async touched(one: ConsoleBrowser, key: SoftwarePasskey, change: Parameters<typeof touchOf>[3] = {}): Promise<Page> {
    this.#touches += 1;
    const challenge = await this.challengeFor(one);
    const answer = touchOf(key, challenge, this.party(), { signCount: this.#touches, ...change });
    return one.post('/console/sign-in/passkey', { ...answer, next: '/console/orders' });
  }

  async close(): Promise<void> {
    for (const app of this.#opened) await app.close();
    await this.calls.registration.app.close();
    await this.world.close();
  }
}

export async function openSignInCalls(): Promise<SignInCalls> {
  const world = await makeWorld();
  const calls = await openCalls(world);
  const administrator = await calls.registration.token('administrator', calls.person['aroha.ngata@ssc.govt.nz'] ?? '');
  return new SignInCalls(world, calls, administrator);
}
