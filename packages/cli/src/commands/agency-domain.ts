import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { table } from '../table.ts';

interface Standings {
  readonly items: readonly {
    readonly domain: string;
    readonly by: string;
    readonly since: string;
    readonly until: string;
    readonly stale: boolean;
  }[];
}

/** `see agency domains`, `challenge`, `prove`: that an agency controls its domains. */
export function addAgencyDomainCommands(agency: Command, context: CommandContext): void {
  const path = (id: string, rest: string) => `/api/v1/agencies/${encodeURIComponent(id)}/${rest}`;
  const print = (command: Command, standings: Standings): void => {
    const rows = standings.items.map(({ domain, by, since, until, stale }) => [
      domain,
      by,
      since.slice(0, 10),
      until.slice(0, 10),
      stale ? 'too old' : 'good',
    ]);
    context.print(command, standings, table(['DOMAIN', 'BY', 'SHOWN', 'UNTIL', 'STATE'], rows, 'No domain'));
  };
  agency
    .command('domains <agency>')
    .description('show what the right to each domain rests on, and until when')
    .option('--json', 'print as JSON')
    .action(async (id: string, _options: unknown, command: Command) => {
      print(command, await context.api().get<Standings>(path(id, 'domains')));
    });
  agency
    .command('challenge <agency> <domain>')
    .description('get a value that shows control of a domain when it stands in its DNS')
    .option('--json', 'print as JSON')
    .action(async (id: string, domain: string, _options: unknown, command: Command) => {
      const made = await context.api().post(path(id, 'domain-challenges'), { domain });
      const record = `${String(made['name'])}. IN TXT "${String(made['text'])}"`;
      const next = `see agency prove ${id} --challenge ${String(made['id'])}`;
      context.print(
        command,
        made,
        `Until ${String(made['expiresAt'])} have this in the DNS:\n\n${record}\n\nNext: ${next}`,
      );
    });
  agency
    .command('prove <agency>')
    .description('look for the value in the DNS, or record a decision with its reason')
    .option('--challenge <id>', 'the challenge whose value stands in the DNS')
    .option('--domain <domain>', 'the domain that was decided on')
    .option('--decision <reason>', 'why it is clear that the agency controls it')
    .option('--json', 'print as JSON')
    .action(
      async (id: string, options: { challenge?: string; domain?: string; decision?: string }, command: Command) => {
        const body =
          options.challenge === undefined
            ? { method: 'officer-decision', domain: options.domain ?? '', reason: options.decision ?? '' }
            : { method: 'dns-record', challengeId: options.challenge };
        print(command, await context.api().post<Standings>(path(id, 'domain-evidence'), body));
      },
    );
}
