import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { table } from '../table.ts';

interface Rule {
  readonly kind: string;
  readonly retention: string;
  readonly covers: string;
  readonly keepYears: number | null;
  readonly why: string | null;
}

interface Hold {
  readonly id: string;
  readonly kind: string | null;
  readonly reason: string;
  readonly placedAt: string;
  readonly lifted: object | null;
}

interface DisposalView {
  readonly [member: string]: unknown;
  readonly id: string;
  readonly kind: string;
  readonly cutOff: string;
  readonly authorityRef: string;
  readonly approvedBy: readonly string[];
  readonly done: { readonly records: number; readonly sha256: string } | null;
}

/** `see records retention`, `hold`, `lift`, `dispose` and `disposals`: how long records are kept, and how they end. */
export function addDisposalCommands(records: Command, context: CommandContext): void {
  records
    .command('retention')
    .description('how long records of each kind are kept, and what is kept for good')
    .option('--json', 'print as JSON')
    .action(async (_options: unknown, command: Command) => {
      const page = await context.api().get<{ items: Rule[] }>('/api/v1/retention');
      const rows = page.items.map((one) => [
        one.kind,
        one.retention,
        one.keepYears === null ? 'for good' : `${one.keepYears} years`,
        one.why === null ? one.covers : `${one.covers}: ${one.why}`,
      ]);
      context.print(command, page, table(['KIND', 'CLASS', 'KEPT', 'WHAT'], rows, 'Nothing'));
    });
  records
    .command('holds')
    .description('list legal holds')
    .option('--json', 'print as JSON')
    .action(async (_options: unknown, command: Command) => {
      const page = await context.api().get<{ items: Hold[] }>('/api/v1/legal-holds');
      const rows = page.items.map((one) => [
        one.id,
        one.kind ?? 'everything',
        one.placedAt.slice(0, 10),
        one.lifted === null ? 'holds' : 'lifted',
        one.reason,
      ]);
      context.print(command, page, table(['HOLD', 'KIND', 'SINCE', 'STATE', 'REASON'], rows, 'No legal hold'));
    });
  records
    .command('hold')
    .description('place a legal hold: nothing of the kind is disposed of until it is lifted')
    .requiredOption('--reason <text>', 'why')
    .option('--kind <kind>', 'mails or import-rows; everything when absent')
    .option('--json', 'print as JSON')
    .action(async (options: { reason: string; kind?: string }, command: Command) => {
      const { reason, kind } = options;
      const made = await context.api().post('/api/v1/legal-holds', { reason, ...(kind === undefined ? {} : { kind }) });
      context.print(command, made, `Legal hold ${String(made['id'])}`);
    });
  records
    .command('lift <hold>')
    .description('lift a legal hold')
    .requiredOption('--reason <text>', 'why')
    .option('--json', 'print as JSON')
    .action(async (id: string, options: { reason: string }, command: Command) => {
      const done = await context.api().post(`/api/v1/legal-holds/${id}/lift`, { reason: options.reason });
      context.print(command, done, `Lifted ${id}`);
    });
  records
    .command('disposals')
    .description('list disposals, proposed and carried out')
    .option('--json', 'print as JSON')
    .action(async (_options: unknown, command: Command) => {
      const page = await context.api().get<{ items: DisposalView[] }>('/api/v1/disposals');
      const rows = page.items.map((one) => [
        one.id,
        one.kind,
        one.cutOff.slice(0, 10),
        one.authorityRef,
        one.done ? `${one.done.records} records` : `${one.approvedBy.length} of 2 approvals`,
      ]);
      context.print(command, page, table(['DISPOSAL', 'KIND', 'BEFORE', 'AUTHORITY', 'STATE'], rows, 'None'));
    });
  records
    .command('dispose')
    .description('propose a disposal with --kind, --before and --authority; approve one with --approve')
    .option('--kind <kind>', 'mails or import-rows')
    .option('--before <day>', 'what ended before this day, at least two years ago')
    .option('--authority <reference>', 'the disposal authority under which it is done')
    .option('--approve <disposal>', 'approve this one: with the second approval it is carried out')
    .option('--json', 'print as JSON')
    .action(
      async (options: { kind?: string; before?: string; authority?: string; approve?: string }, command: Command) => {
        const { approve, kind, before, authority } = options;
        const made =
          approve === undefined
            ? await context
                .api()
                .post<DisposalView>('/api/v1/disposals', { kind, cutOff: before, authorityRef: authority })
            : await context.api().post<DisposalView>(`/api/v1/disposals/${approve}/approve`, {});
        const state = made.done
          ? `carried out: ${made.done.records} records, SHA-256 ${made.done.sha256}`
          : `waits for ${2 - made.approvedBy.length} approvals: see records dispose --approve ${made.id}`;
        context.print(command, made, `Disposal ${made.id} ${state}`);
      },
    );
}
