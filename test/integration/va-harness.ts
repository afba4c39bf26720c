import { execFile } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { notify, withTransaction } from '@see/db';
import { caPointers, serialNumber } from '@see/issuance';
import type { SoftwareSigner } from '@see/keys';
import { buildOcspRequest, type CertIdHash, encodeCertId } from '@see/ocsp';
import {
  assembleSigned,
  authorityInfoAccess,
  authorityKeyIdentifier,
  buildTbsCertificate,
  crlDistributionPoints,
  type Extension,
  encodeName,
  encodePem,
  extKeyUsage,
  type KeyUsageName,
  keyUsage,
  oid,
  parseSpki,
  signatureAlgorithm,
  subjectAltName,
  subjectKeyIdentifier,
} from '@see/x509';
import { type RunningVa, startVa, type VaOptions } from '../../services/va/src/start-va.ts';
import { waitUntil } from '../support/wait-until.ts';
import { newKey, type World } from '../support/world.ts';

/** A running va on the state folder of a world. */
export interface TestVa extends RunningVa {
  readonly url: string;
  readonly logged: { level: string; message: string; fields: unknown }[];
}

export type TestVaOptions = Partial<Pick<VaOptions, 'now' | 'limits' | 'databaseUrl' | 'stateDir' | 'trace'>>;

/** Starts va as `see up` would, in this process. */
export async function openVa(world: World, options: TestVaOptions = {}): Promise<TestVa> {
  const logged: TestVa['logged'] = [];
  const closing = new AbortController();
  const passphrase = readFileSync(join(world.layout.evaluationDir, 'va.passphrase'), 'utf8').trim();
  const va = await startVa({
    instance: world.instance,
    stateDir: join(world.layout.stateDir, 'va'),
    databaseUrl: world.postgres.serviceUrl('va'),
    passphrase: Buffer.from(passphrase),
    log: (level, message, fields) => logged.push({ level, message, fields }),
    closing: closing.signal,
    fail: (error) => logged.push({ level: 'fatal', message: String(error), fields: {} }),
    ...options,
  });
  return {
    ...va,
    url: `http://127.0.0.1:${va.port}`,
    logged,
    close: async () => {
      closing.abort();
      await va.close();
    },
  };
}

