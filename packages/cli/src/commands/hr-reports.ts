import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { table } from '../table.ts';

interface ReportView {
  readonly id: number;
  readonly agencyId: string;
  readonly personId: string;
  readonly kind: string;
  readonly state: string;
  readonly waitsFor: string | null;
  readonly lifeEventId: number | null;
  readonly effectiveAt: string | null;
  readonly receivedAt: string;
  readonly detail: Readonly<Record<string, string>>;
}

interface ConfirmOptions {
  readonly effective?: string;
  readonly agency?: string;
  readonly email?: string;
  readonly surname?: string;
  readonly givenName?: string;
  readonly statement?: readonly string[];
}

/** `see hr-feed reports|confirm|dismiss`: what feeds told, and what waits for a person. */
export function addHrReportCommands(feed: Command, context: CommandContext): void {
  feed
    .command('reports')
    .description('list what feeds told; what waits for a person, unless --all')
    .option('--all', 'also what was declared or decided')
    .option('--agency <id>', 'of one agency')
    .option('--json', 'print as JSON')
    .action(async (options: { all?: boolean; agency?: string }, command: Command) => {
      const query = new URLSearchParams({
        ...(options.all ? {} : { waiting: 'true' }),
        ...(options.agency ? { agency: options.agency } : {}),
      });
      const page = await context.api().get<{ items: ReportView[] }>(`/api/v1/hr-reports?${query.toString()}`);
      const rows = page.items.map((one) => [
        String(one.id),
        one.agencyId,
        one.personId,
        one.kind,
        one.waitsFor === null || one.state !== 'waiting' ? one.state : `waits: ${one.waitsFor}`,
        one.effectiveAt ?? 'at once',
        Object.entries(one.detail)
          .map(([name, value]) => `${name} ${value}`)
          .join(', ') || '-',
      ]);
      const head = ['REPORT', 'AGENCY', 'PERSON', 'KIND', 'STATE', 'TAKES EFFECT', 'SAYS'];
      context.print(command, page, table(head, rows, 'Nothing waits for a person'));
    });
  feed
    .command('confirm <report>')
    .description('declare what a feed told, in your name; options correct it')
    .option('--effective <time>', 'when it takes effect (ISO 8601)')
    .option('--agency <id>', 'mover: where they go')
    .option('--email <address>', 'mover, name change: the address from then on')
    .option('--surname <name>', 'name change')
    .option('--given-name <name>', 'name change')
    .option('--statement <digest...>', 'statements of two operators for what is beyond the hourly cap')
    .option('--json', 'print as JSON')
    .action(async (id: string, options: ConfirmOptions, command: Command) => {
      const answer = await context.api().post<ReportView>(`/api/v1/hr-reports/${encodeURIComponent(id)}/confirm`, {
        confirm: true,
        ...(options.effective ? { effectiveAt: options.effective } : {}),
        ...(options.agency ? { toAgencyId: options.agency } : {}),
        ...(options.email ? { email: options.email } : {}),
        ...(options.surname ? { surname: options.surname } : {}),
        ...(options.givenName ? { givenName: options.givenName } : {}),
        ...(options.statement ? { statements: options.statement } : {}),
      });
      context.print(
        command,
        answer,
        `Declared as life event ${answer.lifeEventId}: ${answer.kind} of ${answer.personId}`,
      );
    });
  feed
    .command('dismiss <report>')
    .description('dismiss what a feed told')
    .requiredOption('--reason <text>', 'the reason')
    .option('--json', 'print as JSON')
    .action(async (id: string, options: { reason: string }, command: Command) => {
      const answer = await context
        .api()
        .post<ReportView>(`/api/v1/hr-reports/${encodeURIComponent(id)}/dismiss`, { reason: options.reason });
      context.print(command, answer, `Dismissed: ${answer.kind} of ${answer.personId}`);
    });
}
