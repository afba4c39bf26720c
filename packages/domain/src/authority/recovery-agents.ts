import { createPublicKey } from 'node:crypto';
import type { Statement } from '@see/statement';
import { Fields } from '../fields.ts';
import { isPersonId, type PersonId } from '../person-id.ts';
import { refused } from '../refusal.ts';
import type { Authority } from './authority.ts';

/** A person who opens kept encryption keys together with another one (WF-K). Not the instance's recovery keys. */
export interface RecoveryAgent {
  readonly personId: PersonId;
  readonly label: string;
  /** The agency that the agent belongs to. */
  readonly agencyId: string;
  /** The RSA key that keys are kept under: SubjectPublicKeyInfo, DER, base64. */
  readonly publicKey: string;
}

/** The agents that one statement named. Keys kept under it stay with these agents, whoever comes after them. */
export interface RecoveryAgents {
  /** Digest of the statement, hex. */
  readonly digest: string;
  readonly agents: readonly RecoveryAgent[];
  readonly active: boolean;
}

/** Agents that open a kept key together. There is no other threshold: the envelopes are made for two. */
export const RECOVERY_THRESHOLD = 2;

const MIN_BITS = 3072;
const MAX_BITS = 4096;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** The agents for whom keys are kept now. */
export function activeRecoveryAgents({
  recoveryAgents,
}: Pick<Authority, 'recoveryAgents'>): RecoveryAgents | undefined {
  for (const set of recoveryAgents.values()) if (set.active) return set;
  return undefined;
}

/**
 * `recovery-agents-activate`: two to seven agents, each another person with another key, become those for whom keys are
 * kept from now on; earlier ones keep what was kept for them. That an agent has the role `ca-operations` is asked when
 * they approve, so that a role that ends takes this duty along. How strong a key is beyond its length is policy's to check.
 */
export function changeRecoveryAgents(
  authority: Authority,
  fields: Fields,
  _statement: Statement,
  digest: string,
): Partial<Authority> {
  fields.integer('threshold', RECOVERY_THRESHOLD, RECOVERY_THRESHOLD);
  const agents = fields.list('agents', RECOVERY_THRESHOLD, 7, (item, path) => readAgent(new Fields(item, path)));
  fields.end();
  const persons = new Set(agents.map(({ personId }) => personId));
  const keys = new Set(agents.map(({ publicKey }) => publicKey));
  if (persons.size !== agents.length || keys.size !== agents.length) {
    throw refused('agents-not-different', 'recovery agents are different persons, each with a key of their own', {
      source: 'GOV-39',
    });
  }
  for (const { agencyId, label } of agents) {
    const scope = authority.agencies.get(agencyId);
    if (!scope || scope.status === 'removed')
      throw refused('agency-unknown', `no agency ${agencyId} of agent ${label} is a member`);
  }
  const recoveryAgents = new Map<string, RecoveryAgents>();
  for (const [key, set] of authority.recoveryAgents) recoveryAgents.set(key, { ...set, active: false });
  return { recoveryAgents: recoveryAgents.set(digest, { digest, agents, active: true }) };
}

function readAgent(fields: Fields): RecoveryAgent {
  const agent: RecoveryAgent = {
    personId: fields.text('personId'),
    label: fields.text('label', undefined, 100),
    agencyId: fields.text('agencyId', /^[a-z0-9][a-z0-9-]{0,62}$/),
    publicKey: fields.text('publicKey', BASE64, 1000),
  };
  fields.end();
  if (!isPersonId(agent.personId)) throw refused('bad-subject', 'a recovery agent has a person id');
  if (!isAgentKey(agent.publicKey)) {
    throw refused('bad-key', `the key of agent ${agent.label} is no RSA key of ${MIN_BITS} to ${MAX_BITS} bits`, {
      remedy: 'make one: see recovery keygen',
    });
  }
  return agent;
}

/** RSA of the right length with the usual exponent, in the one DER form. */
function isAgentKey(base64: string): boolean {
  const der = Buffer.from(base64, 'base64');
  if (der.toString('base64') !== base64) return false;
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    const { modulusLength = 0, publicExponent } = key.asymmetricKeyDetails ?? {};
    const fits = modulusLength >= MIN_BITS && modulusLength <= MAX_BITS && publicExponent === 65_537n;
    return key.asymmetricKeyType === 'rsa' && fits && key.export({ format: 'der', type: 'spki' }).equals(der);
  } catch {
    return false;
  }
}