/** Waits until va is loaded and every CA has a certified responder key and a CRL. */
export async function whenReady(world: World, va: TestVa): Promise<void> {
  await va.loaded;
  await waitUntil('va asks for responder keys', async () => {
    const { count } = await world.owner
      .selectFrom('ocsp_key_requests')
      .select((select) => select.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return Number(count) >= world.signer.cas.size;
  });
  await world.signer.ocspKeys.run();
  await world.signer.crls.run();
  await waitUntil('va is ready', async () => (await fetch(`${va.url}/readyz`)).status === 200);
}

export interface IssueOptions {
  readonly ca?: string;
  readonly profileId?: string;
  readonly commonName?: string;
  readonly mail?: string;
  readonly usages?: readonly KeyUsageName[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly agencyId?: string;
  /** Signs in place of the CA. */
  readonly signer?: Pick<SoftwareSigner, 'sign'>;
  /** The intent alone is written, as between the two commits of an issuance. */
  readonly intentOnly?: boolean;
  /** The database tells of it, but nobody is notified. */
  readonly quiet?: boolean;
  /** Whether the certificate names va's addresses for OCSP and its list. */
  readonly pointers?: boolean;
}

export interface IssuedCertificate {
  readonly id: number;
  readonly ca: string;
  readonly serial: Uint8Array;
  readonly der: Uint8Array;
}

/** A certificate by the CA's own key of which nobody recorded anything, as who has stolen the key would make it. */
export async function signUnrecorded(world: World, options: IssueOptions = {}) {
  const { ca: caId = 'individual', commonName = 'Grace Liu', mail = 'grace.liu@treasury.govt.nz' } = options;
  const ca = world.signer.cas.get(caId);
  if (!ca) throw new Error(`no CA ${caId}`);
  const { spki } = newKey();
  const serial = serialNumber(randomBytes(16));
  const notBefore = second(options.notBefore ?? new Date(Date.now() - 60_000));
  const notAfter = second(options.notAfter ?? new Date(Date.now() + 365 * 86_400_000));
  const { crl, ocsp, caIssuers } = caPointers(world.signer.chain.authority.configuration.vaUrl, caId);
  const extensions: Extension[] = [
    authorityKeyIdentifier(ca.ski),
    subjectKeyIdentifier(createHash('sha256').update(spki).digest().subarray(0, 20)),
    keyUsage(options.usages ?? ['digitalSignature']),
    extKeyUsage([oid.emailProtection]),
    subjectAltName([{ kind: 'rfc822Name', value: mail }]),
    ...(options.pointers
      ? [crlDistributionPoints([crl]), authorityInfoAccess({ ocsp: [ocsp], caIssuers: [caIssuers] })]
      : []),
  ];
  const tbs = buildTbsCertificate({
    serialNumber: serial,
    signatureAlgorithmDer: signatureAlgorithm('ecdsa-sha384'),
    issuerDer: ca.subjectDer,
    notBefore,
    notAfter,
    subjectDer: encodeName([[{ type: oid.countryName, value: 'NZ' }], [{ type: oid.commonName, value: commonName }]]),
    spki,
    extensions,
  });
  const der = assembleSigned(tbs, signatureAlgorithm('ecdsa-sha384'), await (options.signer ?? ca.key).sign(tbs));
  return { ca: caId, commonName, mail, serial, spki, tbs, der, notBefore, notAfter };
}

/** Puts a certificate into the database as the signer would, made by the CA's own key but without an order. */
export async function issue(world: World, options: IssueOptions = {}): Promise<IssuedCertificate> {
  const { profileId = 'user-auth' } = options;
  const made = await signUnrecorded(world, options);
  const { ca: caId, commonName, mail, serial, spki, tbs, der, notBefore, notAfter } = made;
  const spkiSha256 = sha256(spki);
  const orderDigest = new Uint8Array(randomBytes(48));
  const id = await withTransaction(world.owner, async (tx) => {
    await tx
      .insertInto('signed_orders')
      .values({ order_digest: orderDigest, order_id: randomUUID(), claimed_at: new Date() })
      .execute();
    const intent = await tx
      .insertInto('intents')
      .values({
        ca: caId,
        serial,
        order_digest: orderDigest,
        item: 0,
        ocsp_request_id: null,
        profile_id: profileId,
        profile_digest: new Uint8Array(48),
        spki_sha256: spkiSha256,
        subject_key: 'test',
        tbs,
        created_at: new Date(),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    if (options.intentOnly) return intent.id;
    await tx
      .insertInto('certificates')
      .values({
        id: intent.id,
        ca: caId,
        serial,
        order_id: null,
        agency_id: options.agencyId ?? null,
        person_id: null,
        profile_id: profileId,
        subject: `CN=${commonName},C=NZ`,
        names: [mail],
        not_before: notBefore,
        not_after: notAfter,
        spki_sha256: spkiSha256,
        sha256: sha256(der),
        issued_at: new Date(),
      })
      .execute();
    await tx.insertInto('certificate_bytes').values({ certificate_id: intent.id, der }).execute();
    if (!options.quiet) await notify(tx, 'see_issued', intent.id);
    return intent.id;
  });
  return { id, ca: caId, serial, der };
}

/** CertID of a certificate as a client would write it. */
export function certIdOf(
  world: World,
  certificate: { ca: string; serial: Uint8Array },
  hashAlgorithm: CertIdHash = 'sha256',
): Uint8Array {
  const ca = world.signer.cas.get(certificate.ca);
  if (!ca) throw new Error(`no CA ${certificate.ca}`);
  const hash = (bytes: Uint8Array) => new Uint8Array(createHash(hashAlgorithm).update(bytes).digest());
  return encodeCertId({
    hashAlgorithm,
    issuerNameHash: hash(ca.subjectDer),
    issuerKeyHash: hash(parseSpki(ca.key.spki).publicKeyBits),
    serialNumber: certificate.serial,
  });
}

/** A request for one certificate. */
export function ocspRequest(
  world: World,
  certificate: { ca: string; serial: Uint8Array },
  nonce?: Uint8Array,
): Uint8Array {
  return buildOcspRequest([certIdOf(world, certificate)], nonce);
}

/** Records a revocation as ra does; returns the id of the event. */
export async function revoke(
  world: World,
  certificate: IssuedCertificate,
  event: { kind?: 'hold' | 'release' | 'revoke'; reason?: number; statementDigest?: Uint8Array; quiet?: boolean } = {},
): Promise<number> {
  const { kind = 'revoke', reason = kind === 'hold' ? 6 : kind === 'release' ? 0 : 1 } = event;
  return withTransaction(world.owner, async (tx) => {
    const row = await tx
      .insertInto('revocations')
      .values({
        certificate_id: certificate.id,
        ca: certificate.ca,
        serial: certificate.serial,
        kind,
        reason,
        statement_digest: event.statementDigest ?? null,
        requested_by: 'test',
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    if (!event.quiet) await notify(tx, 'see_revocations', row.id);
    return row.id;
  });
}

/** A folder with files that commands read. */
export class Workshop {
  readonly folder = mkdtempSync(join(tmpdir(), 'see-va-test-'));

  constructor() {
    chmodSync(this.folder, 0o700);
    mkdirSync(this.folder, { recursive: true });
  }

  write(name: string, content: Uint8Array | string): string {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    return path;
  }

  pem(name: string, der: Uint8Array): string {
    return this.write(name, encodePem('CERTIFICATE', der));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const run = promisify(execFile);

/** Runs openssl; standard output and error together. Throws when its exit code is not 0. */
export async function openssl(...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await run('openssl', args, { timeout: 20_000 });
  return stdout + stderr;
}

export function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest());
}

function second(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 1000) * 1000);
}
