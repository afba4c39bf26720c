import { existsSync } from 'node:fs';
import { refused } from '@see/domain';
import { signDigest } from '@see/statement';
import type { Command } from 'commander';
import type { ApiClient } from '../api-client.ts';
import { type CommandContext, passphraseFrom } from '../command-context.ts';
import { type AgentKey, readAgentKey } from '../keys/agent-key.ts';
import { readApprovalKey } from '../keys/approval-key.ts';
import { writeNewFile } from '../keys/new-file.ts';
import { openWith, recoverKey } from '../recovery/recover-key.ts';
import { type RenderedRecovery, renderRecovery } from '../recovery/render-recovery.ts';
import { confirm } from './order.ts';

export interface ApproveOptions {
  readonly key: string;
  readonly passphraseFile?: string;
  readonly agentKey: string;
  readonly agentPassphraseFile?: string;
  readonly out?: string;
  readonly yes?: boolean;
}

interface RecoveryDetail {
  readonly state: string;
  readonly agents: readonly { readonly personId: string; readonly label: string; readonly keyId: string }[];
  readonly approvedBy: readonly { readonly personId: string }[];
  readonly openedBy: string | null;
}

/**
 * One agent's part, whichever of the two comes: read and sign, unless that is done; then open the outer envelope and hand
 * in what is in it, or, where the other agent has done so, take that, open it here and write the key, encrypted to the
 * recipient. Safe to run again after anything that went wrong.
 */
export async function approveRecovery(
  context: CommandContext,
  id: string,
  options: ApproveOptions,
  command: Command,
): Promise<void> {
  const api = context.api('ca-operations');
  const rendered = renderRecovery(await api.bytes(`/api/v1/recoveries/${id}/content`, 'application/json'));
  if (rendered.content.recoveryId !== id)
    throw refused('other-recovery', `the service gave the content of recovery ${rendered.content.recoveryId}`);
  const agentKey = readAgentKey(options.agentKey, passphraseFrom(options.agentPassphraseFile));
  const before = await api.get<RecoveryDetail>(`/api/v1/recoveries/${id}`);
  const me = before.agents.find(({ keyId }) => keyId === agentKey.keyId)?.personId;
  if (me === undefined)
    throw refused('no-agent', `${options.agentKey} is not one of the keys that this key is kept under`);
  const out = before.openedBy !== null && before.openedBy !== me ? outFile(options) : undefined;
  if (!before.approvedBy.some(({ personId }) => personId === me)) await sign(context, api, rendered, options);
  if (out !== undefined) return take(context, api, rendered, agentKey, out, command);
  if (before.openedBy === null) await handIn(api, id, agentKey);
  const said = {
    id,
    state: (await api.get<RecoveryDetail>(`/api/v1/recoveries/${id}`)).state,
    opened: true,
    file: null,
  };
  context.print(
    command,
    said,
    `Approved, and your envelope is opened; the recovery is ${said.state}\nNext: another agent, with see recovery approve ${id} --key FILE --agent-key FILE --out FILE`,
  );
}

/** Where the key goes: asked before anything is signed or released. */
function outFile({ out }: ApproveOptions): string {
  if (out === undefined)
    throw refused('out-needed', 'the other agent has opened their envelope, so you open the key', {
      remedy: 'name the file for the recipient: --out FILE',
    });
  if (existsSync(out)) throw refused('file-exists', `${out} exists; nothing was done`);
  return out;
}

async function sign(
  context: CommandContext,
  api: ApiClient,
  { content, digest, text }: RenderedRecovery,
  options: ApproveOptions,
): Promise<void> {
  const key = readApprovalKey(options.key, passphraseFrom(options.passphraseFile));
  if (!options.yes) await confirm(context, `${text}\n\nYou sign this, in the name of ${key.label}.`);
  const { credentialId, privateKey } = key;
  const signature = signDigest(digest, credentialId, privateKey);
  await api.post(`/api/v1/recoveries/${content.recoveryId}/approvals`, { credentialId, signature });
}

async function handIn(api: ApiClient, id: string, agentKey: AgentKey): Promise<void> {
  const { envelope } = await api.post<{ envelope: string }>(`/api/v1/recoveries/${id}/envelope`, {});
  const inner = await openWith(agentKey, Uint8Array.fromBase64(envelope));
  await api.post(`/api/v1/recoveries/${id}/opening`, { envelope: inner.toBase64() });
}

async function take(
  context: CommandContext,
  api: ApiClient,
  { content }: RenderedRecovery,
  agentKey: AgentKey,
  out: string,
  command: Command,
): Promise<void> {
  const path = `/api/v1/recoveries/${content.recoveryId}/release`;
  const answer = await api.post<{ envelope: string; certificate: string }>(path, {});
  const file = await recoverKey(agentKey, content, {
    envelope: Uint8Array.fromBase64(answer.envelope),
    certificate: Uint8Array.fromBase64(answer.certificate),
  });
  writeNewFile(out, file, 0o600);
  context.print(
    command,
    { id: content.recoveryId, state: 'released', opened: false, file: out },
    `Released: the key is in ${out}, encrypted to the recipient\nThey open it with: openssl cms -decrypt -inform DER -in ${out} -inkey THEIR.key -out recovered.pem\nThen the requester closes it: see recovery close ${content.recoveryId} --reason TEXT`,
  );
}
