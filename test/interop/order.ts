import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodePem } from '@see/x509';
import type { TestInstance } from '../support/instance.ts';
import { runWell } from './tool.ts';

/** A certificate to order: the profile, the kind of key, and the name of its files. */
export interface Wish {
  readonly profile: string;
  readonly key: 'P-384' | 'RSA-3072';
  readonly file: string;
}

/** Who orders for whom; people by mail address. */
export interface Parties {
  readonly agency: string;
  readonly applicant: string;
  readonly sponsor: string;
  readonly type?: string;
}

interface OrderView {
  readonly id: string;
  readonly state: string;
  readonly quorum: number;
  readonly certificates: readonly { readonly sha256: string; readonly serial: string; readonly profile: string }[];
}

const KEY_OPTIONS = {
  'P-384': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:secp384r1'],
  'RSA-3072': ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:3072'],
} as const;

/** Orders by CSRs of the openssl command, has them approved as the profiles want, and leaves `<file>.key` and `<file>.pem` in the folder. */
export async function issue(
  instance: TestInstance,
  folder: string,
  parties: Parties,
  wishes: readonly Wish[],
): Promise<void> {
  const items = [];
  for (const { profile, key, file } of wishes) {
    const keyFile = join(folder, `${file}.key`);
    const csrFile = join(folder, `${file}.csr`);
    await runWell('openssl', ['genpkey', ...KEY_OPTIONS[key], '-out', keyFile]);
    await runWell('openssl', ['req', '-new', '-key', keyFile, '-subj', `/CN=${file}`, '-out', csrFile]);
    items.push({ profile, csr: readFileSync(csrFile, 'utf8') });
  }
  const people = await call<{ items: { id: string; email: string }[] }>(instance, 'operator1', '/people?limit=100');
  const idOf = (email: string) => people.items.find((person) => person.email === email)?.id;
  const { id, quorum } = await call<OrderView>(instance, `${parties.agency}-sponsor`, '/orders', {
    agencyId: parties.agency,
    applicantId: idOf(parties.applicant),
    sponsorId: idOf(parties.sponsor),
    ...(parties.type && { type: parties.type }),
    items,
  });
  for (const operator of ['operator1', 'operator2'].slice(0, quorum)) {
    const key = join(instance.dataDir, 'evaluation', `${operator}.key.json`);
    await instance.seeJson('order', 'approve', id, '--key', key, '--yes');
  }
  const issued = await untilIssued(instance, id);
  for (const { profile, file } of wishes) {
    const certificate = issued.certificates.find((one) => one.profile === profile);
    if (!certificate) throw new Error(`no ${profile} certificate was issued`);
    const response = await fetch(`${instance.urls.portal}/api/v1/certificates/${certificate.sha256}/file`, {
      headers: { accept: 'application/pkix-cert', ...bearer(instance, 'operator1') },
    });
    writeFileSync(join(folder, `${file}.pem`), encodePem('CERTIFICATE', new Uint8Array(await response.arrayBuffer())));
  }
}

/** Puts a certificate, named by its serial number, on hold. */
export async function hold(instance: TestInstance, serial: string): Promise<void> {
  await call(instance, 'operator1', '/revocations', { certificate: serial, action: 'hold' });
}

/** Revokes a certificate, named by its serial number, for good. */
export async function revoke(instance: TestInstance, serial: string): Promise<void> {
  await call(instance, 'operator1', '/revocations', { certificate: serial, action: 'revoke', reason: 'superseded' });
}

async function untilIssued(instance: TestInstance, id: string): Promise<OrderView> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    const view = await call<OrderView>(instance, 'operator1', `/orders/${id}`);
    if (view.state === 'issued') return view;
    if (performance.now() > deadline || ['refused', 'rejected', 'lapsed'].includes(view.state))
      throw new Error(`order ${id} is ${view.state}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Asks the REST API: a POST when there is a body. */
async function call<T>(instance: TestInstance, as: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`${instance.urls.portal}/api/v1${path}`, {
    headers: { ...bearer(instance, as), ...(body && { 'content-type': 'application/json' }) },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

function bearer(instance: TestInstance, role: string): { authorization: string } {
  const token = readFileSync(join(instance.dataDir, 'evaluation', `${role}.token`), 'utf8').trim();
  return { authorization: `Bearer ${token}` };
}
