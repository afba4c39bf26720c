import {
  createHash,
  createHmac,
  generateKeyPairSync,
  type KeyObject,
  pbkdf2Sync,
  randomBytes,
  randomUUID,
  sign,
} from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ApprovalKey, evaluationKeyFile, initEvaluation, readApprovalKey } from '@see/cli';
import {
  AuthorityFollower,
  type Database,
  type EmbeddedPostgres,
  FolderLock,
  migrate,
  openDatabase,
  startEmbedded,
  withTransaction,
} from '@see/db';
import { insertOrders } from '@see/db/ra';
import { readCas, takeLease } from '@see/db/signer';
import {
  codeProofMessage,
  ENROLMENT_KDF,
  enrolmentCode,
  keyTagMessage,
  type OrderContent,
  type OrderDraft,
  writeOrderContent,
} from '@see/domain';
import { SealedStore, sealTo } from '@see/keys';
import { evaluateOrder, NO_READINGS, type OrderRequest, spkiSha256 } from '@see/policy';
import { type Instance, type Layout, prepareLayout, readConfiguration } from '@see/process';
import { canonicalBytes, importPublicJwk, signDigest, statementDigest } from '@see/statement';
import { assembleSigned, buildCsrInfo, encodeName, formatName, parseName, signatureAlgorithm } from '@see/x509';
import { openSigner, type Signer } from '../../services/signer/src/signer.ts';
import { freePorts } from './free-ports.ts';

export const HOLDER = '00000000-0000-4000-8000-000000000001';

/** A private key that is made somewhere else, as a gateway or browser would. */
export interface TestKey {
  readonly privateKey: KeyObject;
  readonly spki: Uint8Array;
}

export function newKey(curve: 'secp384r1' | 'prime256v1' = 'secp384r1'): TestKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: curve });
  return { privateKey, spki: new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })) };
}

/** A CSR for a key, with an empty subject. */
export function csrOf(key: TestKey): Uint8Array {
  const info = buildCsrInfo({ subjectDer: encodeName([]), spki: key.spki });
  return assembleSigned(info, signatureAlgorithm('ecdsa-sha384'), sign('sha384', info, key.privateKey));
}

/**
 * An evaluation instance without its processes: a real PostgreSQL, a real signer in this process, and what ra and the
 * worker would do as plain functions under their own logins. Tests that break things use it.
 */
export interface World {
  readonly layout: Layout;
  readonly instance: Instance;
  postgres: EmbeddedPostgres;
  readonly owner: Database;
  readonly ra: Database;
  readonly operators: readonly [ApprovalKey, ApprovalKey];
  readonly administrators: readonly [ApprovalKey, ApprovalKey];
  signer: Signer;
  readonly alarms: string[];
  /** Opens the signer again, as after a restart; `now` and `step` may be replaced. */
  restartSigner(options?: { now?: () => number; step?: (name: string) => void }): Promise<Signer>;
  /** Starts PostgreSQL again after it was stopped or killed; logins and addresses stay. */
  restartPostgres(): Promise<void>;
  people(): Promise<{ id: string; agency: string; email: string; given: string; surname: string }[]>;
  /** A draft for an order, as policy makes it. */
  draft(request: Partial<OrderRequest> & Pick<OrderRequest, 'items'>): Promise<OrderDraft>;
  /** Stores a csr order as ra does. */
  store(content: OrderContent, csrs: readonly Uint8Array[]): Promise<void>;
  /** Approves with keys and sets the order to `approved`, as ra does. */
  approve(content: OrderContent, keys: readonly ApprovalKey[]): Promise<void>;
  /** Does all of it: a gateway-sign order with two approvals. */
  gatewayOrder(key?: TestKey): Promise<OrderContent>;
  close(): Promise<void>;
}

export function contentOf(draft: OrderDraft, commitment: string | null = null): OrderContent {
  return { ...draft, commitment };
}

