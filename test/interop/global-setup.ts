import { X509Certificate } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodePem, parseCrl } from '@see/x509';
import type { TestProject } from 'vitest/node';
import { startInstance, type TestInstance } from '../support/instance.ts';
import { caIds, leaves } from './leaves.ts';
import { hold, issue } from './order.ts';
import { readCertificate } from './read-certificate.ts';

let instance: TestInstance | undefined;
const folder = mkdtempSync(join(tmpdir(), 'see-interop-'));

/** Starts one instance for the whole stage, runs `see demo` on it, issues what the demo leaves out, and lays everything out in one folder. */
export async function setup(project: TestProject): Promise<void> {
  try {
    instance = await startInstance();
    const demo = await instance.see('demo', '--out', folder);
    if (demo.code !== 0) throw new Error(`see demo failed:\n${demo.stdout}${demo.stderr}`);
    await issueMore(instance);
    await layOut(instance);
    project.provide('interop', {
      folder,
      vaUrl: instance.urls.va,
      portalUrl: instance.urls.portal,
      rootFingerprint: fingerprintOf(join(folder, 'root.pem')),
    });
  } catch (error) {
    await teardown();
    throw error;
  }
}

function fingerprintOf(path: string): string {
  return new X509Certificate(readFileSync(path)).fingerprint256.replaceAll(':', '').toLowerCase();
}

/** Removes all of it. */
export async function teardown(): Promise<void> {
  await instance?.remove();
  rmSync(folder, { recursive: true, force: true });
}

async function issueMore(see: TestInstance): Promise<void> {
  await issue(
    see,
    folder,
    { agency: 'dpmc', applicant: 'alan.hunt@dpmc.govt.nz', sponsor: 'david.reid@dpmc.govt.nz' },
    [
      { profile: 'gateway-sign', key: 'RSA-3072', file: 'gateway-sign-rsa' },
      { profile: 'gateway-encrypt', key: 'P-384', file: 'gateway-encrypt-ec' },
    ],
  );
  const type = 'business-card-software';
  await issue(
    see,
    folder,
    { agency: 'treasury', applicant: 'grace.liu@treasury.govt.nz', sponsor: 'susan.grant@treasury.govt.nz', type },
    [
      { profile: 'user-sign', key: 'RSA-3072', file: 'user-sign-rsa' },
      { profile: 'user-encrypt', key: 'P-384', file: 'user-encrypt-ec' },
      { profile: 'user-auth', key: 'P-384', file: 'held' },
    ],
  );
  await issue(
    see,
    folder,
    { agency: 'ssc', applicant: 'aroha.ngata@ssc.govt.nz', sponsor: 'helen.marsh@ssc.govt.nz', type },
    [{ profile: 'operator', key: 'P-384', file: 'operator' }],
  );
  await hold(see, readCertificate(join(folder, 'held.pem')).serialHex);
}

async function layOut(see: TestInstance): Promise<void> {
  const at = (name: string) => join(folder, name);
  writeFileSync(at('crls.pem'), '');
  for (const id of ['root', ...caIds]) {
    writeFileSync(at(`ca-${id}.pem`), encodePem('CERTIFICATE', await fetchBytes(`${see.urls.va}/ca/${id}.cer`)));
    const crl = await currentCrl(see, id, readCertificate(at('held.pem')).serialHex);
    const pem = encodePem('X509 CRL', crl);
    writeFileSync(at(`crl-${id}.crl`), crl);
    writeFileSync(at(`crl-${id}.pem`), pem);
    appendFileSync(at('crls.pem'), pem);
  }
  for (const { name, ca } of leaves) {
    const files = [`${name}.pem`, `ca-${ca}.pem`, 'root.pem'];
    writeFileSync(at(`${name}.path.pem`), files.map((file) => readFileSync(at(file), 'utf8')).join(''));
  }
}

/** The CRL of the individual CA only once the certificate on hold is on it: within a minute. */
async function currentCrl(see: TestInstance, id: string, held: string): Promise<Uint8Array> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    const crl = await fetchBytes(`${see.urls.va}/crl/${id}.crl`);
    if (id !== 'individual' || crlLists(crl, held)) return crl;
    if (performance.now() > deadline) throw new Error('the certificate on hold is not on the CRL after a minute');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Whether a CRL, DER, lists this serial number. */
function crlLists(der: Uint8Array, serialHex: string): boolean {
  for (const entry of parseCrl(der).entries) if (entry.serialHex === serialHex) return true;
  return false;
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
