import { readFileSync } from 'node:fs';
import { verifyBundle } from '@see/cli';
import { type Database, openDatabase } from '@see/db';
import { AuditSequencer } from '@see/db/log';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CheckpointDesk } from '../../services/worker/src/checkpoint-desk.ts';
import { type Calls, openCalls } from '../support/registration-calls.ts';
import { RenewalScene } from '../support/renewal-scene.ts';
import { runSee } from '../support/see-command.ts';
import { makeWorld, newKey, type World } from '../support/world.ts';

let world: World;
let calls: Calls;
let scene: RenewalScene;
let workerDb: Database;

beforeAll(async () => {
  world = await makeWorld();
  calls = await openCalls(world);
  scene = new RenewalScene(world, calls);
  workerDb = openDatabase(world.postgres.serviceUrl('worker'), { applicationName: 'test worker' });
});
afterAll(async () => {
  scene?.remove();
  await workerDb?.destroy();
  await calls?.registration.app.close();
  await world?.close();
});

/** What the worker and the signer do all the time: everything into the log, and a checkpoint over it. */
async function sign(): Promise<void> {
  await new AuditSequencer(workerDb, () => 0).run();
  await new CheckpointDesk(workerDb).run();
  await world.signer.checkpoints.run();
}

/** Asks until the log has signed it, as the command does. */
async function bundle(path: string, who: 'operator' | 'auditor' = 'operator'): Promise<string> {
  const first = await calls.call(who, 'GET', path);
  expect([first.status, first.body.state]).toEqual([202, 'sealing']);
  await sign();
  const answer = await calls.call(who, 'GET', path);
  expect(answer.status).toBe(200);
  return answer.raw.toString();
}

const verify = (text: string, root = world.instance.rootFingerprint) => verifyBundle(text, world.instance.anchor, root);
/** The bundle with one thing changed. */
function changed(text: string, change: (bundle: Changeable) => void): string {
  const parsed = JSON.parse(text) as Changeable;
  change(parsed);
  return JSON.stringify(parsed);
}
interface Changeable {
  content: Record<string, unknown> & { certificate: { profile: string } };
  log: {
    checkpoint: string;
    entries: { seq: number; event: { kind: string; detail: Record<string, unknown> }; proof: string[] }[];
  };
  authority: { statement: string; signatures: unknown[] }[];
}

describe('the evidence behind a certificate', () => {
  let text: string;
  let sha256: string;

  beforeAll(async () => {
    const issued = await calls.issueGateway();
    sha256 = issued.sha256;
    text = await bundle(`/api/v1/certificates/${sha256}/evidence`, 'auditor');
  });

  it('is verified from the anchor alone: log, order, approvals, chain', async () => {
    const report = await verify(text);
    expect(report).toMatchObject({ kind: 'certificate-evidence', approvals: { hold: 2, needed: 2 } });
    const { content, log } = JSON.parse(text) as Changeable & {
      content: { order: { evidence: object; csrs: string[] } };
    };
    const kinds = log.entries.map(({ event }) => event.kind);
    for (const kind of ['order.create', 'order.approve', 'signing.intended', 'certificate.issued', 'record.exported'])
      expect(kinds).toContain(kind);
    expect(content.order.evidence).toMatchObject({ letter: 'TSY-2026-11' });
    expect(content.order.csrs).toHaveLength(1);
  });

  it('is the same again while nothing changes, and recorded once', async () => {
    const again = await calls.call('auditor', 'GET', `/api/v1/certificates/${sha256}/evidence`);
    expect(again.status).toBe(200);
    expect((JSON.parse(again.raw.toString()) as Changeable).content).toEqual((JSON.parse(text) as Changeable).content);
    const events = await sql`
      select 1 from audit_events where kind = 'record.exported' and object_id = ${sha256} and outcome = 'success'`.execute(
      world.owner,
    );
    expect(events.rows).toHaveLength(1);
  });

  it.each<[string, (bundle: Changeable) => void]>([
    ['a fact', (one) => (one.content.certificate.profile = 'user-auth')],
    ['a fact left out', (one) => delete one.content['changes']],
    ['an event', (one) => ((one.log.entries[0] as Changeable['log']['entries'][0]).event.detail = {})],
    ['the place of an event', (one) => ((one.log.entries[0] as Changeable['log']['entries'][0]).seq += 1)],
    ['the checkpoint', (one) => (one.log.checkpoint = one.log.checkpoint.replace(/\n\d+\n/, '\n9999\n'))],
    [
      'the event that sealed it left out',
      (one) =>
        one.log.entries.splice(
          one.log.entries.findIndex(({ event }) => event.kind === 'record.exported'),
          1,
        ),
    ],
    ['a signature of the chain left out', (one) => one.authority.at(-1)?.signatures.splice(0)],
    ['the first statement', (one) => one.authority.shift()],
  ])('does not hold with %s changed', async (_name, change) => {
    await expect(verify(changed(text, change))).rejects.toThrow();
  });

  it('does not hold for another anchor or another root', async () => {
    await expect(verifyBundle(text, 'ab'.repeat(48))).rejects.toThrow();
    await expect(verify(text, 'ab'.repeat(32))).rejects.toThrow('another root');
  });

  it('is for auditors and operators', async () => {
    expect((await calls.call('agent', 'GET', `/api/v1/certificates/${sha256}/evidence`)).status).toBe(403);
    expect((await calls.call(undefined, 'GET', `/api/v1/certificates/${sha256}/evidence`)).status).toBe(401);
  });

  it('has what was done to the certificate since, and the request of a renewal', async () => {
    const held = await scene.gateway('gateway-sign');
    const request = scene.cms(scene.content(newKey()), held);
    const { renewal } = await scene.send(request);
    await scene.agreeAndApprove(renewal.orderId);
    const made = (await scene.send(request)).renewal.certificate?.sha256 ?? '';
    const found = await bundle(`/api/v1/certificates/${made}/evidence`);
    expect(await verify(found)).toMatchObject({ approvals: { hold: 2, needed: 2 } });
    const { content } = JSON.parse(found) as { content: { order: { renewal: { request: string } } } };
    expect(content.order.renewal.request).toBe(Buffer.from(request).toString('base64'));
  });
});

