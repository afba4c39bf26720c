import { CmsError, type Envelope, keyIdOf, readEnvelope, sameRecipient } from '@see/cms';
import { type Authority, activeRecoveryAgents, type RecoveryAgent, type Refusal } from '@see/domain';
import type { Profile } from './profile.ts';

/** A copy of a person's key as it comes with the CSR: one envelope an agent, in the agents' order. */
export interface EscrowPackage {
  /** Digest of the statement that names the agents, hex. */
  readonly agents: string;
  readonly envelopes: readonly Uint8Array[];
}

/** Most octets of one envelope: the largest for seven agents with the longest keys has less than half. */
export const MAX_ESCROW_ENVELOPE = 16_384;

/**
 * What is wrong with the copy of a key, or with there being none; empty when all is well. A profile that says so needs
 * one, made for exactly the agents in force, each envelope well formed, of our algorithms and for its agent alone; any
 * other profile needs none. NOT checked, because only two agents together can: that the right key is inside. Codes:
 * `escrow-unexpected`, `escrow-missing`, `no-recovery-agents`, `escrow-other-agents`, `escrow-malformed`.
 */
export function escrowViolations(
  profile: Profile,
  escrow: EscrowPackage | undefined,
  authority: Authority,
): readonly Refusal[] {
  if (profile.escrow === null) {
    if (escrow === undefined) return [];
    return [fault('escrow-unexpected', `no copy is kept of the key of a ${profile.id} certificate`, 'leave it out')];
  }
  if (escrow === undefined)
    return [fault('escrow-missing', `a copy of the key of a ${profile.id} certificate is kept, and none came`)];
  const active = activeRecoveryAgents(authority);
  if (!active)
    return [
      fault('no-recovery-agents', 'nobody is named who could open the copy', 'activate agents: see recovery agents'),
    ];
  if (escrow.agents !== active.digest || escrow.envelopes.length !== active.agents.length) {
    return [
      fault('escrow-other-agents', 'the copy was made for other agents than those in force', 'load the page again'),
    ];
  }
  return active.agents.flatMap((agent, index) => {
    const message = envelopeFault(escrow.envelopes[index] ?? new Uint8Array(0), agent);
    return message === undefined ? [] : [fault('escrow-malformed', `envelope ${index + 1}: ${message}`)];
  });
}

/**
 * What is wrong with what an agent says was in their envelope; empty when it is an envelope to all the `others` and nobody
 * else. NOT checked: that it was in the agent's envelope at all; the key that comes out is compared with its certificate.
 */
export function openingViolations(der: Uint8Array, others: readonly RecoveryAgent[]): readonly Refusal[] {
  const names = (envelope: Envelope): string[] =>
    envelope.recipients.map(({ identifier }) => (identifier.kind === 'key' ? identifier.keyId.toHex() : 'certificate'));
  const wanted = others.map(({ publicKey }) => keyIdOf(Uint8Array.fromBase64(publicKey)).toHex());
  try {
    if (names(readEnvelope(der)).toSorted().join() === wanted.toSorted().join()) return [];
  } catch (error) {
    if (!(error instanceof CmsError)) throw error;
    return [fault('opening-malformed', error.message, 'open your envelope again')];
  }
  return [fault('opening-for-others', 'it is not an envelope to all the other agents', 'open your envelope again')];
}

function envelopeFault(der: Uint8Array, agent: RecoveryAgent): string | undefined {
  if (der.length > MAX_ESCROW_ENVELOPE) return `it has more than ${MAX_ESCROW_ENVELOPE} octets`;
  let envelope: Envelope;
  try {
    envelope = readEnvelope(der);
  } catch (error) {
    if (!(error instanceof CmsError)) throw error;
    return error.message;
  }
  const [recipient, ...others] = envelope.recipients;
  const spki = Uint8Array.fromBase64(agent.publicKey);
  const wanted = { kind: 'key', keyId: keyIdOf(spki) } as const;
  if (!recipient || others.length > 0 || !sameRecipient(recipient.identifier, wanted))
    return `it is not for agent ${agent.label} alone`;
  return undefined;
}

function fault(code: string, message: string, remedy = 'make the key again'): Refusal {
  return { code, message, source: 'WF-K', path: 'escrow', remedy };
}
