import { sql } from 'kysely';
import { auditJson } from './audit-json.ts';
import type { Database } from './connect.ts';
import type { Tx } from './transaction.ts';

/** Who did it, as far as the writing process knows: a person with a role, a process, or a feed. */
export interface AuditActor {
  readonly personId?: string;
  readonly role?: string;
  /** The feed of an HR system, when neither a person nor a process acts. */
  readonly feed?: string;
  /** How the person showed who they are: 'token', 'approval-key', 'enrolment-code', 'certificate-key', 'cli' … */
  readonly method?: string;
  /** SHA-256 of the client certificate with which the person showed who they are, hex. */
  readonly certificate?: string;
  /** The process, when no person acts. */
  readonly process?: string;
  /** Socket address of the client. */
  readonly address?: string;
}

/** One event. `detail` holds before/after and reasons, never a secret. Time and login are set by the database. */
export interface AuditEvent {
  readonly kind: string;
  readonly outcome: 'success' | 'failure';
  readonly actor: AuditActor;
  readonly objectType: string;
  readonly objectId: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/**
 * Writes events in one statement, in the caller's transaction (promise 9). Only what the log can hash exactly gets in: throws what
 * `auditJson` throws, and nothing is written.
 */
export async function writeAudit(db: Tx | Database, events: readonly AuditEvent[]): Promise<void> {
  if (events.length === 0) return;
  await sql`
    insert into audit_events (kind, outcome, actor, object_type, object_id, detail)
    select * from unnest(
      ${events.map((event) => event.kind)}::text[],
      ${events.map((event) => event.outcome)}::text[],
      ${events.map((event) => auditJson('actor', event.actor))}::jsonb[],
      ${events.map((event) => event.objectType)}::text[],
      ${events.map((event) => event.objectId)}::text[],
      ${events.map((event) => auditJson('detail', event.detail ?? {}))}::jsonb[]
    )`.execute(db);
}
