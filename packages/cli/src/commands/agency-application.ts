import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { table } from '../table.ts';

interface Application {
  readonly [member: string]: unknown;
  readonly id: string;
  readonly agencyId: string;
  readonly name: string;
  readonly organizationIdentifier: string;
  readonly state: string;
  readonly createdAt: string;
}

/** `see agency applications`, `apply`, `verify`, `decline`: before an agency has a scope. */
export function addAgencyApplicationCommands(agency: Command, context: CommandContext): void {
  const path = (id: string, rest: string) => `/api/v1/agency-applications/${encodeURIComponent(id)}/${rest}`;
  agency
    .command('applications')
    .description('list agencies that want to be members')
    .option('--declined', 'with those that were declined')
    .option('--json', 'print as JSON')
    .action(async (options: { declined?: boolean }, command: Command) => {
      const query = options.declined ? '?declined=true' : '';
      const page = await context.api().get<{ items: Application[] }>(`/api/v1/agency-applications${query}`);
      const rows = page.items.map((one) => [
        one.id,
        one.agencyId,
        one.name,
        one.organizationIdentifier,
        one.state,
        one.createdAt.slice(0, 10),
      ]);
      const head = ['APPLICATION', 'AGENCY', 'NAME', 'IDENTIFIER', 'STATE', 'SINCE'];
      context.print(command, page, table(head, rows, 'No agency has applied'));
    });
  agency
    .command('apply <agency>')
    .description('enter the application of an agency, under the id that it is to have')
    .requiredOption('--name <text>', 'its legal name, as a register has it')
    .requiredOption('--identifier <text>', 'its organizationIdentifier, such as GOVNZ')
    .requiredOption('--letter <reference>', "reference of the chief executive's letter")
    .requiredOption('--signed-by <text>', 'who signed the letter')
    .requiredOption('--signed-on <day>', 'the day of the letter (ISO 8601)')
    .option('--json', 'print as JSON')
    .action(
      async (
        id: string,
        options: Record<'name' | 'identifier' | 'letter' | 'signedBy' | 'signedOn', string>,
        command: Command,
      ) => {
        const { name, identifier, letter, signedBy, signedOn } = options;
        const made = await context.api().post<Application>('/api/v1/agency-applications', {
          agencyId: id,
          name,
          organizationIdentifier: identifier,
          letter: { reference: letter, signedBy, signedOn },
        });
        const next = `Next, by another operator: see agency verify ${made.id} --register NAME --entry TEXT --extract DAY`;
        context.print(command, made, `Application ${made.id} of ${name}\n${next}`);
      },
    );
  agency
    .command('verify <application>')
    .description('record that name and identifier stand in a register')
    .requiredOption('--register <text>', 'the register')
    .requiredOption('--entry <text>', 'number or page of the entry')
    .requiredOption('--extract <day>', 'the day of the extract (ISO 8601)')
    .option('--json', 'print as JSON')
    .action(async (id: string, options: Record<'register' | 'entry' | 'extract', string>, command: Command) => {
      const { register, entry, extract } = options;
      const body = { name: register, entry, extractOf: extract };
      const made = await context.api().post<Application>(path(id, 'verification'), body);
      context.print(command, made, `Verified: ${made.name}\nNext: see agency propose ${made.agencyId} SCOPE.json`);
    });
  agency
    .command('decline <application>')
    .description('end an application that leads nowhere')
    .requiredOption('--reason <text>', 'why')
    .option('--json', 'print as JSON')
    .action(async (id: string, options: { reason: string }, command: Command) => {
      const made = await context.api().post<Application>(path(id, 'decline'), { reason: options.reason });
      context.print(command, made, `Declined: ${made.name}`);
    });
}
