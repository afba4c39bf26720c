import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { table } from '../table.ts';
import { addDisposalCommands } from './disposal.ts';

interface RecordView {
  readonly kind: string;
  readonly id: string;
  readonly agencyId: string | null;
  readonly name: string;
  readonly asOf: string;
  readonly by: readonly string[];
  readonly nextReviewAt: string;
  readonly standing: string;
}

interface Options {
  readonly agency?: string;
  readonly kind?: string;
}

const LISTS = [
  ['due', 'records that have to be reviewed within 30 days'],
  ['stale', 'records past their review: they block orders until somebody has looked at them'],
  ['current', 'records that need no review within 30 days'],
] as const;

/** `see records …`: what has to be looked at, and since when it is known to be right. */
export function addRecordCommands(program: Command, context: CommandContext): void {
  const records = program.command('records').description('when records were verified, by whom, and when they are due');
  addDisposalCommands(records, context);
  for (const [standing, description] of LISTS) {
    records
      .command(standing)
      .description(description)
      .option('--agency <id>', 'of one agency')
      .option('--kind <kind>', 'agency, delegation, domain, evidence or person')
      .option('--json', 'print as JSON')
      .action(async (options: Options, command: Command) => {
        const query = new URLSearchParams({
          standing,
          ...(options.agency ? { agency: options.agency } : {}),
          ...(options.kind ? { kind: options.kind } : {}),
        });
        const page = await context
          .api()
          .get<{ items: RecordView[]; next: string | null }>(`/api/v1/records?${query.toString()}`);
        const rows = page.items.map((one) => [
          one.kind,
          one.agencyId ?? '-',
          one.name,
          one.asOf.slice(0, 10),
          one.by.join(', ') || '-',
          one.nextReviewAt.slice(0, 10),
        ]);
        const more = page.next === null ? '' : '\nThere are more: --json has the cursor of the next page';
        const text = table(['KIND', 'AGENCY', 'RECORD', 'AS OF', 'BY', 'REVIEW'], rows, `No record is ${standing}`);
        context.print(command, page, `${text}${more}`);
      });
  }
}
