import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AuthorityFollower, type Database, openDatabase, withTransaction } from '@see/db';
import { insertOrders } from '@see/db/ra';
import type { OrderDraft } from '@see/domain';
import { CodeDesk } from '../../services/worker/src/code-desk.ts';
import { EnrolmentCodes } from '../../services/worker/src/enrolment-codes.ts';
import { MailDesk } from '../../services/worker/src/mail-desk.ts';
import { MailQueue } from '../../services/worker/src/mail-queue.ts';
import { type MailSender, outboxSender } from '../../services/worker/src/mail-sender.ts';
import { MailWriter } from '../../services/worker/src/mail-writer.ts';
import { openWorkerIdentity, type WorkerIdentity } from '../../services/worker/src/worker-identity.ts';
import { query } from './query.ts';
import type { World } from './world.ts';

/** The worker's desks on a world, under the worker's own login and keys. */
export interface WorkerDesks {
  readonly db: Database;
  readonly identity: WorkerIdentity;
  readonly codes: EnrolmentCodes;
  readonly outbox: string;
  /** Log lines with level and message. */
  readonly lines: string[];
  codeDesk(identity?: WorkerIdentity): CodeDesk;
  mailDesk(sender?: MailSender, codes?: EnrolmentCodes): MailDesk;
  /** Makes every job that waits for its next try due now. */
  makeDue(): Promise<void>;
  close(): Promise<void>;
}

export async function openWorkerDesks(world: World): Promise<WorkerDesks> {
  const passphrase = Buffer.from(readFileSync(join(world.layout.evaluationDir, 'worker.passphrase'), 'utf8').trim());
  const identity = openWorkerIdentity(join(world.layout.stateDir, 'worker'), passphrase);
  const db = openDatabase(world.postgres.serviceUrl('worker'), { applicationName: 'test worker' });
  const authority = await new AuthorityFollower(db, Uint8Array.fromHex(world.instance.anchor)).refresh();
  const codes = new EnrolmentCodes(identity.codeSecret);
  const outbox = join(world.layout.dataDir, 'test-outbox');
  const lines: string[] = [];
  const log = (level: string, message: string, fields?: object): void => {
    lines.push(`${level} ${message} ${JSON.stringify(fields)} ${String((fields as { error?: unknown })?.error)}`);
  };
  const queue = await MailQueue.open(world.postgres.serviceUrl('worker'), log);
  const shared = {
    db,
    instance: world.instance.instance,
    authority: () => authority,
    codes,
    closing: new AbortController().signal,
    log,
  };
  return {
    db,
    identity,
    codes,
    outbox,
    lines,
    codeDesk: (other = identity) => new CodeDesk({ ...shared, identity: other }),
    mailDesk: (sender = outboxSender(outbox), others = codes) => {
      const writer = new MailWriter({
        ...shared,
        codes: others,
        secret: identity.codeSecret,
        portalUrl: world.instance.urls.portal,
      });
      return new MailDesk({ ...shared, queue, writer, sender, from: 'no-reply@localhost' });
    },
    makeDue: async () => {
      await query(world.postgres.superuserUrl, `update pgboss.job set start_after = now() where state < 'active'`);
    },
    close: async () => {
      await queue.close();
      await db.destroy();
    },
  };
}

/** A draft for a person's order of two certificates, as policy makes it. */
export async function draftForPerson(world: World): Promise<OrderDraft> {
  const email = 'grace.liu@treasury.govt.nz';
  const person = (await world.people()).find((candidate) => candidate.email === email);
  if (!person) throw new Error('no such person');
  return world.draft({
    kind: 'person',
    typeId: 'business-card-software',
    person: { id: person.id, givenName: person.given, surname: person.surname, displayName: 'Grace Liu', email },
    items: ['user-auth', 'user-sign'].map((profileId) => ({ profileId, csr: null, dnsNames: [] })),
  });
}

/** Stores a person's order as ra does: it waits for its code. `written` is what ra writes as the draft, by default the draft. */
export async function storeDraft(
  world: World,
  draft: OrderDraft,
  written: unknown = draft,
  times: { approveBefore?: Date; useBefore?: Date } = {},
): Promise<OrderDraft> {
  await withTransaction(world.ra, (tx) =>
    insertOrders(tx, [
      {
        id: draft.orderId,
        kind: 'person',
        agencyId: draft.agencyId,
        profiles: draft.items.map((item) => item.profileId),
        subject: 'Grace Liu',
        names: [],
        applicantId: draft.applicant,
        sponsorId: draft.sponsor,
        agentId: draft.agent,
        quorum: draft.quorum,
        risk: draft.risk ?? null,
        draft: written,
        content: undefined,
        warnings: [],
        deliverTo: draft.deliverTo,
        createdBy: 'test',
        createdAt: new Date(draft.createdAt * 1000),
        approveBefore: times.approveBefore ?? new Date(draft.approveBefore * 1000),
        useBefore: times.useBefore ?? new Date(draft.useBefore * 1000),
        keys: [],
      },
    ]),
  );
  return draft;
}