export async function makeWorld(): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'see-world-'));
  const [va, portal, desk, tls, mtls] = await freePorts(5);
  const configuration = readConfiguration(
    {
      SEE_DATA_DIR: join(folder, 'var'),
      SEE_VA_PORT: String(va),
      SEE_PORTAL_PORT: String(portal),
      SEE_DESK_PORT: String(desk),
      SEE_TLS_PORT: String(tls),
      SEE_MTLS_PORT: String(mtls),
    },
    folder,
  );
  const layout = await prepareLayout(configuration.dataDir);
  const lock = FolderLock.take(layout.lockFile);
  if (!lock) throw new Error('the folder is locked');
  const postgres = await startEmbedded(lock, { ...layout.database });
  await migrate(postgres.ownerUrl);
  const instance = await initEvaluation(
    layout,
    { kind: 'embedded', ownerUrl: postgres.ownerUrl },
    configuration,
    new Date(),
    () => undefined,
  );
  const key = (name: string): ApprovalKey => readApprovalKey(evaluationKeyFile(layout, name), undefined);
  const owner = openDatabase(postgres.ownerUrl, { applicationName: 'test owner' });
  const ra = openDatabase(postgres.serviceUrl('ra'), { applicationName: 'test ra' });
  const signerDb = openDatabase(postgres.serviceUrl('signer'), { applicationName: 'test signer' });
  const alarms: string[] = [];
  const passphrase = Buffer.from(readFileSync(join(layout.evaluationDir, 'signer.passphrase'), 'utf8').trim());
  const open = async (options: { now?: () => number; step?: (name: string) => void } = {}): Promise<Signer> => {
    if (!(await takeLease(signerDb, 'signer', HOLDER))) throw new Error('no lease');
    return openSigner({
      db: signerDb,
      stateDir: join(layout.stateDir, 'signer'),
      passphrase,
      holder: HOLDER,
      now: options.now ?? Date.now,
      alarm: (message) => alarms.push(message),
      step: options.step ?? (() => undefined),
    });
  };
  // As the service does: tests wait for commands while nothing is signed.
  const lease = setInterval(() => void takeLease(signerDb, 'signer', HOLDER).catch(() => undefined), 4_000);
  const follower = new AuthorityFollower(ra, Uint8Array.fromHex(instance.anchor));
  const world: World = {
    layout,
    instance,
    postgres,
    owner,
    ra,
    operators: [key('operator1'), key('operator2')],
    administrators: [key('administrator1'), key('administrator2')],
    signer: await open(),
    alarms,
    async restartSigner(options) {
      world.signer = await open(options);
      return world.signer;
    },
    async restartPostgres() {
      world.postgres = await startEmbedded(lock, { ...layout.database });
    },
    async people() {
      const rows = await owner.selectFrom('people').selectAll().execute();
      return rows.map((row) => ({
        id: row.id,
        agency: row.agency_id ?? '',
        email: row.email ?? '',
        given: row.given_name ?? '',
        surname: row.surname,
      }));
    },
    async draft(request) {
      const authority = await follower.refresh();
      const people = await world.people();
      const find = (email: string): string => people.find((person) => person.email === email)?.id ?? '';
      const cas = await readCas(ra);
      const result = await evaluateOrder(
        {
          kind: 'csr',
          agencyId: 'treasury',
          applicant: find('grace.liu@treasury.govt.nz'),
          sponsor: find('susan.grant@treasury.govt.nz'),
          agent: null,
          typeId: 'gateway',
          person: null,
          evidence: { note: 'test' },
          replaces: [],
          ...request,
        },
        {
          authority,
          cas: new Map(
            cas.filter((ca) => ca.id !== 'root').map((ca) => [ca.id, { id: ca.id as 'gateway', ski: ca.ski.toHex() }]),
          ),
          now: Math.floor(Date.now() / 1000),
          orderId: randomUUID(),
          nonce: randomBytes(16).toString('base64url'),
          knownKey: async () => undefined,
          readings: NO_READINGS,
        },
      );
      if (!result.ok) throw new Error(JSON.stringify(result.violations));
      return result.draft;
    },
    async store(content, csrs) {
      const written = writeOrderContent(content);
      await withTransaction(ra, (tx) =>
        insertOrders(tx, [
          {
            id: content.orderId,
            kind: content.kind,
            agencyId: content.agencyId,
            profiles: content.items.map((item) => item.profileId),
            subject: formatName(parseName(Uint8Array.fromBase64(content.items[0]?.subject ?? ''))),
            names: [],
            applicantId: content.applicant,
            sponsorId: content.sponsor,
            agentId: content.agent,
            quorum: content.quorum,
            risk: content.risk ?? null,
            draft: content,
            content: content.kind === 'csr' ? written : undefined,
            warnings: [],
            deliverTo: content.deliverTo,
            createdBy: 'test',
            createdAt: new Date(content.createdAt * 1000),
            approveBefore: new Date(content.approveBefore * 1000),
            useBefore: new Date(content.useBefore * 1000),
            keys: csrs.map((csr, index) => ({
              csr,
              spkiSha256: Uint8Array.fromHex(content.items[index]?.spkiSha256 ?? ''),
            })),
          },
        ]),
      );
    },
    async approve(content, keys) {
      const { digest } = writeOrderContent(content);
      for (const approver of keys) {
        await ra
          .insertInto('approvals')
          .values({
            order_id: content.orderId,
            order_digest: digest,
            credential_id: approver.credentialId,
            person_id: '-',
            signature: JSON.stringify(signDigest(digest, approver.credentialId, approver.privateKey)),
          })
          .execute();
      }
      await ra.updateTable('orders').set({ state: 'approved' }).where('id', '=', content.orderId).execute();
    },
    async gatewayOrder(gatewayKey = newKey()) {
      const csr = csrOf(gatewayKey);
      const content = contentOf(await world.draft({ items: [{ profileId: 'gateway-sign', csr, dnsNames: [] }] }));
      await world.store(content, [csr]);
      await world.approve(content, world.operators);
      return content;
    },
    async close() {
      clearInterval(lease);
      await Promise.all([owner.destroy(), ra.destroy(), signerDb.destroy()]);
      await world.postgres.stop();
      lock.release();
      rmSync(folder, { recursive: true, force: true });
      if (layout.stateDir !== layout.dataDir) rmSync(layout.stateDir, { recursive: true, force: true });
    },
  };
  return world;
}

