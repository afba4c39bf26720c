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

  /** The path of a file that the evaluation instance came with. */
  file(name: string): string {
    return join(this.#instance.dataDir, 'evaluation', name);
  }

  /** What is in such a file. */
  secret(name: string): string {
    return readFileSync(this.file(name), 'utf8').trim();
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

  /** The id of somebody of the Treasury. */
  async id(email: string): Promise<string> {
    const people = `/api/v1/people?agency=treasury&q=${encodeURIComponent(email)}`;
    const { items } = await this.api<{ items: { id: string; email: string }[] }>('operator1', 'GET', people);
    return items.find((person) => person.email === email)?.id ?? '';
  }

  /** Enters somebody into the registry, of the Treasury; returns their address. */
  async newPerson(givenName: string, surname: string): Promise<string> {
    const email = `${givenName}.${surname}@treasury.govt.nz`.toLowerCase();
    const person = { agencyId: 'treasury', givenName, surname, email };
    await this.api('treasury-sponsor', 'POST', '/api/v1/people', person);
    return email;
  }

  /** Orders certificates for somebody of the Treasury; returns the order's id. */
  order(email: string, profiles: readonly string[]): Promise<string> {
    return this.#order(
      email,
      profiles.map((profile) => ({ profile })),
    );
  }

  /** Orders a certificate for a gateway of the Treasury, which brings its request (PEM); returns the order's id. */
  gatewayOrder(csr: string, profile = 'gateway-sign', evidence?: object): Promise<string> {
    return this.#order('grace.liu@treasury.govt.nz', [{ profile, csr }], evidence);
  }

  /** The same for several, each with its profile and request. */
  gatewayOrders(items: readonly { readonly profile: string; readonly csr: string }[]): Promise<string> {
    return this.#order('grace.liu@treasury.govt.nz', items);
  }

  async #order(email: string, items: readonly object[], evidence?: object): Promise<string> {
    const order = await this.api<{ id: string }>('treasury-sponsor', 'POST', '/api/v1/orders', {
      agencyId: 'treasury',
      applicantId: await this.id(email),
      sponsorId: await this.id('susan.grant@treasury.govt.nz'),
      items,
      ...(evidence ? { evidence } : {}),
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
    await this.approveAs('operator1', orderId);
  }

  /** Approves with somebody's key file. */
  async approveAs(operator: string, orderId: string): Promise<void> {
    await this.#instance.seeJson('order', 'approve', orderId, '--key', this.file(`${operator}.key.json`), '--yes');
  }

  /** Has both operators approve, as gateways need, and waits for the certificate; returns its SHA-256. */
  async issue(orderId: string): Promise<string> {
    for (const operator of ['operator1', 'operator2']) await this.approveAs(operator, orderId);
    await waitUntil('the certificate', async () => (await this.certificatesOf(orderId)).length > 0, 20_000);
    return (await this.certificatesOf(orderId))[0] ?? '';
  }

  /** Signs a proposed statement with key files. */
  async sign(digest: string, signers: readonly string[]): Promise<void> {
    for (const who of signers)
      await this.#instance.seeJson('statement', 'sign', digest, '--key', this.file(`${who}.key.json`), '--yes');
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

  /** The link out of the mail of a template to an address. */
  async linkFrom(template: string, path: string, address: string): Promise<string> {
    const folder = this.#instance.layout.outboxDir;
    let link: string | undefined;
    const look = async (): Promise<boolean> => {
      for (const name of readdirSync(folder).filter((each) => each.endsWith(`-${template}.eml`))) {
        const { text = '', to = [] } = await PostalMime.parse(readFileSync(join(folder, name)));
        if (to.some((each) => each.address === address)) link = new RegExp(`${path}/[A-Za-z0-9_-]{43}`).exec(text)?.[0];
      }
      return link !== undefined;
    };
    await waitUntil(`the mail ${template} to ${address}`, look, 20_000);
    return link ?? '';
  }

  /** SHA-256 of the certificates of an order, hex, in the order of its profiles. */
  async certificatesOf(orderId: string): Promise<readonly string[]> {
    const order = await this.api<{ certificates: { sha256: string }[] }>(
      'operator1',
      'GET',
      `/api/v1/orders/${orderId}`,
    );
    return order.certificates.map(({ sha256 }) => sha256);
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
