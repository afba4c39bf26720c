import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { table } from '../table.ts';

interface Item {
  readonly [member: string]: unknown;
  readonly id: number;
  readonly kind: string;
  readonly issuer: string | null;
  readonly method: string;
  readonly sightedOn: string;
  readonly sightedBy: string;
  readonly expiresOn: string | null;
  readonly countsUntil: string | null;
  readonly withdrawnAt: string | null;
}

interface Listing {
  readonly items: readonly Item[];
  readonly assessments: readonly {
    readonly type: string;
    readonly enough: boolean;
    readonly used: readonly string[];
    readonly missing: readonly string[];
  }[];
}

interface AddOptions {
  readonly kind: string;
  readonly sighted: string;
  readonly issuer?: string;
  readonly method?: string;
  readonly expires?: string;
  readonly note?: string;
}

/** `see person evidence …`: what was seen of who a person is. */
export function addEvidenceCommands(person: Command, context: CommandContext): void {
  const evidence = person.command('evidence').description('evidence of who people are');
  evidence
    .command('list <person>')
    .description('list what is on record, and what it is enough for')
    .option('--json', 'print as JSON')
    .action(async (id: string, _options: unknown, command: Command) => {
      const page = await context.api().get<Listing>(`/api/v1/people/${encodeURIComponent(id)}/evidence`);
      const rows = page.items.map((one) => [
        String(one.id),
        one.kind,
        one.issuer ?? '-',
        one.method,
        one.sightedOn,
        one.sightedBy,
        one.expiresOn ?? '-',
        one.countsUntil?.slice(0, 10) ?? '-',
        one.withdrawnAt === null ? 'on record' : 'withdrawn',
      ]);
      const items = table(
        ['ITEM', 'KIND', 'ISSUER', 'METHOD', 'SIGHTED', 'BY', 'EXPIRES', 'COUNTS UNTIL', 'STATE'],
        rows,
        'Nothing is on record',
      );
      const enough = page.assessments.map(({ type, used, missing }) => [type, [...used, ...missing].join('; ')]);
      context.print(command, page, `${items}\n\n${table(['FOR TYPE', 'COUNTS, OR IS MISSING'], enough, '')}`);
    });
  evidence
    .command('add <person>')
    .description('record what you have seen yourself; never the number of a document')
    .requiredOption('--kind <kind>', 'known-to-agency (sponsors), passport, birth-certificate, driver-licence …')
    .requiredOption('--sighted <day>', 'the day on which you saw it, like 2026-11-22')
    .option('--issuer <body>', 'which body issued it')
    .option('--method <method>', 'in-person or remote; in-person when absent')
    .option('--expires <day>', 'its own last day')
    .option('--note <text>', 'for those who read it later')
    .option('--json', 'print as JSON')
    .action(async (id: string, options: AddOptions, command: Command) => {
      const made = await context.api().post<Item>(`/api/v1/people/${encodeURIComponent(id)}/evidence`, {
        kind: options.kind,
        sightedOn: options.sighted,
        ...(options.issuer === undefined ? {} : { issuer: options.issuer }),
        ...(options.method === undefined ? {} : { method: options.method }),
        ...(options.expires === undefined ? {} : { expiresOn: options.expires }),
        ...(options.note === undefined ? {} : { note: options.note }),
      });
      context.print(command, made, `Item ${made.id} is on record`);
    });
  evidence
    .command('withdraw <item>')
    .description('withdraw an item that should not count; it stays on record')
    .requiredOption('--reason <text>', 'why')
    .option('--json', 'print as JSON')
    .action(async (id: string, options: { reason: string }, command: Command) => {
      const path = `/api/v1/evidence/${encodeURIComponent(id)}/withdraw`;
      const answer = await context.api().post(path, { reason: options.reason });
      context.print(command, answer, `Item ${id} does not count any more`);
    });
}
