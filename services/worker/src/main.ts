import { AuthorityFollower, assertServiceLogin, beat, openDatabase, startListening } from '@see/db';
import { AuditSequencer } from '@see/db/log';
import { runService } from '@see/process';
import { CheckpointDesk } from './checkpoint-desk.ts';
import { coalesce } from './coalesce.ts';
import { CodeDesk } from './code-desk.ts';
import { askForDigests } from './digest-desk.ts';
import { EnrolmentCodes } from './enrolment-codes.ts';
import { lapseOverdueOrders } from './lapse-desk.ts';
import { tellOfLinks } from './links-desk.ts';
import { MailDesk } from './mail-desk.ts';
import { MailQueue } from './mail-queue.ts';
import { mailSettings } from './mail-settings.ts';
import { MailWriter } from './mail-writer.ts';
import { NoticeDesk } from './notice-desk.ts';
import { endLateRecoveries, tellOfRecoveries } from './recovery-desk.ts';
import { SiteDesk } from './site-desk.ts';
import { openWorkerIdentity } from './worker-identity.ts';

const SEQUENCE_MS = 500;
const BEAT_MS = 5_000;
const NOTICE_MS = 600_000;
const OBSERVE_MS = 300_000;

/** The worker: codes and their mail, lapses, the sequencer of the audit log. It signs nothing but its own vouchers. */
await runService('worker', async (context) => {
  const { instance, closing, log } = context;
  if (!context.passphrase) throw new Error('the worker needs its passphrase: SEE_WORKER_PASSPHRASE_FILE');
  const identity = openWorkerIdentity(context.stateDir, context.passphrase);
  const db = openDatabase(context.databaseUrl, {
    applicationName: 'see worker',
    onLost: (error) => log('warn', 'an idle database connection was lost', { error }),
  });
  await assertServiceLogin(db, 'worker');
  const follower = new AuthorityFollower(db, Uint8Array.fromHex(instance.anchor));
  await follower.refresh();

  const mail = mailSettings(context, process.env);
  const codes = new EnrolmentCodes(identity.codeSecret);
  const shared = { db, instance: instance.instance, authority: () => follower.current, codes, closing, log };
  const codeDesk = new CodeDesk({ ...shared, identity });
  const queue = await MailQueue.open(context.databaseUrl, log);
  const writer = new MailWriter({ ...shared, secret: identity.codeSecret, portalUrl: instance.urls.portal });
  const mailDesk = mail && new MailDesk({ db, queue, writer, ...mail, closing, log });
  const noticeDesk = mail && new NoticeDesk({ db, closing, now: () => new Date() });
  if (!mail) log('error', 'no mail server is named, mails stay in the outbox', { remedy: 'set SEE_SMTP_URL' });
  const sequencer = new AuditSequencer(db, () => performance.now());
  const checkpointDesk = new CheckpointDesk(db);

  const survive = (what: string) => (error: unknown) => {
    if (!closing.aborted) log('error', `${what} failed`, { error });
  };
  const bindCodes = coalesce(() => codeDesk.run(), survive('binding codes'));
  const deliver = coalesce(async () => mailDesk?.run(), survive('sending mail'));
  const lapse = coalesce(() => lapseOverdueOrders(db, closing), survive('lapsing orders'));
  const recoveries = coalesce(async () => {
    await endLateRecoveries(db, closing);
    if ((await tellOfRecoveries(db, closing)) > 0) void deliver();
  }, survive('ending recoveries and telling of them'));
  const tell = coalesce(async () => {
    const notices = (await noticeDesk?.run()) ?? 0;
    const digests = mail ? await askForDigests({ ...shared, now: () => new Date() }) : 0;
    if (notices + digests > 0) void deliver();
  }, survive('telling of endings'));
  const sequence = coalesce(async () => {
    await sequencer.run(closing);
    if (!closing.aborted) await checkpointDesk.run();
  }, survive('keeping the audit log'));
  const siteDesk = new SiteDesk({ db, closing, now: () => new Date() });
  const observe = coalesce(async () => {
    await siteDesk.run();
  }, survive('looking at sites'));
  const since = new Date();
  const live = coalesce(
    () => beat(db, 'worker', process.pid, since, { mail: mail?.sender.kind ?? 'none' }),
    survive('the heartbeat'),
  );

  const links = coalesce(async () => {
    if ((await tellOfLinks(db)) > 0) void deliver();
  }, survive('telling of links'));
  const orders = async ({ sweep }: { readonly sweep: boolean }): Promise<void> => {
    void bindCodes();
    void deliver();
    void links();
    if (sweep) void lapse();
    if (sweep) void recoveries();
  };
  const hub = await startListening(context.databaseUrl, {
    applicationName: 'see worker listen',
    listeners: {
      see_chain: async (wake) => {
        await follower.refresh();
        await orders(wake);
      },
      see_orders: orders,
      see_mails: async () => void deliver(),
    },
    onError: (error, where) => log('warn', 'listening failed', { where, error }),
  });
  const timers = [
    setInterval(() => void tell(), NOTICE_MS),
    setInterval(() => void observe(), OBSERVE_MS),
    setInterval(() => void sequence(), SEQUENCE_MS),
    setInterval(() => void live(), BEAT_MS),
  ];
  await live();
  void tell();
  void observe();
  context.ready({ mail: mail?.sender.kind ?? 'none' });

  return {
    close: async () => {
      for (const timer of timers) clearInterval(timer);
      await hub.close();
      await Promise.all([
        bindCodes(),
        deliver(),
        lapse(),
        links(),
        recoveries(),
        tell(),
        observe(),
        sequence(),
        live(),
      ]);
      await queue.close();
      mail?.sender.close();
      await db.destroy();
    },
  };
});
