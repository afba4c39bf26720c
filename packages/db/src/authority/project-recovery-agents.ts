import type { Authority } from '@see/domain';
import type { Tx } from '../transaction.ts';

/** Writes the recovery agents that a statement named, once. Who they are is never changed: another statement names others. */
export async function projectRecoveryAgents(tx: Tx, before: Authority | undefined, after: Authority): Promise<void> {
  for (const [digest, { agents }] of after.recoveryAgents) {
    if (before?.recoveryAgents.has(digest)) continue;
    await tx
      .insertInto('recovery_agents')
      .values(
        agents.map((agent, position) => ({
          statement_digest: Uint8Array.fromHex(digest),
          position,
          person_id: agent.personId,
          label: agent.label,
          agency_id: agent.agencyId,
          public_key: Uint8Array.fromBase64(agent.publicKey),
        })),
      )
      .execute();
  }
}
