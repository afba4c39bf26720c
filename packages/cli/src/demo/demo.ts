import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { refused } from '@see/domain';
import { signDigest } from '@see/statement';
import { encodePem, parseCertificate, parseCertificatePolicies, parseCrl } from '@see/x509';
import type { ApiClient } from '../api-client.ts';
import type { CommandContext } from '../command-context.ts';
import { redeem } from '../commands/redeem.ts';
import { renderOrder } from '../commands/render-order.ts';
import { type ApprovalKey, readApprovalKey } from '../keys/approval-key.ts';
import { checkResults } from './check-results.ts';
import { opensslCsr } from './openssl.ts';

interface Person {
  readonly id: string;
  readonly email: string | null;
  readonly agencyId: string | null;
}

interface OrderView {
  readonly id: string;
  readonly state: string;
  readonly stateReason: string | null;
  readonly certificates: readonly { readonly sha256: string; readonly serial: string; readonly profile: string }[];
}

export interface DemoResult {
  readonly folder: string;
  readonly checks: readonly string[];
}

const CRL_IDS = ['root', 'gateway', 'individual', 'tls', 'operations'];

/**
 * Does the main job on a running evaluation instance: gateways by CSRs of the openssl command, a server, a person by a
 * one-time code, one certificate revoked. Leaves in `folder` what a sceptic needs, and checks it with the openssl command.
 */
export class Demo {
  readonly #context: CommandContext;
  readonly #folder: string;
  readonly #say: (text: string) => void;
  readonly #operators: readonly ApprovalKey[];
  readonly #operator: ApiClient;

