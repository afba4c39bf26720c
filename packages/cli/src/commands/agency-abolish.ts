import { refused } from '@see/domain';
import type { Command } from 'commander';
import { type CommandContext, passphraseFrom } from '../command-context.ts';
import type { ApprovalKey } from '../keys/approval-key.ts';
import { askYes } from './ask-yes.ts';
import { type CertificateToRevoke, readKeys, signRevocations } from './revoke-statement.ts';
import { signOnHead, until } from './sign-on-head.ts';

interface AbolishOptions {
  readonly reason?: string;
  readonly note?: string;
  readonly key?: readonly string[];
  readonly passphraseFile?: string;
  readonly statement?: readonly string[];
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

interface Preview {
  readonly status: string;
  readonly revoked: readonly (CertificateToRevoke & { readonly profile: string })[];
  readonly orders: number;
  readonly ordersBeingSigned: number;
  readonly people: number;
}

/** `see agency abolish`: removes an agency and ends everything of it, in one act of two operators. */
export function addAgencyAbolish(agency: Command, context: CommandContext): void {
  agency
    .command('abolish <agency>')
    .description('end a membership: the removal, every certificate, open orders and people of an agency')
    .option('--reason <text>', 'why, for the statement of removal')
    .option('--note <text>', 'for those who read it later')
    .option('--key <file...>', 'approval keys of two operators')
    .option('--passphrase-file <file>', "file with the keys' passphrase")
    .option('--statement <digest...>', 'instead of --key: signed statements that name the certificates')
    .option('--dry-run', 'only say what would end')
    .option('--yes', 'do not ask')
    .option('--json', 'print as JSON')
    .action((id: string, options: AbolishOptions, command: Command) => abolish(context, id, options, command));
}

async function abolish(context: CommandContext, id: string, options: AbolishOptions, command: Command): Promise<void> {
  const api = context.api();
  const path = `/api/v1/agencies/${encodeURIComponent(id)}/abolition`;
  const before = await api.get<Preview & { readonly [key: string]: unknown }>(path);
  const profiles = [...Map.groupBy(before.revoked, ({ profile }) => profile)].map(
    ([profile, all]) => `${all.length} ${profile}`,
  );
  const text = `${before.revoked.length} certificates${profiles.length > 0 ? ` (${profiles.join(', ')})` : ''}, ${before.orders + before.ordersBeingSigned} open orders and ${before.people} people of agency ${id}`;
  if (options.dryRun) return context.print(command, before, `Would end: ${text}`);
  const keys = readKeys(options.key ?? [], passphraseFrom(options.passphraseFile));
  if (!options.yes) await askYes(context, `This ends for good: ${text}.`);
  if (before.status !== 'removed') await remove(context, id, options.reason, keys);
  const settled = await until(async () => {
    const now = await api.get<Preview>(path);
    return now.ordersBeingSigned === 0 ? now : undefined;
  }, 'orders of the agency are still being signed');
  const made = keys.length > 0 ? await signRevocations(api, settled.revoked, keys) : [];
  const answer = await api.post<Record<string, number>>(path, {
    statements: [...(options.statement ?? []), ...made],
    ...(options.note === undefined ? {} : { note: options.note }),
  });
  context.print(
    command,
    answer,
    `Agency ${id} has ended: ${answer['certificatesRevoked']} certificates revoked, ${answer['ordersWithdrawn']} orders withdrawn, ${answer['peopleEnded']} people without a place`,
  );
}

/** Has two operators sign the removal here, and waits until the signer has accepted it. */
async function remove(
  context: CommandContext,
  id: string,
  reason: string | undefined,
  keys: readonly ApprovalKey[],
): Promise<void> {
  if (keys.length < 2)
    throw refused('keys-missing', `agency ${id} is a member still; its removal needs the keys of two operators`, {
      remedy:
        'give --key FILE1 FILE2, or have the statement agency-remove signed elsewhere first: see statement propose',
    });
  if (reason === undefined)
    throw refused('reason-missing', 'the removal has to say why', { remedy: 'give --reason TEXT' });
  await signOnHead(context, 'agency-remove', { agencyId: id, reason }, keys);
}
