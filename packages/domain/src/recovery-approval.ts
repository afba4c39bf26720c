import type { SignedBy } from './authority/accept-statement.ts';
import type { Authority } from './authority/authority.ts';
import type { RecoveryAgent } from './authority/recovery-agents.ts';
import { credentialSignatureFault } from './credential-signature.ts';
import type { PersonId } from './person-id.ts';
import type { RecoveryContent } from './recovery-content.ts';
import type { Refusal } from './refusal.ts';

/** The agent of this key that a person is, whatever role they have today. */
export function agentOf(
  authority: Authority,
  content: Pick<RecoveryContent, 'agents'>,
  personId: PersonId,
): RecoveryAgent | undefined {
  return authority.recoveryAgents.get(content.agents)?.agents.find((agent) => agent.personId === personId);
}

/**
 * Why a person may not decide on a recovery by who they are; undefined when they may. Both are asked of each of the two
 * agents: to be one of those the key is kept for, with the role today, and neither the requester, the recipient nor the holder. Codes:
 * `no-agent`, `role-missing`, `own-recovery`.
 */
export function recoveryAgentFault(
  authority: Authority,
  content: RecoveryContent,
  personId: PersonId,
): Refusal | undefined {
  if ([content.requester, content.subject, content.recipientPerson].includes(personId)) {
    return {
      code: 'own-recovery',
      message: 'nobody decides on a recovery that they asked for, that is for them, or of their own key',
      source: 'WF-K',
    };
  }
  if (!agentOf(authority, content, personId))
    return { code: 'no-agent', message: 'you are not one of the agents for whom this key is kept', source: 'WF-K' };
  if (authority.roles.get(personId)?.has('ca-operations')) return undefined;
  return { code: 'role-missing', message: 'recovery agents have the role ca-operations', source: 'section 8.1' };
}

/**
 * Why one more approval would not count, said to the agent who makes it; undefined when it would. `approved` are those
 * who approved before. Key files only: the desk, where passkeys sign, shows orders and nothing else. Codes:
 * `credential-unknown`, `approved-before`, `agencies-not-apart`, `bad-approval`, and those of `recoveryAgentFault`.
 */
export async function recoveryApprovalFault(
  authority: Authority,
  content: RecoveryContent,
  digest: Uint8Array,
  approval: SignedBy,
  approved: readonly PersonId[],
): Promise<Refusal | undefined> {
  const credential = authority.credentials.get(approval.credentialId);
  if (!credential || credential.removed || credential.passkey !== null) {
    return {
      code: 'credential-unknown',
      message: 'the approval key is not registered, or is a passkey',
      source: 'design 3',
      remedy: 'have two administrators register a key file: see operator register',
    };
  }
  const { personId } = credential;
  const fault = recoveryAgentFault(authority, content, personId);
  if (fault) return fault;
  if (approved.includes(personId))
    return { code: 'approved-before', message: 'you approved this already; another agent has to', source: 'WF-K' };
  const agencies = [...approved, personId].map((each) => agentOf(authority, content, each)?.agencyId);
  if (approved.length > 0 && agencies.every((agency) => agency === content.agencyId)) {
    return {
      code: 'agencies-not-apart',
      message: `one of the two agents is not of ${content.agencyId}, which asks`,
      source: 'section 8.5',
      remedy: 'have an agent of another agency approve',
    };
  }
  const signature = await credentialSignatureFault(authority, credential, digest, approval.signature);
  if (signature === undefined) return undefined;
  return { code: 'bad-approval', message: `the approval's signature does not hold (${signature})`, source: 'design 3' };
}
