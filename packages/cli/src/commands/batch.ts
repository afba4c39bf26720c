import { signDigest } from '@see/statement';
import type { Command } from 'commander';
import { type CommandContext, passphraseFrom } from '../command-context.ts';
import { readApprovalKey } from '../keys/approval-key.ts';
import { table } from '../table.ts';
import { confirm } from './order.ts';
import { readBatch } from './read-batch.ts';
import { renderBatch } from './render-batch.ts';

interface BatchView {
  readonly id: string;
  readonly agencyId: string;
  readonly count: number;
  readonly states: Readonly<Record<string, number>>;
  readonly createdAt: string;
}

interface CreateOptions {
  readonly agency: string;
  readonly import?: string;
  readonly order?: readonly string[];
}

/** `see batch …`: many orders of an agency, approved by one signature. */
export function addBatchCommands(program: Command, context: CommandContext): void {
  const batch = program.command('batch').description('orders that are approved together');
  batch
    .command('list')
    .description('list batches, newest first')
    .option('--json', 'print as JSON')
    .action(async (_options: unknown, command: Command) => {
      const page = await context.api().get<{ items: BatchView[] }>('/api/v1/batches');
      const rows = page.items.map((one) => [one.id, one.agencyId, String(one.count), statesOf(one), one.createdAt]);
      context.print(command, page, table(['BATCH', 'AGENCY', 'ORDERS', 'NOW', 'MADE'], rows, 'There is no batch'));
    });
  batch
    .command('create')
    .description('put orders together that are not on the dual list: those of an import, those named, or all')
    .requiredOption('--agency <id>', 'the agency')
    .option('--import <id>', 'the orders that an import made')
    .option('--order <id...>', 'these orders')
    .option('--json', 'print as JSON')
    .action(async (options: CreateOptions, command: Command) => {
      const made = await context.api().post<BatchView>('/api/v1/batches', {
        agencyId: options.agency,
        ...(options.import ? { importId: options.import } : {}),
        ...(options.order ? { orderIds: options.order } : {}),
      });
      const next = `Next: see batch approve ${made.id} --key FILE`;
      context.print(command, made, `Batch ${made.id} of ${made.count} orders\n${next}`);
    });
  batch
    .command('show <id>')
    .description('show a batch: what stands out first, then every order')
    .option('--json', 'print as JSON')
    .action(async (id: string, _options: unknown, command: Command) => {
      const api = context.api();
      const view = await api.get<BatchView>(`/api/v1/batches/${id}`);
      context.print(command, view, `${renderBatch(await readBatch(api, id))}\n\nNow: ${statesOf(view)}`);
    });
  batch
    .command('approve <id>')
    .description('read every order of a batch, and approve them all with your key')
    .requiredOption('--key <file>', 'your approval key (see operator keygen)')
    .option('--passphrase-file <file>', "file with the key's passphrase")
    .option('--yes', 'do not ask')
    .option('--json', 'print as JSON')
    .action((id: string, options: ApproveOptions, command: Command) => approve(context, id, options, command));
}

interface ApproveOptions {
  readonly key: string;
  readonly passphraseFile?: string;
  readonly yes?: boolean;
}

async function approve(context: CommandContext, id: string, options: ApproveOptions, command: Command): Promise<void> {
  const api = context.api();
  const read = await readBatch(api, id);
  const key = readApprovalKey(options.key, passphraseFrom(options.passphraseFile));
  if (!options.yes) {
    const what = `You sign this for all ${read.content.count} orders, in the name of ${key.label}.`;
    await confirm(context, `${renderBatch(read)}\n\n${what}`);
  }
  const signature = signDigest(read.digest, key.credentialId, key.privateKey);
  const answer = await api.post<{ approved: number; waiting: number; left: { orderId: string; message: string }[] }>(
    `/api/v1/batches/${id}/approvals`,
    { credentialId: key.credentialId, signature },
  );
  const left = answer.left.map((one) => `\nLeft: ${one.orderId}, ${one.message}`).join('');
  const waiting =
    answer.waiting > 0 ? `\n${answer.waiting} of them wait for another operator to sign the batch too` : '';
  context.print(command, answer, `Approved: ${answer.approved} of ${read.content.count} orders${waiting}${left}`);
}

function statesOf({ states }: BatchView): string {
  return Object.entries(states)
    .map(([state, count]) => `${count} ${state}`)
    .join(', ');
}
