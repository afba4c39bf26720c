import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import type { TestInstance } from './instance.ts';
import { waitUntil } from './wait-until.ts';

/** What sponsors and operators of an evaluation instance do, so that a person gets a code. */
export class EvaluationPeople {
  readonly #instance: TestInstance;

  constructor(instance: TestInstance) {
    this.#instance = instance;
  }

  secret(name: string): string {
    return readFileSync(join(this.#instance.dataDir, 'evaluation', name), 'utf8').trim();
  }

  async api<T>(who: string, method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.#instance.urls.portal}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.secret(`${who}.token`)}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(await response.text());
    return (await response.json()) as T;
  }

  /** Orders certificates for somebody of the Treasury; returns the order's id. */
  async order(email: string, profiles: readonly string[]): Promise<string> {
    const { items } = await this.api<{ items: { id: string; email: string }[] }>(
      'operator1',
      'GET',
      '/api/v1/people?agency=treasury',
    );
    const id = (address: string): string => items.find((person) => person.email === address)?.id ?? '';
    const order = await this.api<{ id: string }>('treasury-sponsor', 'POST', '/api/v1/orders', {
      agencyId: 'treasury',
      applicantId: id(email),
      sponsorId: id('susan.grant@treasury.govt.nz'),
      items: profiles.map((profile) => ({ profile })),
    });
    return order.id;
  }

  /** Approves as the first operator does. */
  async approve(orderId: string): Promise<void> {
    await waitUntil(
      'the content of the order',
      async () =>
        (await this.api<{ state: string }>('operator1', 'GET', `/api/v1/orders/${orderId}`)).state === 'pending',
      20_000,
    );
    const key = join(this.#instance.dataDir, 'evaluation', 'operator1.key.json');
    const approved = await this.#instance.see('order', 'approve', orderId, '--key', key, '--yes');
    if (approved.code !== 0) throw new Error(approved.stdout + approved.stderr);
  }

  /** The code out of the mail that the person got. */
  async code(orderId: string): Promise<string> {
    const reference = orderId.slice(0, 8).toUpperCase();
    const folder = this.#instance.layout.outboxDir;
    const find = (): string | undefined =>
      readdirSync(folder)
        .filter((name) => name.endsWith('-code.eml'))
        .map((name) => readFileSync(join(folder, name), 'latin1'))
        .find((mail) => mail.includes(reference));
    await waitUntil('the mail with the code', () => find() !== undefined, 20_000);
    const mail = find() ?? '';
    return /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/.exec(mail.slice(mail.indexOf('\r\n\r\n')))?.[0] ?? '';
  }

  /** The link out of the newest mail of a template to an address. */
  async linkFrom(template: string, path: string): Promise<string> {
    const folder = this.#instance.layout.outboxDir;
    const names = (): string[] => readdirSync(folder).filter((name) => name.endsWith(`-${template}.eml`));
    await waitUntil(`the mail ${template}`, () => names().length > 0, 20_000);
    const [name = ''] = names();
    const { text = '' } = await PostalMime.parse(readFileSync(join(folder, name)));
    return new RegExp(`${path}/[A-Za-z0-9_-]{43}`).exec(text)?.[0] ?? '';
  }

  /** Orders, approves and reads the mail. */
  async codeFor(email: string, profiles: readonly string[]): Promise<{ orderId: string; code: string }> {
    const orderId = await this.order(email, profiles);
    await this.approve(orderId);
    return { orderId, code: await this.code(orderId) };
  }

  /** A home folder whose NSS store trusts the instance's root, as Chromium uses it. Needs certutil. */
  async home(folder: string): Promise<string> {
    const store = `sql:${join(folder, '.pki', 'nssdb')}`;
    mkdirSync(join(folder, '.pki', 'nssdb'), { recursive: true });
    const root = await (await fetch(`${this.#instance.urls.va}/ca/root.cer`)).arrayBuffer();
    writeFileSync(join(folder, 'root.cer'), new Uint8Array(root));
    execFileSync('certutil', ['-N', '-d', store, '--empty-password']);
    execFileSync('certutil', ['-A', '-d', store, '-n', 'root', '-t', 'C,,', '-i', join(folder, 'root.cer')]);
    return folder;
  }

  /** Imports a .p12 file into the store of a home folder, as the page for Linux says. Needs pk12util. */
  importFile(home: string, file: string, passphrase: string): void {
    execFileSync('pk12util', ['-d', `sql:${join(home, '.pki', 'nssdb')}`, '-i', file, '-W', passphrase], {
      stdio: 'pipe',
    });
  }
}
