import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { table } from '../table.ts';

interface SessionView {
  readonly id: string;
  readonly displayName: string;
  readonly role: string;
  readonly agencyId: string | null;
  readonly method: string;
  readonly means: string;
  readonly address: string | null;
  readonly startedAt: string;
  readonly lastUsedAt: string;
}

interface LockView {
  readonly subject: string;
  readonly failures: number;
  readonly until: string;
}

/** `see session …`: who is signed in to the console, and what is locked after failures. */
export function addSessionCommands(program: Command, context: CommandContext): void {
  const session = program.command('session').description('sessions of the console');
  session
    .command('list')
    .description('list who is signed in: administrators and auditors see all, others their own')
    .option('--cursor <next>', 'where the page before ended')
    .option('--json', 'print as JSON')
    .action(async (options: { cursor?: string }, command: Command) => {
      const query = options.cursor ? `?cursor=${encodeURIComponent(options.cursor)}` : '';
      const page = await context
        .api('administrator1')
        .get<{ items: SessionView[]; next: string | null }>(`/api/v1/sessions${query}`);
      const rows = page.items.map((one) => [
        one.id,
        one.displayName,
        one.agencyId === null ? one.role : `${one.role} ${one.agencyId}`,
        `${one.method} ${one.means}`,
        one.address ?? '-',
        one.startedAt,
        one.lastUsedAt,
      ]);
      const heading = ['SESSION', 'WHO', 'AS', 'MADE WITH', 'FROM', 'SINCE', 'LAST USED'];
      const more = page.next === null ? '' : `\nMore: see session list --cursor ${page.next}`;
      context.print(command, page, `${table(heading, rows, 'Nobody is signed in')}${more}`);
    });
  session
    .command('end <session>')
    .description('end a session: your own, or as an administrator any')
    .option('--json', 'print as JSON')
    .action(async (id: string, _options: unknown, command: Command) => {
      const path = `/api/v1/sessions/${encodeURIComponent(id)}/end`;
      const answer = await context.api('administrator1').post(path, {});
      context.print(command, answer, `Ended session ${id}`);
    });
  session
    .command('locks')
    .description('list what is locked after too many failures; each lock ends by itself')
    .option('--json', 'print as JSON')
    .action(async (_options: unknown, command: Command) => {
      const page = await context.api('administrator1').get<{ items: LockView[] }>('/api/v1/sign-in-locks');
      const rows = page.items.map(({ subject, failures, until }) => [subject, String(failures), until]);
      context.print(command, page, table(['LOCKED', 'FAILURES', 'UNTIL'], rows, 'Nothing is locked'));
    });
}
