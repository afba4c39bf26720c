import { execFileSync } from 'node:child_process';
import type { KeyObject } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sqlState } from '@see/db';
import { recoveryDigest } from '@see/domain';
import { signDigest } from '@see/statement';
import type { AssetSet } from '@see/ui';
import { encodePem } from '@see/x509';
import { sql } from 'kysely';
import { tellOfRecoveries } from '../../services/worker/src/recovery-desk.ts';
import { agentsSubject, appointAgent, KEEPING_PROFILE, rsaRequest, type TestAgent } from './recovery-agents.ts';
import { type Answer, type Calls, only, openCalls } from './registration-calls.ts';
import { type CommandResult, runSee } from './see-command.ts';
import { propose } from './statements.ts';
import { openWorkerDesks, type WorkerDesks } from './worker-desks.ts';
import { makeWorld, type World } from './world.ts';

/** The recipient's key and certificate. */
interface Reader {
  readonly keyFile: string;
  readonly pem: string;
  readonly pemFile: string;
}

/**
 * All who take part in the opening of a key: somebody who asks with the token of the Treasury's registration agent, two
 * agents of the Treasury, one of the SSC, one who holds the role and is not named, and a world with ra listening.
 */
export class RecoveryScene {
  readonly world: World;
  readonly calls: Calls;
  readonly worker: WorkerDesks;
  readonly folder: string;
  readonly agents: { readonly ssc: TestAgent; readonly treasury: TestAgent; readonly treasury2: TestAgent };
  readonly bystander: TestAgent;
  /** The token of the one who asks. */
  readonly hemi: string;
  readonly recipient: Reader;
  /** The holder's certificate and key, once they are enrolled. */
  holder = { sha256: '', keyFile: '' };

  private constructor(parts: Parts) {
    this.world = parts.world;
    this.calls = parts.calls;
    this.worker = parts.worker;
    this.folder = parts.folder;
    this.agents = parts.agents;
    this.bystander = parts.bystander;
    this.hemi = parts.hemi;
    this.recipient = parts.recipient;
  }

  /** With `assets`, pages look as they do in a browser. */
  static async open(assets?: AssetSet): Promise<RecoveryScene> {
    const folder = mkdtempSync(join(tmpdir(), 'see-recovery-'));
    const world = await makeWorld();
    const calls = await openCalls(world, assets);
    const worker = await openWorkerDesks(world);
    const recipient = await readerOf(world, calls, folder);
    const appoint = (label: string, agency: string) => appointAgent(world, calls, folder, label, agency);
    const agents = {
      ssc: await appoint('Agent of the SSC', 'ssc'),
      treasury: await appoint('Agent of the Treasury', 'treasury'),
      treasury2: await appoint('Second of the Treasury', 'treasury'),
    };
    const bystander = await appoint('Bystander', 'dpmc');
    const asking = calls.person['hemi.walker@treasury.govt.nz'] ?? '';
    const hemi = await calls.registration.token('registration-agent', asking, 'treasury');
    await calls.registration.app.listen({ host: '127.0.0.1', port: world.instance.ports.portal });
    return new RecoveryScene({ world, calls, worker, folder, agents, bystander, hemi, recipient });
  }

