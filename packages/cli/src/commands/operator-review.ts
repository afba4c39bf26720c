import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { table } from '../table.ts';

interface ReviewView {
  readonly personId: string;
  readonly displayName: string | null;
  readonly role: string;
  readonly state: string;
  readonly grantedAt: string;
  readonly reviewedAt: string | null;
  readonly dueAt: string;
  readonly locksAt: string | null;
}

/** `see operator review list|confirm`: whether everybody still needs the role they have. */
export function addReviewCommands(operator: Command, context: CommandContext): void {
  const review = operator.command('review').description('quarterly reviews of staff roles');
  review
    .command('list')
    .description('list staff roles and when each is due for review, the most urgent first')
    .option('--state <state>', 'current, due or locked')
    .option('--json', 'print as JSON')
    .action(async (options: { state?: string }, command: Command) => {
      const query = options.state ? `?state=${encodeURIComponent(options.state)}` : '';
      const page = await context.api('administrator1').get<{ items: ReviewView[] }>(`/api/v1/access-reviews${query}`);
      const rows = page.items.map((one) => [
        one.personId,
        one.displayName ?? '-',
        one.role,
        one.state,
        one.reviewedAt ?? `granted ${one.grantedAt}`,
        one.dueAt,
        one.locksAt ?? '-',
      ]);
      const heading = ['PERSON', 'NAME', 'ROLE', 'STATE', 'REVIEWED', 'DUE', 'LOCKED FROM'];
      context.print(command, page, table(heading, rows, 'Nothing to show'));
    });
  review
    .command('confirm <person>')
    .description('record that somebody else than the person looked at a role and that it is still needed')
    .option('--role <role>', 'administrator, operator, ca-operations, auditor', 'operator')
    .requiredOption('--note <text>', 'why, in a few words')
    .option('--json', 'print as JSON')
    .action(async (personId: string, options: { role: string; note: string }, command: Command) => {
      const made = await context
        .api('administrator1')
        .post('/api/v1/access-reviews', { personId, role: options.role, note: options.note });
      context.print(command, made, `Recorded: ${personId} still needs the role ${options.role}`);
    });
}
