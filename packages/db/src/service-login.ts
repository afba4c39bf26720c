import { sql } from 'kysely';
import type { Database } from './connect.ts';
import { type ServiceName, serviceLogin } from './embedded/service-roles.ts';

/** A service was given a login that could do more than the service may. The message names all that is wrong. */
export class ServiceLoginError extends Error {
  override readonly name = 'ServiceLoginError';
  readonly code = 'login-too-strong';
  readonly findings: readonly string[];

  constructor(login: string, findings: readonly string[]) {
    super(`the database login ${login} is refused: ${findings.join('; ')}`);
    this.findings = findings;
  }
}

/**
 * Refuses a login that is not the service's own (`see_ra` …), is superuser, may make roles, databases or tables, bypasses row security, owns anything, or
 * can become another role. A service calls it before anything else. What the login may read and write is for grants and triggers, not checked here.
 */
export async function assertServiceLogin(db: Database, service: ServiceName): Promise<void> {
  const answer = await sql<Facts>`
    select session_user::text as login, current_user::text as acting,
      r.rolsuper or r.rolcreaterole or r.rolcreatedb or r.rolreplication or r.rolbypassrls as powerful,
      exists (select from pg_auth_members m where m.member = r.oid) as member,
      exists (select from pg_class c where c.relowner = r.oid)
        or exists (select from pg_namespace n where n.nspowner = r.oid)
        or exists (select from pg_proc p where p.proowner = r.oid)
        or exists (select from pg_database d where d.datdba = r.oid) as owner,
      has_schema_privilege(r.oid, 'public', 'CREATE') or has_database_privilege(r.oid, current_database(), 'CREATE') as creator
    from pg_roles r where r.rolname = session_user`.execute(db);
  const facts = answer.rows[0];
  if (!facts) throw new Error('the database does not know its own login');
  const expected = serviceLogin(service);
  const findings: string[] = [];
  if (facts.login !== expected) findings.push(`${service} must log in as ${expected}`);
  if (facts.acting !== facts.login) findings.push(`it acts as ${facts.acting}`);
  if (facts.powerful) findings.push('it is superuser or may make roles or databases, replicate or bypass row security');
  if (facts.member) findings.push('it is a member of another role and can become it');
  if (facts.owner) findings.push('it owns tables, functions, schemas or a database');
  if (facts.creator) findings.push('it may make tables or schemas');
  if (findings.length > 0) throw new ServiceLoginError(facts.login, findings);
}

interface Facts {
  login: string;
  acting: string;
  powerful: boolean;
  member: boolean;
  owner: boolean;
  creator: boolean;
}