/** What the worker does for a person's order: makes the code, seals K to the signer, binds the commitment. */
export async function bindCode(
  world: World,
  draft: OrderDraft,
  /** Signs instead of the worker. */
  forger?: ApprovalKey,
): Promise<{ content: OrderContent; code: string; key: Uint8Array }> {
  const passphrase = readFileSync(join(world.layout.evaluationDir, 'worker.passphrase'), 'utf8').trim();
  const store = SealedStore.open(join(world.layout.stateDir, 'worker'), Buffer.from(passphrase));
  const authority = world.signer.chain.authority;
  const box = [...authority.serviceKeys.values()].find((key) => key.service === 'box');
  const worker = [...authority.serviceKeys.values()].find((key) => key.service === 'worker');
  if (!box || !worker) throw new Error('service keys are missing');
  const code = enrolmentCode(randomBytes(10));
  const key = new Uint8Array(pbkdf2Sync(code.replaceAll('-', ''), draft.orderId, 1, ENROLMENT_KDF.octets, 'sha256'));
  const commitment = createHash('sha384').update(key).digest('hex');
  const content = contentOf(draft, commitment);
  const digest = statementDigest(
    'enrolment-secret',
    canonicalBytes({ v: 1, instance: draft.instance, orderId: draft.orderId, commitment }),
  );
  const { createPrivateKey } = await import('node:crypto');
  const identity = createPrivateKey({ key: Buffer.from(store.read('identity')), format: 'der', type: 'pkcs8' });
  const boxSpki = new Uint8Array(importPublicJwk(box.publicKey).export({ format: 'der', type: 'spki' }));
  const written = writeOrderContent(content);
  await withTransaction(world.owner, async (tx) => {
    await tx
      .insertInto('enrolment_secrets')
      .values({
        order_id: draft.orderId,
        commitment: Uint8Array.fromHex(commitment),
        sealed_key: sealTo(boxSpki, `enrolment ${draft.orderId}`, key),
        key_id: worker.keyId,
        signature: signDigest(digest, worker.keyId, forger?.privateKey ?? identity).jws,
      })
      .execute();
    await tx
      .updateTable('orders')
      .set({ content: written.bytes, digest: written.digest, state: 'pending' })
      .where('id', '=', draft.orderId)
      .execute();
  });
  return { content, code, key };
}

/** What the portal sends to show that it knows the code. */
export function codeProof(key: Uint8Array, orderId: string): Uint8Array {
  return new Uint8Array(createHmac('sha384', key).update(codeProofMessage(orderId)).digest());
}

/** What the portal sends with each key. */
export function keyTag(key: Uint8Array, orderId: string, spki: Uint8Array): Uint8Array {
  return new Uint8Array(
    createHmac('sha384', key)
      .update(keyTagMessage(orderId, spkiSha256(spki)))
      .digest(),
  );
}
