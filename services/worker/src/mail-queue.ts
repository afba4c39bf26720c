import type { Tx } from '@see/db';
import type { Log } from '@see/process';
import { fromKysely, PgBoss } from 'pg-boss';

const MAIL = 'mail';
const DEAD = 'mail-dead';
/** How often a job in hand is said to be alive; pg-boss gives it to another after ten silent seconds (the queue's own setting). */
const ALIVE_MS = 4_000;

/** One try at a mail. */
export interface MailJob {
  readonly id: string;
  readonly mailId: string;
}

/**
 * The jobs of the outbox, on pg-boss: one a waiting mail, at most one at a time, tried again with growing waits that hold
 * some chance, and given up after two days. Its tables were made by a migration; this login makes and owns none, so
 * everything of pg-boss that would make tables, partitions or indexes is off.
 */
export class MailQueue {
  readonly #boss: PgBoss;

  private constructor(boss: PgBoss) {
    this.#boss = boss;
  }

  /** Throws when the tables are not those of this version of pg-boss. */
  static async open(databaseUrl: string, log: Log): Promise<MailQueue> {
    const boss = new PgBoss({
      connectionString: databaseUrl,
      application_name: 'see worker jobs',
      max: 2,
      migrate: false,
      createSchema: false,
      schedule: false,
      reindex: false,
      monitorVacuum: false,
      superviseIntervalSeconds: 5,
      monitorIntervalSeconds: 4,
    });
    boss.on('error', (error) => log('warn', 'the job queue had an error', { error }));
    boss.on('warning', ({ message }) => log('warn', 'the job queue warns', { message }));
    await boss.start();
    return new MailQueue(boss);
  }

  /** Makes a job for a mail in the caller's transaction; nothing when there is one. */
  async add(tx: Tx, mailId: string): Promise<void> {
    await this.#boss.send(MAIL, { mailId }, { singletonKey: mailId, db: fromKysely(tx) });
  }

  /** Takes what is due, at most so many. They are ours while `keepAlive` runs. */
  async take(limit: number): Promise<MailJob[]> {
    return jobs(await this.#boss.fetch<{ mailId: string }>(MAIL, { batchSize: limit }));
  }

  /** Takes mails that were tried too often. */
  async takeDead(limit: number): Promise<MailJob[]> {
    return jobs(await this.#boss.fetch<{ mailId: string }>(DEAD, { batchSize: limit }));
  }

  /** Says that the job is in hand until the function returned is called. */
  keepAlive(job: MailJob): () => void {
    // What goes wrong here shows as a job that is taken up twice, which is allowed.
    const beat = setInterval(() => void this.#boss.touch(MAIL, job.id).catch(() => undefined), ALIVE_MS);
    return () => clearInterval(beat);
  }

  /** Ends a job in the caller's transaction. */
  async done(tx: Tx, job: MailJob): Promise<void> {
    await this.#boss.complete(MAIL, job.id, null, { db: fromKysely(tx) });
  }

  /** Puts a job back for its next try, or among the dead after its last. */
  async failed(tx: Tx, job: MailJob, code: string): Promise<void> {
    await this.#boss.fail(MAIL, job.id, { code }, { db: fromKysely(tx) });
  }

  async deadDone(tx: Tx, job: MailJob): Promise<void> {
    await this.#boss.complete(DEAD, job.id, null, { db: fromKysely(tx) });
  }

  async close(): Promise<void> {
    await this.#boss.stop({ graceful: false });
  }
}

function jobs(found: readonly { readonly id: string; readonly data: { readonly mailId: string } }[]): MailJob[] {
  return found.map(({ id, data }) => ({ id, mailId: data.mailId }));
}