  async close(): Promise<void> {
    await this.worker.db.destroy();
    await this.calls.registration.app.close();
    await this.world.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The real command with somebody's token, while the signer does its part. */
  async see(token: string, ...args: readonly string[]): Promise<CommandResult & { json: Record<string, unknown> }> {
    const environment = {
      SEE_URL: this.world.instance.urls.portal,
      SEE_TOKEN: token,
      SEE_DATA_DIR: join(this.folder, 'none'),
    };
    let result: CommandResult | undefined;
    const ended = runSee({ program: 'see', environment }, ...args, '--json').then((done) => {
      result = done;
    });
    while (result === undefined) {
      await this.world.signer.redemptions.run();
      for (const topic of ['redemptions', 'issued'] as const) this.calls.registration.ra.wakeUps.wake(topic);
      await Promise.race([ended, sleep(50)]);
    }
    const json = result.stdout.startsWith('{') ? (JSON.parse(result.stdout) as Record<string, unknown>) : {};
    return { ...result, json };
  }

  /** Names three agents, and has copies of encryption keys made for them from now on. */
  async keepKeys(): Promise<void> {
    const { ssc, treasury, treasury2 } = this.agents;
    const { world } = this;
    const signers = world.administrators;
    for (const [kind, subject] of [
      ['recovery-agents-activate', agentsSubject([ssc, treasury, treasury2])],
      ['profile-activate', { content: KEEPING_PROFILE }],
    ] as const)
      if ((await propose(world, kind, subject, signers)) !== 1) throw new Error(`${kind} is refused`);
    await this.calls.registration.ra.authority.refresh();
  }

  /** An order of Grace Liu of two certificates, of which one keeps its key; with the code as it came by mail. */
  async personsOrder(): Promise<{ readonly orderId: string; readonly code: string }> {
    const { calls, world, worker } = this;
    const made = await calls.call('operator2', 'POST', '/api/v1/orders', {
      agencyId: 'treasury',
      applicantId: calls.person['grace.liu@treasury.govt.nz'],
      sponsorId: calls.person['susan.grant@treasury.govt.nz'],
      type: 'business-card-software',
      items: [{ profile: 'user-auth' }, { profile: 'user-encrypt' }],
    });
    if (made.status !== 201) throw new Error(JSON.stringify(made.body));
    const orderId = made.body.id;
    await worker.codeDesk().run();
    await calls.approve(orderId, world.operators[0]);
    await world.signer.orders.run();
    await worker.mailDesk().run();
    const mail = readFileSync(join(worker.outbox, `${orderId}-code.eml`), 'utf8');
    return { orderId, code: /\n {4}([0-9A-Z-]{19})\r\n/.exec(mail)?.[1] ?? '' };
  }

  async call(agent: TestAgent | string, path: string, payload: object = {}): Promise<Answer> {
    const token = typeof agent === 'string' ? agent : agent.token;
    return this.calls.call(undefined, 'POST', `/api/v1/recoveries${path}`, payload, {
      authorization: `Bearer ${token}`,
    });
  }

  async events(id: string): Promise<string[]> {
    const rows = await this.world.owner
      .selectFrom('audit_events')
      .select('kind')
      .where('object_id', '=', id)
      .where('outcome', '=', 'success')
      .orderBy('id')
      .execute();
    return rows.map(({ kind }) => kind);
  }

  /** Asks for the holder's key; `more` replaces members of the wish. */
  async request(more: Readonly<Record<string, unknown>> = {}, token: string = this.hemi): Promise<Answer> {
    return this.call(token, '', {
      certificate: this.holder.sha256,
      capacity: 'legal',
      legalBasis: 'Public Records Act 2005, s 17',
      purpose: 'to read mail of May that belongs to the agency',
      messagesFrom: '2026-05-01',
      messagesUntil: '2026-05-31',
      recipient: this.recipient.pem,
      ...more,
    });
  }

  async approvalOf(
    agent: TestAgent,
    id: string,
  ): Promise<{ digest: Uint8Array; body: { credentialId: string; signature: ReturnType<typeof signDigest> } }> {
    const content = await this.calls.call(undefined, 'GET', `/api/v1/recoveries/${id}/content`, undefined, {
      authorization: `Bearer ${agent.token}`,
    });
    const digest = recoveryDigest(new Uint8Array(content.raw));
    const { credentialId, privateKey } = agent.approval;
    return { digest, body: { credentialId, signature: signDigest(digest, credentialId, privateKey) } };
  }

  async approve(agent: TestAgent, id: string): Promise<Answer> {
    return this.call(agent, `/${id}/approvals`, (await this.approvalOf(agent, id)).body);
  }

  /** The whole part of one agent, by the command. */
  async approveByCommand(agent: TestAgent, id: string, ...more: readonly string[]) {
    const files = ['--key', agent.approvalFile, '--agent-key', agent.keyFile];
    return this.see(agent.token, 'recovery', 'approve', id, ...files, '--yes', ...more);
  }

  async stateOf(id: string): Promise<string> {
    const row = await this.world.owner
      .selectFrom('recoveries')
      .select('state')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return row.state;
  }

  async openings(id: string): Promise<number> {
    const rows = await this.world.owner
      .selectFrom('recovery_openings')
      .select('recovery_id')
      .where('recovery_id', '=', id)
      .execute();
    return rows.length;
  }

  /** Has the worker ask for the letters that are due, and send them. Returns how many it asked for. */
  async notices(): Promise<number> {
    const asked = await tellOfRecoveries(this.worker.db, new AbortController().signal);
    await this.worker.mailDesk().run();
    return asked;
  }
}

type Parts = Pick<
  RecoveryScene,
  'world' | 'calls' | 'worker' | 'folder' | 'agents' | 'bystander' | 'hemi' | 'recipient'
>;

/** An encryption certificate of before keys were kept, for the one who will read. */
async function readerOf(world: World, calls: Calls, folder: string): Promise<Reader> {
  const { csr, privateKey } = rsaRequest();
  const made = await calls.call('operator2', 'POST', '/api/v1/orders', {
    agencyId: 'treasury',
    applicantId: calls.person['hemi.walker@treasury.govt.nz'],
    sponsorId: calls.person['susan.grant@treasury.govt.nz'],
    type: 'business-card-software',
    items: [{ profile: 'user-encrypt', csr: encodePem('CERTIFICATE REQUEST', csr) }],
  });
  await calls.approve(made.body.id, world.operators[0]);
  await world.signer.orders.run();
  const { sha256 } = only((await calls.call('operator', 'GET', `/api/v1/orders/${made.body.id}`)).body.certificates);
  const row = await world.owner
    .selectFrom('certificates')
    .innerJoin('certificate_bytes', 'certificate_id', 'id')
    .select('der')
    .where('sha256', '=', Uint8Array.fromHex(sha256))
    .executeTakeFirstOrThrow();
  const pem = encodePem('CERTIFICATE', row.der);
  const [keyFile, pemFile] = [join(folder, 'recipient.key'), join(folder, 'recipient.pem')];
  writeFileSync(keyFile, privateKey.export({ format: 'pem', type: 'pkcs8' }));
  // With more behind it, as `see cert get` writes a chain.
  writeFileSync(pemFile, `${pem}${pem}`);
  return { keyFile, pem, pemFile };
}

/** The SQLSTATE with which something ends, or `done`. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    return sqlState(error) ?? String(error);
  }
}

/**
 * What openssl makes of an envelope with a key; undefined when it gives up. With a key that is none of the envelope's it may
 * give chance octets instead (RFC 3218), so compare what comes out.
 */
export function openssl(envelope: Uint8Array, keyFile: string): Uint8Array | undefined {
  const args = ['cms', '-decrypt', '-inform', 'DER', '-inkey', keyFile];
  try {
    return new Uint8Array(execFileSync('openssl', args, { input: envelope, stdio: ['pipe', 'pipe', 'ignore'] }));
  } catch {
    return undefined;
  }
}

/** Tables in which a prime of a key can be found, in octets or in text. */
export async function tablesWith(world: World, key: KeyObject): Promise<string[]> {
  const { p = '' } = key.export({ format: 'jwk' });
  const hex = Buffer.from(p, 'base64url').toString('hex');
  if (hex.length !== 384) throw new Error('the key is none of RSA-3072');
  const tables = await sql<{ name: string }>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`.execute(
    world.owner,
  );
  if (tables.rows.length < 40) throw new Error('tables are missing');
  const found: string[] = [];
  for (const { name } of tables.rows) {
    const rows = await sql`select from ${sql.table(name)} t where t::text like ${`%${hex}%`} limit 1`.execute(
      world.owner,
    );
    if (rows.rows.length > 0) found.push(name);
  }
  return found;
}
