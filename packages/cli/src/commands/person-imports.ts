import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { table } from '../table.ts';
import { type ImportProgress, importSummary } from './import-progress.ts';

const WAYS = [
  ['pause', 'let an import rest'],
  ['resume', 'let a paused import go on'],
  ['retry', 'try the rows that failed again'],
  ['cancel', 'give up the rows that wait; what is done stays'],
] as const;

/** `see person imports …`: the imports of an agency and how they are steered. */
export function addPersonImports(person: Command, context: CommandContext): void {
  const imports = person.command('imports').description('imports that were confirmed');
  imports
    .command('list')
    .description('list imports, newest first')
    .option('--json', 'print as JSON')
    .action(async (_options: unknown, command: Command) => {
      const page = await context.api().get<{ items: ImportProgress[] }>('/api/v1/imports');
      const rows = page.items.map(({ id, agencyId, state, createdAt, ...counts }) => [
        id,
        agencyId,
        state,
        String(counts.done),
        String(counts.skipped),
        String(counts.failed),
        String(counts.waiting),
        createdAt,
      ]);
      const heading = ['IMPORT', 'AGENCY', 'STATE', 'DONE', 'SKIPPED', 'FAILED', 'WAITING', 'CONFIRMED'];
      context.print(command, page, table(heading, rows, 'No imports'));
    });
  imports
    .command('show <id>')
    .description('show how far an import is')
    .option('--json', 'print as JSON')
    .action(async (id: string, _options: unknown, command: Command) => {
      const found = await context.api().get<ImportProgress>(pathOf(id));
      context.print(command, found, importSummary(found));
    });
  imports
    .command('result <id>')
    .description('write what became of each row to a CSV file')
    .requiredOption('--out <file>', 'where it goes')
    .option('--json', 'print as JSON')
    .action(async (id: string, options: { out: string }, command: Command) => {
      const octets = await context.api().bytes(`${pathOf(id)}/result.csv`, 'text/csv');
      const file = resolve(context.surroundings.workingFolder, options.out);
      writeFileSync(file, octets);
      context.print(command, { file }, `Written to ${file}`);
    });
  for (const [way, description] of WAYS) {
    imports
      .command(`${way} <id>`)
      .description(description)
      .option('--json', 'print as JSON')
      .action(async (id: string, _options: unknown, command: Command) => {
        const found = await context.api().post<ImportProgress>(`${pathOf(id)}/${way}`, {});
        context.print(command, found, importSummary(found));
      });
  }
}

function pathOf(id: string): string {
  return `/api/v1/imports/${encodeURIComponent(id)}`;
}
