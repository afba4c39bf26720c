import { type AuditEvent, type Database, writeAudit } from '@see/db';
import type { Problem } from '@see/http';
import type { FastifyRequest } from 'fastify';
import { auditActor } from './audit-actor.ts';
import { OF_ANOTHER_AGENCY } from './permissions.ts';

/** Refusals that one person or address may cause a minute before only their number is recorded. */
const FULL_RECORDS_A_MINUTE = 120;
const MINUTE = 60_000;

/**
 * Writes refusals to the audit trail: attempts without right (also those that were told there is nothing), and requests
 * to change something that were turned down. Reading what does not exist is no event. When a person, or an address from
 * which nobody signed in, causes more than 120 a minute, the rest of that minute becomes one event with their number:
 * nobody can fill the trail, nor hide in what others do.
 */
export class RefusalAudit {
  readonly #db: Database;
  readonly #failed: (error: unknown) => void;
  readonly #minutes = new Map<string, { start: number; count: number; left: number }>();
  #writing: Promise<unknown> = Promise.resolve();

  constructor(db: Database, failed: (error: unknown) => void) {
    this.#db = db;
    this.#failed = failed;
  }

  /** Records one refusal soon; the answer does not wait for it. */
  record(problem: Problem, request: FastifyRequest, cause: unknown, now: Date): void {
    const kind = cause === OF_ANOTHER_AGENCY ? 'access.denied' : kindOf(problem, request);
    if (kind === undefined) return;
    if (!this.#counts(sourceOf(request), now)) return;
    this.#write({
      kind,
      outcome: 'failure',
      actor: auditActor(request),
      ...objectOf(request),
      detail: {
        code: cause === OF_ANOTHER_AGENCY ? 'other-agency' : problem.code,
        detail: problem.detail.slice(0, 400),
        operation: request.routeOptions.config.operation ?? null,
        requestId: request.id,
        ...(problem.violations ? { violations: problem.violations.map(({ code }) => code) } : {}),
      },
    });
  }

  /** Waits until everything is written; for the end of the process. */
  async settle(): Promise<void> {
    for (const [source, minute] of this.#minutes) this.#summarise(source, minute.left);
    this.#minutes.clear();
    await this.#writing;
  }

  #counts(source: string, now: Date): boolean {
    const known = this.#minutes.get(source);
    if (!known || now.getTime() - known.start >= MINUTE) {
      if (known) this.#summarise(source, known.left);
      if (this.#minutes.size > 10_000) this.#minutes.clear();
      this.#minutes.set(source, { start: now.getTime(), count: 1, left: 0 });
      return true;
    }
    known.count += 1;
    if (known.count <= FULL_RECORDS_A_MINUTE) return true;
    known.left += 1;
    return false;
  }

  #summarise(source: string, left: number): void {
    if (left === 0) return;
    const [objectType = '', objectId = ''] = source.split(' ');
    this.#write({
      kind: 'access.refusals-summarised',
      outcome: 'failure',
      actor: objectType === 'person' ? { personId: objectId } : { process: 'ra', address: objectId },
      objectType,
      objectId,
      detail: { count: left },
    });
  }

  #write(event: AuditEvent): void {
    this.#writing = this.#writing.then(() => writeAudit(this.#db, [event])).catch(this.#failed);
  }
}

/** Who is counted: the person where one signed in, else the socket's address. */
function sourceOf(request: FastifyRequest): string {
  return request.actor ? `person ${request.actor.personId}` : `address ${request.socket.remoteAddress ?? 'unknown'}`;
}

/** The kinds that the login of ra may write, by the first part of the operation. */
const KINDS: Readonly<Record<string, string>> = {
  'site-report': 'agency.certify',
  'csr-inspection': 'csr.inspect',
  'hr-event': 'hr-feed.report',
  scim: 'hr-feed.report',
  'hr-feed': 'hr-feed.change',
  'hr-report': 'hr-feed.decide',
  'life-event': 'person.event-called-off',
  redemption: 'access.code',
  'holder-revocation': 'revocation.by-holder',
};

function kindOf(problem: Problem, request: FastifyRequest): string | undefined {
  const operation = request.routeOptions.config.operation;
  if (problem.status === 401 || problem.status === 403 || problem.status === 421 || problem.status === 429) {
    return operation?.startsWith('redemption.') ? 'access.code' : 'access.denied';
  }
  if (request.method === 'GET' || request.method === 'HEAD') return undefined;
  if (operation === undefined) return problem.status === 404 || problem.status === 405 ? undefined : 'access.malformed';
  const [subject = '', verb] = operation.split('.');
  if (subject === 'certificate' && verb === 'confirm') return 'renewal.confirmed';
  if (subject === 'confirmation') return 'renewal.confirmed';
  if (subject === 'agency-application') return `agency.${verb}`;
  if (['agency', 'order', 'renewal', 'revocation', 'person', 'import', 'recovery'].includes(subject))
    return `${subject}.${verb}`;
  if (subject === 'statement') return verb === 'sign' ? 'statement.signed' : 'statement.proposed';
  return KINDS[subject] ?? 'access.refused';
}

function objectOf(request: FastifyRequest): { objectType: string; objectId: string } {
  const params = (request.params ?? {}) as Readonly<Record<string, unknown>>;
  const [subject = 'request'] = (request.routeOptions.config.operation ?? '').split('.');
  const id = params['id'] ?? params['orderId'];
  return { objectType: subject || 'request', objectId: typeof id === 'string' ? id.slice(0, 200) : request.id };
}