describe('what is held about a person', () => {
  it('has all of theirs in clear and nobody else by name or number', async () => {
    const grace = calls.person['grace.liu@treasury.govt.nz'] ?? '';
    await scene.person('grace.liu@treasury.govt.nz', 'user-auth');
    await calls.call('agent', 'POST', `/api/v1/people/${grace}/evidence`, {
      ...{ kind: 'passport', issuer: 'DIA', method: 'in-person', sightedOn: '2026-03-01', note: 'seen at the counter' },
    });
    const text = await bundle(`/api/v1/people/${grace}/export`);
    expect(await verify(text)).toMatchObject({ kind: 'person-access', approvals: null });
    const { content } = JSON.parse(text) as { content: Record<string, unknown> };
    expect(content['person']).toMatchObject({
      id: grace,
      displayName: 'Grace Liu',
      email: 'grace.liu@treasury.govt.nz',
    });
    const said = JSON.stringify(content);
    for (const part of ['seen at the counter', 'user-auth', 'known-to-agency']) expect(said).toContain(part);
    const others = Object.entries(calls.person).filter(([email]) => email !== 'grace.liu@treasury.govt.nz');
    expect(others.length).toBeGreaterThan(5);
    for (const [email, id] of others)
      expect([email, said.includes(email), said.includes(id)]).toEqual([email, false, false]);
    expect((await calls.call('auditor', 'GET', `/api/v1/people/${grace}/export`)).status).toBe(403);
    expect((await calls.call('agent', 'GET', `/api/v1/people/${grace}/export`)).status).toBe(403);
  });
});

describe('the commands', () => {
  it('fetch a bundle, wait for the log, and verify it without the service', async () => {
    await calls.registration.app.listen({ port: world.instance.ports.portal, host: '127.0.0.1' });
    const token = calls.authorization('operator').slice(7);
    const see = (args: readonly string[], environment: Record<string, string> = {}) =>
      runSee({ program: 'see', environment: { SEE_URL: world.instance.urls.portal, ...environment } }, ...args);
    const { sha256 } = await scene.gateway('gateway-sign');
    const file = scene.write('');
    const fetching = see(['cert', 'evidence', sha256, '--out', file], { SEE_TOKEN: token });
    const signing = setInterval(() => void sign(), 500);
    const fetched = await fetching.finally(() => clearInterval(signing));
    expect([fetched.stderr, fetched.code]).toEqual(['', 0]);
    const trust = ['--anchor', world.instance.anchor, '--root', world.instance.rootFingerprint];
    const whole = await see(['audit', 'verify-bundle', file, ...trust], { SEE_URL: 'http://localhost:1' });
    expect([whole.code, whole.stdout]).toEqual([0, expect.stringContaining('Whole: certificate-evidence')]);
    const bad = scene.write(
      changed(readFileSync(file, 'utf8'), (one) => (one.content.certificate.profile = 'operator')),
    );
    const broken = await see(['audit', 'verify-bundle', bad, ...trust]);
    expect([broken.code, broken.stderr]).toEqual([1, expect.stringContaining('changed after it was given out')]);
    const listed = await see(['records', 'current', '--kind', 'agency'], { SEE_TOKEN: token });
    expect([listed.code, listed.stdout]).toEqual([0, expect.stringContaining('treasury')]);
    const kept = await see(['records', 'retention'], { SEE_TOKEN: token });
    expect([kept.code, kept.stdout]).toEqual([0, expect.stringContaining('for good')]);
    const person = calls.person['grace.liu@treasury.govt.nz'] ?? '';
    expect((await see(['person', 'review', person], { SEE_TOKEN: token })).code).toBe(0);
  });
});
