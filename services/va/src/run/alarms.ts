import { type AuditEvent, type Database, writeAudit } from '@see/db/service';
import type { Log } from '@see/process';

/** The most different alarms that are kept apart; later ones are logged alone. */
const MOST = 10_000;

/**
 * Says that something is not as it must be: into the log, and once for each object into the audit log. The database that
 * lies or is away may be the reason, so nothing here fails.
 */
export class Alarms {
  readonly #db: Database;
  readonly #log: Log;
  readonly #raised = new Set<string>();

  constructor(db: Database, log: Log) {
    this.#db = db;
    this.#log = log;
  }

  /** Different alarms so far. */
  get count(): number {
    return this.#raised.size;
  }

  raise(
    kind: 'status.forged' | 'status.vanished' | 'status.crl-refused' | 'status.journal-damaged' | 'status.ca-refused',
    object: { readonly type: string; readonly id: string },
    detail: Readonly<Record<string, unknown>>,
  ): void {
    const key = `${kind} ${object.id}`;
    if (this.#raised.has(key) || this.#raised.size >= MOST) return;
    this.#raised.add(key);
    this.#log('error', kind, { object: object.id, ...detail });
    const event: AuditEvent = {
      kind,
      outcome: 'failure',
      actor: { process: 'va' },
      objectType: object.type,
      objectId: object.id,
      detail,
    };
    writeAudit(this.#db, [event]).catch((error: unknown) => {
      this.#log('warn', 'an alarm could not be written to the audit log', { kind, error });
    });
  }
}
