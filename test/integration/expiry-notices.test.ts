import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MailSender, outboxSender } from '../../services/worker/src/mail-sender.ts';
import { NoticeDesk } from '../../services/worker/src/notice-desk.ts';
import { type Calls, openCalls } from '../support/registration-calls.ts';
import { openWorkerDesks, type WorkerDesks } from '../support/worker-desks.ts';
import { makeWorld, newKey, type World } from '../support/world.ts';

let world: World;
let calls: Calls;
let desks: WorkerDesks;
const folder = mkdtempSync(join(tmpdir(), 'see-notices-'));
const DAY = 86_400_000;

beforeAll(async () => {
  world = await makeWorld();
  calls = await openCalls(world);
  desks = await openWorkerDesks(world);
});
afterAll(async () => {
  await calls?.registration.app.close();
  await desks?.close();
  await world?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Orders certificates for a person and has them issued; returns when they end. */
async function certify(email: string, profiles: readonly string[]): Promise<Date> {
  const made = await calls.call('operator', 'POST', '/api/v1/orders', {
    ...calls.wish(),
    agentId: undefined,
    applicantId: calls.person[email],
    type: 'business-card-software',
    items: profiles.map((profile) => ({ ...calls.wish(newKey()).items[0], profile })),
  });
  await calls.approve(made.body.id, world.operators[1], 'operator2');
  await world.signer.orders.run();
  const row = await world.owner
    .selectFrom('certificates')
    .select('not_after')
    .where('order_id', '=', made.body.id)
    .executeTakeFirstOrThrow();
  return row.not_after;
}

/** Text of a mail without the soft line ends of quoted-printable. */
const linkedText = (mail: string): string => mail.replaceAll('=\r\n', '').replaceAll('=3D', '=');

/** Runs the desks at a time; returns the mails that it handed over as text. */
async function mailsAt(now: Date, sender: MailSender = outboxSender(folder)): Promise<string[]> {
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
  const closing = new AbortController().signal;
  await new NoticeDesk({ db: desks.db, closing, now: () => now }).run();
  await desks.makeDue();
  await desks.mailDesk(sender).run();
  return readdirSync(folder)
    .toSorted()
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

const before = (end: Date, days: number) => new Date(end.getTime() - days * DAY + 60_000);
const to = (mails: readonly string[]) => mails.map((mail) => /^To: (.*)\r$/m.exec(mail)?.[1]);

describe('notices', () => {
  it('reach the holder once at 60, 30, 14, 7 and 1 days, in one mail for all certificates', async () => {
    const end = await certify('grace.liu@treasury.govt.nz', ['user-auth', 'user-sign']);
    expect(await mailsAt(before(end, 61))).toEqual([]);
    for (const days of [60, 30, 14, 7, 1]) {
      const mails = await mailsAt(before(end, days));
      expect(to(mails), String(days)).toEqual(['grace.liu@treasury.govt.nz']);
      const text = linkedText(mails[0] ?? '');
      for (const words of [
        'signing in',
        'signing mail and documents',
        days === 1 ? 'within one day' : `within ${days} days`,
      ])
        expect(text).toContain(words);
      // No link but those to the calendars, one a certificate.
      expect(text.match(/\/api\/v1\/certificates\/[0-9a-f]{64}\/renewal\.ics/g)?.length).toBeGreaterThan(1);
      expect(text.replaceAll(/\S*\/api\/v1\/certificates\/[0-9a-f]{64}\/renewal\.ics/g, '')).not.toMatch(/https?:/);
      expect(await mailsAt(before(end, days - 0.5)), `again at ${days}`).toEqual([]);
    }
    expect(await mailsAt(new Date(end.getTime() + DAY))).toEqual([]);
    const audit = await sql`select 1 from audit_events where kind = 'notice.expiry' and login = 'see_worker'`.execute(
      world.owner,
    );
    expect(audit.rows).toHaveLength(10);
  });

  it('start with the step that is reached, and end with a successor', async () => {
    await sql`alter table expiry_notices disable trigger user`.execute(world.owner);
    await sql`delete from expiry_notices`.execute(world.owner);
    await sql`alter table expiry_notices enable trigger user`.execute(world.owner);
    const first = await sql<{
      end: Date;
    }>`select max(not_after) as end from certificates where person_id is not null`.execute(world.owner);
    const end = first.rows[0]?.end ?? new Date(0);
    const serials = async () =>
      (
        await sql<{ serial: Uint8Array }>`select serial from certificates where person_id is not null`.execute(
          world.owner,
        )
      ).rows.map(({ serial }) => serial.toHex());
    const old = await serials();
    const [told = ''] = await mailsAt(before(end, 10));
    expect(told).toContain('within 14 days');
    expect(old.filter((serial) => told.includes(serial))).toEqual(old);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await certify('grace.liu@treasury.govt.nz', ['user-auth', 'user-sign']);
    // The successors end a second later here, so they are what is told of now.
    const [later = ''] = await mailsAt(before(end, 6));
    const successors = (await serials()).filter((serial) => !old.includes(serial));
    expect(successors.filter((serial) => later.includes(serial))).toEqual(successors);
    expect(old.filter((serial) => later.includes(serial))).toEqual([]);
  });

  it('of a gateway go to the applicant and the sponsor, and not for what is revoked', async () => {
    const { sha256 } = await calls.issueGateway();
    const row = await sql<{ end: Date; id: number }>`
      select not_after as end, id from certificates where sha256 = ${Uint8Array.fromHex(sha256)}`.execute(world.owner);
    const { end, id } = row.rows[0] ?? { end: new Date(0), id: 0 };
    const mails = (await mailsAt(before(end, 30))).filter((mail) => mail.includes('the mail gateway, signing'));
    expect(to(mails).toSorted()).toEqual(['grace.liu@treasury.govt.nz', 'susan.grant@treasury.govt.nz']);
    await sql`alter table revocations disable trigger user`.execute(world.owner);
    await sql`
      insert into revocations (certificate_id, ca, serial, kind, reason, requested_by)
      select id, ca, serial, 'revoke', 4, 'test' from certificates where id = ${id}`.execute(world.owner);
    await sql`alter table revocations enable trigger user`.execute(world.owner);
    expect((await mailsAt(before(end, 14))).filter((mail) => mail.includes('the mail gateway, signing'))).toEqual([]);
  });

  it('that can not be sent wait in the outbox', async () => {
    const end = await certify('hemi.walker@treasury.govt.nz', ['user-auth']);
    const broken: MailSender = {
      kind: 'smtp',
      send: async () => {
        throw new Error('the mail server is away');
      },
      close: () => undefined,
    };
    expect(await mailsAt(before(end, 30), broken)).toEqual([]);
    const mails = await mailsAt(before(end, 29));
    expect(to(mails)).toContain('hemi.walker@treasury.govt.nz');
    expect(mails.find((mail) => mail.includes('To: hemi.walker'))).toContain('within 30 days');
  });
});