  constructor(context: CommandContext, folder: string, say: (text: string) => void) {
    this.#context = context;
    this.#folder = folder;
    this.#say = say;
    const { instance, dataDir } = context.local();
    if (instance.preset !== 'evaluation')
      throw refused(
        'not-evaluation',
        'the demo uses the generated keys of an evaluation instance; this one is for production',
      );
    this.#operators = ['operator1', 'operator2'].map((name) =>
      readApprovalKey(join(dataDir, 'evaluation', `${name}.key.json`), undefined),
    );
    this.#operator = context.api('operator1');
  }

  async run(): Promise<DemoResult> {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    await this.#publicFiles();
    await this.#gateway();
    await this.#server();
    await this.#person();
    const revoked = await this.#revoked();
    await this.#crls(revoked);
    this.#manifest();
    this.#say('Checking everything with the openssl command');
    const checks = await checkResults(this.#folder, this.#context.vaUrl(), this.#say);
    return { folder: this.#folder, checks };
  }

  async #publicFiles(): Promise<void> {
    this.#say('Taking the root and the issuing CAs from the validation authority');
    const chain = await this.#fetch('/ca/chain.pem');
    writeFileSync(join(this.#folder, 'chain.pem'), chain);
    const root = parseCertificate(await this.#fetch('/ca/root.cer'));
    writeFileSync(join(this.#folder, 'root.pem'), encodePem('CERTIFICATE', root.der));
  }

  async #gateway(): Promise<void> {
    this.#say(
      "Treasury's gateway administrator makes two keys and CSRs with openssl: P-384 to sign, RSA-3072 to encrypt",
    );
    const signCsr = await opensslCsr(this.#folder, 'gateway-sign', 'P-384');
    const encryptCsr = await opensslCsr(this.#folder, 'gateway-encrypt', 'RSA-3072');
    const order = await this.#order(
      'treasury',
      'grace.liu@treasury.govt.nz',
      'susan.grant@treasury.govt.nz',
      'treasury-sponsor',
      [
        { profile: 'gateway-sign', csr: readFileSync(signCsr, 'utf8') },
        { profile: 'gateway-encrypt', csr: readFileSync(encryptCsr, 'utf8') },
      ],
    );
    this.#say('Two operators of the State Services Commission read the order and sign their approval');
    await this.#approve(order, this.#operators);
    await this.#save(await this.#awaitState(order, 'issued'), {});
  }

  async #server(): Promise<void> {
    this.#say('The Commission orders a certificate for portal.ssc.govt.nz');
    const csr = await opensslCsr(this.#folder, 'tls-server', 'P-384');
    const order = await this.#order('ssc', 'peter.lowe@ssc.govt.nz', 'helen.marsh@ssc.govt.nz', 'ssc-sponsor', [
      { profile: 'tls-server', csr: readFileSync(csr, 'utf8'), domains: ['portal.ssc.govt.nz', 'localhost'] },
    ]);
    await this.#approve(order, this.#operators.slice(0, 1));
    await this.#save(await this.#awaitState(order, 'issued'), {});
  }

  async #person(): Promise<void> {
    const email = `jane.citizen.${Date.now().toString(36)}@treasury.govt.nz`;
    this.#say(`Treasury enters Jane Citizen <${email}> and orders three certificates for her`);
    const sponsor = this.#context.api('treasury-sponsor');
    await sponsor.post('/api/v1/people', { agencyId: 'treasury', givenName: 'Jane', surname: 'Citizen', email });
    const order = await this.#order(
      'treasury',
      email,
      'susan.grant@treasury.govt.nz',
      'treasury-sponsor',
      ['user-auth', 'user-sign', 'user-encrypt'].map((profile) => ({ profile })),
      'business-card-software',
    );
    await this.#awaitState(order, 'pending');
    await this.#approve(order, this.#operators.slice(0, 1));
    await this.#awaitState(order, 'redeemable');
    this.#say('The worker mails her a one-time code; she uses it, and her keys are made on her own machine');
    const code = await this.#code(order);
    await redeem(this.#operator, order, code, this.#folder, async () => undefined);
    for (const profile of ['user-auth', 'user-sign', 'user-encrypt']) {
      const [leaf = ''] =
        readFileSync(join(this.#folder, `${profile}.pem`), 'utf8').match(
          /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?/,
        ) ?? [];
      writeFileSync(join(this.#folder, `${profile}.pem`), leaf);
    }
  }

  async #revoked(): Promise<{ serial: string }> {
    const email = `john.leaver.${Date.now().toString(36)}@treasury.govt.nz`;
    this.#say(`Treasury gets one more certificate, for John Leaver <${email}>, and has it revoked: keyCompromise`);
    const sponsor = this.#context.api('treasury-sponsor');
    await sponsor.post('/api/v1/people', { agencyId: 'treasury', givenName: 'John', surname: 'Leaver', email });
    const csr = await opensslCsr(this.#folder, 'revoked', 'P-384');
    const order = await this.#order(
      'treasury',
      email,
      'susan.grant@treasury.govt.nz',
      'treasury-sponsor',
      [{ profile: 'user-auth', csr: readFileSync(csr, 'utf8') }],
      'business-card-software',
    );
    await this.#approve(order, this.#operators.slice(0, 1));
    const issued = await this.#awaitState(order, 'issued');
    await this.#save(issued, { 'user-auth': 'revoked' });
    const [certificate] = issued.certificates;
    if (!certificate) throw refused('not-issued', 'the certificate to revoke was not issued');
    await this.#operator.post('/api/v1/revocations', {
      certificate: certificate.sha256,
      action: 'revoke',
      reason: 'keyCompromise',
    });
    return { serial: certificate.serial };
  }

  /** All CRLs, the individual one only once the revoked serial is on it. */
  async #crls(revoked: { serial: string }): Promise<void> {
    this.#say('Waiting for the CRL that lists it (at most a minute)');
    const started = Date.now();
    for (;;) {
      const individual = parseCrl(await this.#fetch('/crl/individual.crl'));
      let listed = false;
      for (const entry of individual.entries) listed ||= entry.serialHex === revoked.serial;
      if (listed) break;
      if (Date.now() - started > 60_000)
        throw refused('crl-late', 'the CRL does not list the revoked certificate after 60 s');
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    const pem: string[] = [];
    for (const id of CRL_IDS) pem.push(encodePem('X509 CRL', await this.#fetch(`/crl/${id}.crl`)));
    writeFileSync(join(this.#folder, 'crls.pem'), pem.join(''));
  }

  #manifest(): void {
    const names = [
      'gateway-sign',
      'gateway-encrypt',
      'user-auth',
      'user-sign',
      'user-encrypt',
      'tls-server',
      'revoked',
    ];
    const certificates = names.map((name) => {
      const file = `${name}.pem`;
      const der = Buffer.from(
        readFileSync(join(this.#folder, file), 'utf8').replace(/-----[^-]+-----|\s/g, ''),
        'base64',
      );
      const certificate = parseCertificate(der);
      return {
        name,
        profile: name === 'revoked' ? 'user-auth' : name,
        certificate: file,
        key: `${name}.key`,
        serial: certificate.serialHex,
        notAfter: certificate.notAfter.toISOString(),
      };
    });
    const { instance } = this.#context.local();
    const va = this.#context.vaUrl();
    const manifest = {
      instance: instance.instance,
      rootFingerprint: instance.rootFingerprint,
      root: 'root.pem',
      chain: 'chain.pem',
      crls: 'crls.pem',
      certificates,
      pkcs12: { file: 'user-auth.p12', password: 'user-auth.p12.password' },
      ocspUrl: `${va}/ocsp`,
      crlUrls: Object.fromEntries(CRL_IDS.map((id) => [id, `${va}/crl/${id}.crl`])),
      policyOids: policyOids(
        certificates.map(({ name }) => name),
        this.#folder,
      ),
    };
    writeFileSync(join(this.#folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    for (const file of readdirSync(this.#folder)) {
      if (/\.(key|password|p12)$/.test(file)) chmodSync(join(this.#folder, file), 0o600);
      if (file.endsWith('.csr')) rmSync(join(this.#folder, file));
    }
  }

  async #order(
    agency: string,
    applicant: string,
    sponsor: string,
    tokenOf: string,
    items: readonly object[],
    type?: string,
  ): Promise<string> {
    const people = await this.#people(agency);
    const idOf = (email: string): string => {
      const found = people.find((person) => person.email === email);
      if (!found)
        throw refused('person-unknown', `there is no ${email}: the demo needs the people of the evaluation preset`);
      return found.id;
    };
    const order = await this.#context.api(tokenOf).post<OrderView>('/api/v1/orders', {
      agencyId: agency,
      applicantId: idOf(applicant),
      sponsorId: idOf(sponsor),
      ...(type ? { type } : {}),
      items,
    });
    return order.id;
  }

  async #people(agency: string): Promise<Person[]> {
    const people: Person[] = [];
    let cursor = '';
    do {
      const page = await this.#operator.get<{ items: Person[]; next: string | null }>(
        `/api/v1/people?agency=${agency}&limit=100${cursor}`,
      );
      people.push(...page.items);
      cursor = page.next === null ? '' : `&cursor=${encodeURIComponent(page.next)}`;
    } while (cursor !== '');
    return people;
  }

  async #approve(order: string, keys: readonly ApprovalKey[]): Promise<void> {
    const rendered = renderOrder(await this.#operator.bytes(`/api/v1/orders/${order}/content`, 'application/json'));
    for (const key of keys) {
      const signature = signDigest(rendered.digest, key.credentialId, key.privateKey);
      await this.#operator.post(`/api/v1/orders/${order}/approvals`, { credentialId: key.credentialId, signature });
    }
  }

  async #awaitState(order: string, state: string): Promise<OrderView> {
    const started = Date.now();
    for (;;) {
      const view = await this.#operator.get<OrderView>(`/api/v1/orders/${order}`);
      if (view.state === state) return view;
      if (['refused', 'rejected', 'withdrawn', 'lapsed', 'locked'].includes(view.state)) {
        throw refused('order-ended', `order ${order} is ${view.state}: ${view.stateReason ?? ''}`);
      }
      if (Date.now() - started > 60_000)
        throw refused('order-late', `order ${order} is still ${view.state} after 60 s`);
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  }

  /** Writes each certificate under its profile's name, or the name given for the profile. */
  async #save(order: OrderView, names: Readonly<Record<string, string>>): Promise<void> {
    for (const { sha256, profile } of order.certificates) {
      const der = await this.#operator.bytes(`/api/v1/certificates/${sha256}/file`, 'application/pkix-cert');
      writeFileSync(join(this.#folder, `${names[profile] ?? profile}.pem`), encodePem('CERTIFICATE', der));
    }
  }

  /** The code that the worker mailed, from the file outbox of the evaluation preset. */
  async #code(order: string): Promise<string> {
    const outbox = join(this.#context.dataDir, 'outbox');
    const started = Date.now();
    for (;;) {
      const mail = existsSync(outbox)
        ? readdirSync(outbox).find((name) => name.includes(order) && name.includes('code'))
        : undefined;
      const [code] = mail
        ? (readFileSync(join(outbox, mail), 'utf8').match(/\b[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}\b/) ?? [])
        : [];
      if (code) return code;
      if (Date.now() - started > 60_000) throw refused('mail-late', `no mail with a code in ${outbox} after 60 s`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  async #fetch(path: string): Promise<Uint8Array> {
    const response = await fetch(`${this.#context.vaUrl()}${path}`);
    if (!response.ok) throw refused('va-failed', `${path} answered ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  }
}

function policyOids(names: readonly string[], folder: string): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const name of names) {
    const der = Buffer.from(
      readFileSync(join(folder, `${name}.pem`), 'utf8').replace(/-----[^-]+-----|\s/g, ''),
      'base64',
    );
    const extension = parseCertificate(der).extension('2.5.29.32');
    if (extension) found[name] = parseCertificatePolicies(extension.value).map((policy) => policy.oid);
  }
  return found;
}
