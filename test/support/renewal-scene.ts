import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodePem } from '@see/x509';
import { type AgedCertificate, ageCertificate } from './aged-certificate.ts';
import type { Answer, Calls } from './registration-calls.ts';
import { only } from './registration-calls.ts';
import { csrOf, newKey, type TestKey, type World } from './world.ts';

/** A certificate near its end, with its key. */
export interface Held extends AgedCertificate {
  readonly key: TestKey;
}

/** What the answers of renewals have. */
export interface RenewalBody {
  readonly orderId: string;
  readonly state: string;
  readonly certificate: { readonly sha256: string; readonly pem: string; readonly chain: readonly string[] } | null;
}

/** An answer to somebody without a token. */
export interface Sent extends Pick<Answer, 'status'> {
  readonly body: Answer['body'] & RenewalBody & { readonly detail: string };
  readonly renewal: RenewalBody;
}

/** Holders who renew with the openssl command. */
export class RenewalScene {
  readonly #world: World;
  readonly #calls: Calls;
  readonly folder = mkdtempSync(join(tmpdir(), 'see-renewal-'));
  #files = 0;
  #addresses = 0;
  #sponsor: string | undefined;

  constructor(world: World, calls: Calls) {
    this.#world = world;
    this.#calls = calls;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  write(content: Uint8Array | string): string {
    const file = join(this.folder, String(this.#files++));
    writeFileSync(file, content);
    return file;
  }

  /** Orders a certificate for the Treasury's gateway and has it issued, long ago. */
  async gateway(profile: string, daysLeft = 17, domains?: readonly string[]): Promise<Held> {
    const key = newKey();
    const wish = this.#calls.wish(key, profile);
    const items = wish.items.map((item) => (domains ? { ...item, domains } : item));
    return this.#certified({ ...wish, items }, key, daysLeft);
  }

  /** The same for a person of the Treasury. */
  async person(email: string, profile: string, daysLeft = 17): Promise<Held> {
    const key = newKey();
    const items = this.#calls.wish(key, profile).items;
    const { agentId: _agent, evidence: _evidence, ...wish } = this.#calls.wish(key);
    const applicantId = this.#calls.person[email];
    return this.#certified({ ...wish, applicantId, type: 'business-card-software', items }, key, daysLeft);
  }

  async #certified(wish: object, key: TestKey, daysLeft: number): Promise<Held> {
    const made = await this.asSponsor('/api/v1/orders', wish);
    if (made.statusCode !== 201) throw new Error(made.body);
    const { id } = made.json<{ id: string }>();
    await this.approve(id);
    const shown = await this.#calls.call('operator', 'GET', `/api/v1/orders/${id}`);
    return { ...(await ageCertificate(this.#world, only(shown.body.certificates).sha256, daysLeft)), key };
  }

  /** Sends as the Treasury's sponsor. */
  async asSponsor(url: string, payload: object) {
    const { registration, person } = this.#calls;
    this.#sponsor ??= await registration.token('sponsor', person['susan.grant@treasury.govt.nz'] ?? '', 'treasury');
    const headers = { host: 'localhost', authorization: `Bearer ${this.#sponsor}` };
    return registration.app.inject({ method: 'POST', url, headers, payload });
  }

  /** Has both operators approve, and the signer issue. */
  async approve(orderId: string): Promise<void> {
    const [one, two] = this.#world.operators;
    const first = await this.#calls.approve(orderId, one);
    if (first.status !== 200 && first.status !== 201) throw new Error(JSON.stringify(first.body));
    if (first.body.state === 'pending') await this.#calls.approve(orderId, two, 'operator2');
    await this.#world.signer.orders.run();
  }

  /** CMS by openssl, DER. */
  cms(
    content: Uint8Array | string,
    signer: Pick<Held, 'der' | 'key'>,
    options: readonly string[] = ['-md', 'sha384'],
  ): Uint8Array {
    const out = this.write('');
    const key = signer.key.privateKey.export({ type: 'pkcs8', format: 'pem' });
    execFileSync(
      'openssl',
      [
        ...['cms', '-sign', '-binary', '-nodetach', '-in', this.write(content), '-outform', 'DER', '-out', out],
        ...[
          '-signer',
          this.write(encodePem('CERTIFICATE', signer.der)),
          '-inkey',
          this.write(key.toString()),
          ...options,
        ],
      ],
      { stdio: 'pipe' },
    );
    return new Uint8Array(readFileSync(out));
  }

  /** The request of a renewal: a CSR, and what it replaces where that is not the signer. */
  content(key: TestKey = newKey(), replaced?: Pick<Held, 'der'>): string {
    const csr = encodePem('CERTIFICATE REQUEST', csrOf(key));
    return replaced ? `${encodePem('CERTIFICATE', replaced.der)}${csr}` : csr;
  }

  /** Sends from an address of its own, as limits count by address; from `address` when that is what a test is about. */
  async send(request: Uint8Array, path = 'renewals', address?: string): Promise<Sent> {
    this.#addresses += 1;
    const answer = await this.#calls.registration.app.inject({
      method: 'POST',
      url: `/api/v1/${path}`,
      remoteAddress: address ?? `10.1.${this.#addresses >> 8}.${this.#addresses & 255}`,
      headers: { host: 'localhost' },
      payload: { request: Buffer.from(request).toString('base64') },
    });
    const body = answer.json<Sent['body']>();
    return { status: answer.statusCode, body, renewal: body };
  }

  /** Renews by a signature of the certificate itself. */
  renew(held: Held, key: TestKey = newKey()): Promise<Sent> {
    return this.send(this.cms(this.content(key), held));
  }

  /** The sponsor's word, recorded by nobody who approves, and both approvals. */
  async agreeAndApprove(orderId: string): Promise<void> {
    const answer = await this.asSponsor(`/api/v1/orders/${orderId}/agree`, {});
    if (answer.statusCode !== 200) throw new Error(answer.body);
    await this.approve(orderId);
  }
}
