import { randomBytes, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { insertToken, openDatabase } from '@see/db';
import { formatToken, tokenDigest } from '@see/http';
import { expect } from 'vitest';
import { startInstance, type TestInstance } from './instance.ts';
import { query } from './query.ts';

type TokenRole = Parameters<typeof insertToken>[1]['role'];

/** A problem as our faces send it. */
export interface SentProblem {
  readonly code: string;
  readonly detail: string;
  readonly status: number;
  readonly instance: string;
  readonly violations?: readonly { readonly code: string; readonly message: string; readonly remedy?: string }[];
  readonly [extension: string]: unknown;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly octets: Uint8Array;
  readonly json: SentProblem;
  readonly milliseconds: number;
}

/** A whole instance under attack: our real services, called as anybody can. */
export interface Besieged {
  readonly instance: TestInstance;
  /** Ids of the seeded people by mail address. */
  readonly people: Readonly<Record<string, string>>;
  /** Tokens of an operator, of a registration agent of the Treasury and of one of another agency. */
  readonly tokens: { readonly operator: string; readonly agent: string; readonly stranger: string };
  /** Calls the portal's port; a body of octets or text is sent as it is. */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** Rows of everything that a request could leave behind. */
  rows(): Promise<Readonly<Record<string, number>>>;
  /** Audit events with these request ids, by request id. */
  audited(requestIds: readonly string[]): Promise<Map<string, AuditRow>>;
  /** What went wrong in the services, from their logs, as lines. */
  faults(): string[];
  close(): Promise<void>;
}

export interface CallOptions {
  readonly token?: string;
  readonly body?: string | Uint8Array | object;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface AuditRow {
  readonly kind: string;
  readonly outcome: string;
  readonly actor: { readonly address?: string; readonly personId?: string };
  readonly detail: { readonly code?: string; readonly requestId?: string };
}

/** Written by the instance's own work, whatever is asked of it. */
const LIVING = [
  'audit_events',
  'log_entries',
  'checkpoint_proposals',
  'checkpoints',
  'crls',
  'heartbeats',
  'leases',
  'ocsp_key_requests',
  // Refused sign-ins are counted.
  'sign_in_attempts',
];

export async function besiege(): Promise<Besieged> {
  const instance = await startInstance();
  const { ownerUrl } = instance.database;
  const rows = await query<{ id: string; email: string }>(
    ownerUrl,
    'select id, email from people where email is not null',
  );
  const people = Object.fromEntries(rows.map(({ id, email }) => [email, id]));
  const person = (email: string): string => people[email] ?? '';
  const token = (role: TokenRole, email: string, agencyId: string | null) =>
    makeToken(ownerUrl, role, person(email), agencyId);
  return {
    instance,
    people,
    tokens: {
      operator: await token('operator', 'mere.tahana@ssc.govt.nz', null),
      agent: await token('registration-agent', 'hemi.walker@treasury.govt.nz', 'treasury'),
      stranger: await token('registration-agent', 'moana.brooks@dpmc.govt.nz', 'dpmc'),
    },
    call: (method, path, options = {}) => call(instance.urls.portal, method, path, options),
    rows: () => countRows(ownerUrl),
    audited: async (requestIds) => {
      const found = await query<AuditRow>(
        ownerUrl,
        `select kind, outcome, actor, detail from audit_events where detail->>'requestId' = any($1)`,
        [requestIds],
      );
      return new Map(found.map((row) => [row.detail.requestId ?? '', row]));
    },
    faults: () => faultsIn(join(instance.dataDir, 'logs')),
    close: () => instance.remove(),
  };
}

async function makeToken(
  ownerUrl: string,
  role: TokenRole,
  personId: string,
  agencyId: string | null,
): Promise<string> {
  const text = formatToken(new Uint8Array(randomBytes(32)));
  const db = openDatabase(ownerUrl, { applicationName: 'test tokens', max: 1 });
  try {
    await insertToken(db, {
      id: randomUUID(),
      secretSha256: tokenDigest(text),
      name: `test ${role}`,
      role,
      agencyId,
      personId,
      expiresAt: new Date(Date.now() + 86_400_000),
    });
  } finally {
    await db.destroy();
  }
  return text;
}

async function call(base: string, method: string, path: string, options: CallOptions): Promise<Answer> {
  const { body, token, headers } = options;
  const plain = typeof body === 'string' || body instanceof Uint8Array;
  const started = performance.now();
  const response = await fetch(`${base}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(body === undefined || plain ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: plain ? Buffer.from(body as string) : JSON.stringify(body) }),
  });
  const octets = new Uint8Array(await response.arrayBuffer());
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  return {
    status: response.status,
    headers: response.headers,
    octets,
    json: (isJson ? JSON.parse(Buffer.from(octets).toString()) : {}) as SentProblem,
    milliseconds: performance.now() - started,
  };
}

async function countRows(ownerUrl: string): Promise<Record<string, number>> {
  const tables = await query<{ name: string }>(
    ownerUrl,
    `select tablename as name from pg_tables where schemaname = 'public' and tablename <> all($1) order by 1`,
    [LIVING],
  );
  if (tables.length < 20) throw new Error('the tables of the instance were not found');
  const counts = await query<{ name: string; count: string }>(
    ownerUrl,
    tables.map(({ name }) => `select '${name}' as name, count(*)::text as count from ${name}`).join(' union all '),
  );
  return Object.fromEntries(counts.map(({ name, count }) => [name, Number(count)]));
}

/** Lines of errors, of our own code and of what it runs on. */
function faultsIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name !== 'postgres.log')
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .filter((line) => /"level":"error"|^\s+at |UnhandledPromise/.test(line));
}

/** Expects a refusal as RFC 9457 has it: a 4xx with a stable code and words, in bounded time. */
export function expectRefused(answer: Answer, milliseconds = 2_000): void {
  const shown = `${answer.status} ${Buffer.from(answer.octets).toString().slice(0, 300)}`;
  expect(answer.status, shown).toBeGreaterThanOrEqual(400);
  expect(answer.status, shown).toBeLessThan(500);
  expect(answer.headers.get('content-type'), shown).toContain('application/problem+json');
  expect(answer.json.status).toBe(answer.status);
  expect(answer.json.code).toMatch(/^[a-z][a-z-]+$/);
  expect(answer.json.detail.length).toBeGreaterThan(10);
  expect(answer.json.instance).toContain(answer.headers.get('x-request-id') ?? 'none');
  for (const violation of answer.json.violations ?? []) expect(violation.message).not.toBe('');
  expect(answer.milliseconds, shown).toBeLessThan(milliseconds);
}
