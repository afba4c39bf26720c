import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { table } from '../table.ts';

interface Mail {
  readonly [member: string]: unknown;
  readonly id: string;
  readonly template: string;
  readonly recipient: string;
  readonly state: string;
  readonly attempts: number;
  readonly code: string | null;
  readonly createdAt: string;
}

interface Preview {
  readonly [member: string]: unknown;
  readonly title: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly table: { readonly name: string; readonly csv: string } | null;
}

/** `see mail …`: the outbox and what mails say. */
export function addMailCommands(program: Command, context: CommandContext): void {
  const mail = program.command('mail').description('mails that this service sends');
  mail
    .command('list')
    .description('list mails, the newest first')
    .option('--state <state>', 'waiting, sent, failed or dropped')
    .option('--to <address>', 'only to this address')
    .option('--json', 'print as JSON')
    .action(async (options: { state?: string; to?: string }, command: Command) => {
      const query = new URLSearchParams({
        ...(options.state === undefined ? {} : { state: options.state }),
        ...(options.to === undefined ? {} : { recipient: options.to }),
      });
      const page = await context.api().get<{ items: Mail[] }>(`/api/v1/mails?${query.toString()}`);
      const rows = page.items.map((one) => [
        one.id,
        one.template,
        one.recipient,
        one.state,
        String(one.attempts),
        one.code ?? '-',
        one.createdAt,
      ]);
      context.print(
        command,
        page,
        table(['MAIL', 'LETTER', 'TO', 'STATE', 'TRIES', 'FAULT', 'ASKED FOR'], rows, 'No mail'),
      );
    });
  mail
    .command('show <id>')
    .description('show what became of a mail')
    .option('--json', 'print as JSON')
    .action(async (id: string, _options: unknown, command: Command) => {
      const found = await context.api().get(`/api/v1/mails/${encodeURIComponent(id)}`);
      context.print(command, found, JSON.stringify(found, null, 2));
    });
  mail
    .command('retry <id>')
    .description('try a mail that was given up again')
    .option('--json', 'print as JSON')
    .action(async (id: string, _options: unknown, command: Command) => {
      const answer = await context.api().post(`/api/v1/mails/${encodeURIComponent(id)}/retry`, {});
      context.print(command, answer, `Mail ${id} is ${String(answer['state'])}`);
    });
  mail
    .command('bounced <address>')
    .description('say that mail to an address came back: no code goes there until its owner shows that it is theirs')
    .option('--note <text>', 'what was seen')
    .option('--json', 'print as JSON')
    .action(async (address: string, options: { note?: string }, command: Command) => {
      const body = { address, ...(options.note === undefined ? {} : { note: options.note }) };
      const answer = await context.api().post<{ people: readonly string[] }>('/api/v1/mail-bounces', body);
      const next = answer.people.map((id) => `see person check-mailbox ${id}`).join('\n      ');
      context.print(command, answer, `${address} is flagged\nNext: ${next}`);
    });
  mail
    .command('preview [template]')
    .description('show what a letter says, with made-up facts; without a template, list them')
    .option('--html', 'print the HTML face')
    .option('--json', 'print as JSON')
    .action(async (template: string | undefined, options: { html?: boolean }, command: Command) => {
      if (template === undefined) {
        const list = await context.api().get<{ items: { id: string; title: string }[] }>('/api/v1/mail-templates');
        const rows = list.items.map(({ id, title }) => [id, title]);
        context.print(command, list, table(['LETTER', 'WHAT IT IS'], rows, 'There is no letter'));
        return;
      }
      const found = await context.api().get<Preview>(`/api/v1/mail-templates/${encodeURIComponent(template)}`);
      const text = options.html ? found.html : `Subject: ${found.subject}\n\n${found.text}`;
      const file = found.table ? `\n\nWith it: ${found.table.name}.csv\n${found.table.csv.replace('\ufeff', '')}` : '';
      context.print(command, found, `${text.trimEnd()}${file.trimEnd()}`);
    });
}
