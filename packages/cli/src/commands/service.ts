import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { table } from '../table.ts';

interface Service {
  readonly id: string;
  readonly agencyId: string;
  readonly name: string;
  readonly url: string;
  readonly highRisk: boolean;
  readonly standing: string;
  readonly daysLeft: number | null;
  readonly openFindings: number;
}

interface AddOptions {
  readonly agency: string;
  readonly name: string;
  readonly url: string;
  readonly kind: string;
  readonly highRisk?: boolean;
}

const HEAD = ['Id', 'Name', 'Agency', 'Days left', 'Review', 'Risk', 'Open findings'];

function row(service: Service): readonly string[] {
  const { id, name, agencyId, daysLeft, standing, highRisk, openFindings } = service;
  return [
    id,
    name,
    agencyId,
    daysLeft === null ? '' : String(daysLeft),
    standing,
    highRisk ? 'high' : '',
    String(openFindings),
  ];
}

/** `see service …`: the catalogue of services and sites (docs/catalogue.md). */
export function addServiceCommands(program: Command, context: CommandContext): void {
  const service = program.command('service').description('services and sites that rely on the scheme');
  service
    .command('list')
    .description('list them, what is overdue first, then by the days that their certificates have left')
    .option('--agency <id>', 'of one agency')
    .option('--standing <standing>', 'current, due or stale, by the review of the content')
    .option('--json', 'print as JSON')
    .action(async (options: { agency?: string; standing?: string }, command: Command) => {
      const query = new URLSearchParams();
      if (options.agency !== undefined) query.set('agency', options.agency);
      if (options.standing !== undefined) query.set('standing', options.standing);
      const list = await context.api().get<{ items: readonly Service[] }>(`/api/v1/services?${query.toString()}`);
      context.print(command, list, table(HEAD, list.items.map(row), 'There is no entry'));
    });
  service
    .command('add')
    .description('add a service or site')
    .requiredOption('--agency <id>', 'the agency that owns it')
    .requiredOption('--name <text>', 'its name')
    .requiredOption('--url <url>', 'its address: https, within a domain of the agency')
    .option('--kind <kind>', 'site or service', 'site')
    .option('--high-risk', 'it is a high-risk system')
    .option('--json', 'print as JSON')
    .action(async ({ agency, highRisk = false, ...wish }: AddOptions, command: Command) => {
      const { name, url, kind } = wish;
      const made = await context
        .api()
        .post<Service>('/api/v1/services', { agencyId: agency, name, url, kind, highRisk });
      context.print(command, made, `Added ${made.id}. Next: see service review ${made.id} --note TEXT`);
    });
  service
    .command('review <id>')
    .description('record that the content was reviewed')
    .requiredOption('--note <text>', 'what was found')
    .option('--day <day>', 'like 2026-11-22; today unless given')
    .option('--json', 'print as JSON')
    .action(async (id: string, { note, day }: { note: string; day?: string }, command: Command) => {
      const reviewedOn = day ?? new Date().toISOString().slice(0, 10);
      const reviewed = await context.api().post<Service>(`/api/v1/services/${id}/reviews`, { reviewedOn, note });
      context.print(command, reviewed, `The review of ${reviewed.name} is recorded`);
    });
  service
    .command('remove <id>')
    .description('take an entry out of the catalogue; its record stays')
    .option('--json', 'print as JSON')
    .action(async (id: string, _options: unknown, command: Command) => {
      await context.api().post(`/api/v1/services/${id}/remove`, {});
      context.print(command, { id }, 'Taken out of the catalogue');
    });
}
