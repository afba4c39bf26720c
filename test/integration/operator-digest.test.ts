import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuthorityFollower } from '@see/db';
import { readDigest } from '@see/db/worker';
import { sql } from 'kysely';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askForDigests } from '../../services/worker/src/digest-desk.ts';
import { outboxSender } from '../../services/worker/src/mail-sender.ts';
import { NOTICE_STEPS, NoticeDesk } from '../../services/worker/src/notice-desk.ts';
import { type Calls, openCalls } from '../support/registration-calls.ts';
import { RenewalScene } from '../support/renewal-scene.ts';
import { openWorkerDesks, type WorkerDesks } from '../support/worker-desks.ts';
import { makeWorld, newKey, type World } from '../support/world.ts';

let world: World;
let calls: Calls;
let desks: WorkerDesks;
let scene: RenewalScene;
let authority: AuthorityFollower;
const folder = mkdtempSync(join(tmpdir(), 'see-digest-'));
const OPTIONS = { steps: NOTICE_STEPS, failedWithinHours: 24, unconfirmedDays: 30 };

beforeAll(async () => {
  world = await makeWorld();
  calls = await openCalls(world);
  desks = await openWorkerDesks(world);
  scene = new RenewalScene(world, calls);
  authority = new AuthorityFollower(desks.db, Uint8Array.fromHex(world.instance.anchor));
  await authority.refresh();
});
afterAll(async () => {
  scene?.remove();
  await calls?.registration.app.close();
  await desks?.close();
  await world?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Asks at a time in New Zealand (UTC+13 in summer); returns how many letters that were. */
function ask(time: string): Promise<number> {
  const closing = new AbortController().signal;
  return askForDigests({
    db: desks.db,
    authority: () => authority.current,
    closing,
    now: () => new Date(`${time}+13:00`),
  });
}

async function mails(): Promise<{ to: string | undefined; subject: string | undefined; text: string }[]> {
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
  await desks.makeDue();
  await desks.mailDesk(outboxSender(folder)).run();
  return Promise.all(
    readdirSync(folder)
      .toSorted()
      .map(async (name) => {
        const { to, subject, text } = await PostalMime.parse(readFileSync(join(folder, name)));
        return { to: to?.[0]?.address, subject, text: text ?? '' };
      }),
  );
}

describe('the operators’ digest', () => {
  it('is not asked for while there is nothing to tell', async () => {
    expect(await ask('2026-11-23T09:00:00')).toBe(0);
  });

  it('goes to each operator once a working day, between eight and six', async () => {
    const order = await scene.asSponsor('/api/v1/orders', calls.wish());
    expect(order.statusCode).toBe(201);
    for (const time of ['2026-11-22T12:00:00', '2026-11-28T12:00:00', '2026-11-23T07:59:59', '2026-11-23T18:00:00'])
      expect(await ask(time), time).toBe(0);
    expect(await ask('2026-11-23T08:00:00')).toBe(2);
    expect(await ask('2026-11-23T17:59:59')).toBe(0);
    const sent = await mails();
    expect(sent.map(({ to }) => to).toSorted()).toEqual(['mere.tahana@ssc.govt.nz', 'thomas.fisher@ssc.govt.nz']);
    expect(sent[0]?.subject).toBe(
      'SEE PKI on 2026-11-23: 1 waiting, 0 failed, 0 ending | SEE PKI i te 2026-11-23: 1 e tatari ana, 0 kua hapa, 0 ka mutu',
    );
    expect(sent[0]?.text).toContain('1 order, the oldest since');
    expect(sent[0]?.text).toContain('/console');
    expect(await ask('2026-11-24T08:00:00')).toBe(2);
    const events = await sql`select 1 from audit_events where kind = 'notice.digest' and login = 'see_worker'`.execute(
      world.owner,
    );
    expect(events.rows).toHaveLength(4);
  });

  it('tells what ends, what nobody confirmed and whose overlap is over', async () => {
    const [signing, encrypting] = [await scene.gateway('gateway-sign', 13), await scene.gateway('gateway-encrypt', 29)];
    const request = scene.cms(scene.content(newKey(), encrypting), signing);
    const { renewal } = await scene.send(request);
    await scene.agreeAndApprove(renewal.orderId);
    const next = (await scene.send(request)).renewal.certificate?.sha256 ?? '';
    const serialOf = async (sha256: string): Promise<string> => {
      const row = await world.owner
        .selectFrom('certificates')
        .select('serial')
        .where('sha256', '=', Uint8Array.fromHex(sha256))
        .executeTakeFirstOrThrow();
      return Buffer.from(row.serial).toString('hex');
    };
    const now = await readDigest(desks.db, new Date(), OPTIONS);
    expect([now.unconfirmed, now.overlapOver]).toEqual([[], []]);
    // Thirty days after the issue, and one second before.
    const at = (days: number, milliseconds: number) =>
      readDigest(desks.db, new Date(Date.now() + days * 86_400_000 + milliseconds), OPTIONS);
    expect((await at(30, -60_000)).unconfirmed).toEqual([]);
    const later = await at(30, 60_000);
    expect(later.unconfirmed.map(({ serial }) => Buffer.from(serial).toString('hex'))).toEqual([await serialOf(next)]);
    // The old one ended before its overlap did.
    expect(later.overlapOver).toEqual([]);
    const answer = await calls.call('operator', 'POST', `/api/v1/certificates/${next}/confirm`, {});
    expect(answer.status).toBe(200);
    expect((await at(30, 60_000)).unconfirmed).toEqual([]);
  });

  it('names a replaced gateway certificate once its overlap is over, and until it is revoked or ends', async () => {
    const old = await scene.gateway('gateway-sign', 100);
    const order = await scene.asSponsor('/api/v1/orders', { ...calls.wish(), replaces: [old.sha256] });
    await scene.approve(order.json<{ id: string }>().id);
    const named = async (days: number): Promise<string[]> => {
      const { overlapOver } = await readDigest(desks.db, new Date(Date.now() + days * 86_400_000), OPTIONS);
      return overlapOver.map(({ serial }) => Buffer.from(serial).toString('hex'));
    };
    expect(await named(29.9)).toEqual([]);
    expect(await named(30.1)).toEqual([old.serial]);
    expect(await named(101)).toEqual([]);
  });

  it('counts what ends by agency, profile and step, and leaves out what has a successor or is revoked', async () => {
    const end = await world.owner
      .selectFrom('certificates')
      .select(({ fn }) => fn.max('not_after').as('end'))
      .where('profile_id', '=', 'gateway-sign')
      .executeTakeFirstOrThrow();
    const before = (days: number) =>
      readDigest(desks.db, new Date(new Date(end.end).getTime() - days * 86_400_000), OPTIONS);
    const signing = async (days: number) =>
      (await before(days)).ending.filter(({ profileId }) => profileId === 'gateway-sign');
    expect(await signing(61)).toEqual([]);
    expect(await signing(59)).toMatchObject([{ days: 60, agencyId: 'treasury' }]);
    expect(await signing(13)).toMatchObject([{ days: 14 }]);
    expect(await signing(0.5)).toMatchObject([{ days: 1 }]);
    expect(await signing(-1)).toEqual([]);
  });
});

describe('notices of a gateway', () => {
  it('go to every sponsor of its agency today', async () => {
    const added = calls.person['alan.hunt@dpmc.govt.nz'] ?? '';
    const ended = calls.person['moana.brooks@dpmc.govt.nz'] ?? '';
    const from = Math.floor(Date.now() / 1000) - 1000;
    const delegation = (personId: string, until: number) => ({
      personId,
      role: 'sponsor',
      from,
      until,
      instrument: 'test',
    });
    const more = JSON.stringify([delegation(added, from + 900_000_000), delegation(ended, from + 500)]);
    await sql`
      update agencies set scope = jsonb_set(scope, '{delegations}', (scope->'delegations') || ${more}::jsonb)
      where id = 'treasury'`.execute(world.owner);
    await scene.gateway('gateway-sign', 6);
    const row = await sql<{ end: Date }>`
      select max(not_after) as end from certificates where profile_id = 'gateway-sign'`.execute(world.owner);
    const now = new Date((row.rows[0]?.end.getTime() ?? 0) - 6 * 86_400_000);
    await mails();
    await new NoticeDesk({ db: desks.db, closing: new AbortController().signal, now: () => now }).run();
    const signing = (await mails()).filter(({ text }) => text.includes('the mail gateway, signing'));
    expect(signing.map(({ to }) => to).toSorted()).toEqual([
      'alan.hunt@dpmc.govt.nz',
      'grace.liu@treasury.govt.nz',
      'susan.grant@treasury.govt.nz',
    ]);
  });
});
