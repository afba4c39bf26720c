import { type Authority, activeRecoveryAgents, RefusedError, refused, rolesExclude } from '@see/domain';
import { organizationIdentifierFault } from '@see/lint';
import type { Statement } from '@see/statement';
import { checkAgencyDomain } from './agency-domain.ts';
import { readProfile } from './profile.ts';
import { checkPublicKey } from './public-key.ts';

/**
 * Checks what a chain statement means beyond its form, on the authority as it would be after it: a profile breaks no
 * rule, allows known types only and keeps keys only where there are agents; agents' keys are none of the weak ones; an
 * agency's identifier is of a scheme, and its domains are its own and no public suffix; nobody gets duties that have to
 * be apart. Throws RefusedError. For
 * statements that are proposed or accepted now. NOT for those accepted before: a rule that came later, or a newer list
 * of public suffixes, does not undo what was decided.
 */
export function assertMeaning({ kind, subject, notBefore }: Statement, after: Authority): void {
  if (kind === 'profile-activate') assertProfile(subject['content'], after);
  if (kind === 'agency-scope') {
    assertIdentifier(subject['agencyId'], after);
    assertDomains(subject['agencyId'], after);
  }
  if (kind === 'recovery-agents-activate') assertAgentKeys(after);
  if (kind === 'agency-scope' || kind === 'role-grant') assertDutiesApart(after, notBefore);
}

/** Auditors and CA operations act for no agency: those roles exclude every other, delegated ones too (GOV-30). */
function assertDutiesApart(after: Authority, at: number): void {
  for (const { agencyId, status, delegations } of after.agencies.values()) {
    if (status === 'removed') continue;
    for (const { personId, role, until } of delegations) {
      const other = [...(after.roles.get(personId) ?? [])].find((held) => until > at && rolesExclude(held, role));
      if (other === undefined) continue;
      throw refused('roles-exclude', `person ${personId} is ${role} of ${agencyId}, which excludes ${other}`, {
        source: 'GOV-30',
        remedy: 'end the one before the other begins',
      });
    }
  }
}

function assertProfile(content: unknown, after: Authority): void {
  const profile = readProfile(content);
  const unknown = profile.types.filter((type) => !after.types.has(type));
  if (unknown.length > 0)
    throw refused('type-unknown', `profile ${profile.id} allows unknown types ${unknown.join(', ')}`);
  if (profile.escrow !== null && !activeRecoveryAgents(after))
    throw refused('no-recovery-agents', `profile ${profile.id} keeps keys, and nobody is named who could open them`, {
      source: 'WF-K',
      remedy: 'activate recovery agents first: see recovery agents',
    });
}

function assertAgentKeys(after: Authority): void {
  const violations = (activeRecoveryAgents(after)?.agents ?? []).flatMap(({ publicKey, label }) => {
    const answer = checkPublicKey(Uint8Array.fromBase64(publicKey));
    if (!('violations' in answer)) return [];
    return answer.violations.map((each) => ({ ...each, message: `agent ${label}: ${each.message}` }));
  });
  const [first] = violations;
  if (first) throw new RefusedError(first.code, violations);
}

/** No certificate could be issued with an identifier that the lint refuses. */
function assertIdentifier(agencyId: unknown, after: Authority): void {
  const identifier = after.agencies.get(String(agencyId))?.organizationIdentifier ?? '';
  const fault = organizationIdentifierFault(identifier, after.configuration.country);
  if (fault === undefined) return;
  throw refused('organization-identifier', fault, {
    path: 'organizationIdentifier',
    source: 'PRF-G; SBR 7.1.4.2.2 d',
    remedy: `GOV${after.configuration.country} for a government entity, or NTR${after.configuration.country}- and its number in the register`,
  });
}

function assertDomains(agencyId: unknown, after: Authority): void {
  const domains = after.agencies.get(String(agencyId))?.domains ?? [];
  const violations = domains
    .map((domain) => checkAgencyDomain(domain, after.configuration.permittedDomains))
    .flatMap((answer) => ('violation' in answer ? [answer.violation] : []));
  const [first] = violations;
  if (first) throw new RefusedError(first.code, violations);
}
