import { type AuditActor, type AuditEvent, type Tx, withTransaction, writeAudit } from '@see/db';
import {
  type DomainChallenge,
  findDomainChallenge,
  insertDomainChallenge,
  insertDomainEvidence,
  listDomainEvidence,
} from '@see/db/ra';
import type { AgencyScope } from '@see/domain';
import { type Actor, Refusal } from '@see/http';
import { type DomainStanding, domainStandings, staleDomains } from '@see/policy';
import type { Ra } from '../ra.ts';
import { refusedFor } from '../refusal.ts';
import { evidencePolicy } from './personal-evidence.ts';

/** Where an agency puts the value, below each of its domains. */
export function challengeName(domain: string): string {
  return `_see-pki-challenge.${domain}`;
}

/** The whole text of the record. */
export function challengeText(value: string): string {
  return `see-pki=${value}`;
}

/** What an agency's right to each of its domains rests on today. */
export async function standingsOf(ra: Ra, scope: AgencyScope): Promise<DomainStanding[]> {
  return domainStandings(evidencePolicy(ra), scope, await listDomainEvidence(ra.db, scope.agencyId));
}

/** Refuses names of gateways in domains whose evidence is too old. Throws Refusal `evidence-missing`. */
export async function assertFreshDomains(ra: Ra, agencyId: string, names: readonly string[]): Promise<void> {
  const scope = ra.authority.current.agencies.get(agencyId);
  if (!scope) return;
  const policy = evidencePolicy(ra);
  const now = ra.now();
  // Most scopes were verified lately: then nothing has to be read.
  if (staleDomains(domainStandings(policy, scope, []), names, policy, now).length === 0) return;
  const faults = staleDomains(await standingsOf(ra, scope), names, policy, now);
  if (faults.length > 0) throw refusedFor('evidence-missing', faults);
}

/** Makes the value that shows control of a domain when it stands in the DNS within 24 hours. */
export async function challengeDomain(
  ra: Ra,
  actor: Actor,
  by: AuditActor,
  scope: AgencyScope,
  domain: string,
): Promise<DomainChallenge> {
  assertDomain(scope, domain);
  const id = crypto.randomUUID();
  const value = Buffer.from(ra.randomBytes(32)).toString('base64url');
  const { agencyId } = scope;
  return withTransaction(ra.db, async (tx) => {
    const expiresAt = await insertDomainChallenge(tx, { id, agencyId, domain, value, askedBy: actor.personId });
    await writeAudit(tx, [event('domain.challenged', by, agencyId, { domain, challengeId: id })]);
    return { id, agencyId, domain, value, expiresAt };
  });
}

/** Looks for the value of a challenge in the DNS and records that it was there. Throws Refusal `evidence-missing`. */
export async function proveDomain(
  ra: Ra,
  actor: Actor,
  by: AuditActor,
  scope: AgencyScope,
  challengeId: string,
): Promise<void> {
  const challenge = await findDomainChallenge(ra.db, challengeId);
  if (!challenge || challenge.agencyId !== scope.agencyId)
    throw new Refusal('not-found', 'This agency has no challenge with this id.');
  const { domain, value } = challenge;
  assertDomain(scope, domain);
  const wanted = challengeText(value);
  const name = challengeName(domain);
  const records = await ra.resolveTxt(name).catch((error: unknown) => {
    const code = (error as { code?: unknown }).code;
    throw missing(name, wanted, `The DNS answers ${typeof code === 'string' ? code : 'nothing'}.`);
  });
  if (!records.some((parts) => parts.join('') === wanted))
    throw missing(name, wanted, `It has ${records.length} other TXT records.`);
  const evidence = { agencyId: scope.agencyId, domain, method: 'dns-record', challengeId, reason: null } as const;
  await record(ra, actor, evidence, event('domain.proved', by, scope.agencyId, { domain, challengeId, value }));
}

/** Records an operator's decision that an agency still controls a domain of its scope. */
export async function decideDomain(
  ra: Ra,
  actor: Actor,
  by: AuditActor,
  scope: AgencyScope,
  wish: { readonly domain: string; readonly reason: string },
): Promise<void> {
  const { domain, reason } = wish;
  assertDomain(scope, domain);
  const evidence = { agencyId: scope.agencyId, domain, method: 'officer-decision', challengeId: null, reason } as const;
  await record(ra, actor, evidence, event('domain.decided', by, scope.agencyId, { domain, reason }));
}

type Evidence = Omit<Parameters<typeof insertDomainEvidence>[1], 'recordedBy'>;

async function record(ra: Ra, actor: Actor, evidence: Evidence, told: AuditEvent): Promise<void> {
  await withTransaction(ra.db, async (tx: Tx) => {
    await insertDomainEvidence(tx, { ...evidence, recordedBy: actor.personId });
    await writeAudit(tx, [told]);
  });
}

function assertDomain(scope: AgencyScope, domain: string): void {
  if (scope.domains.includes(domain)) return;
  throw new Refusal('not-found', `${scope.name} has no domain ${domain} in its scope: ${scope.domains.join(', ')}.`);
}

function missing(name: string, wanted: string, seen: string): Refusal {
  return refusedFor('evidence-missing', [
    {
      code: 'no-record',
      message: `${name} has no TXT record ${wanted}. ${seen}`,
      source: 'GOV-21',
      remedy: 'the DNS takes its time: ask again later, within 24 hours',
    },
  ]);
}

function event(kind: string, by: AuditActor, agencyId: string, detail: Record<string, unknown>): AuditEvent {
  return { kind, outcome: 'success', actor: by, objectType: 'agency', objectId: agencyId, detail };
}
