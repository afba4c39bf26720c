import { LIFE_EVENT_KINDS } from '@see/domain';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { table } from '../table.ts';

interface Action {
  readonly serial: string;
  readonly profile: string;
  readonly action: string;
  readonly reason: string | null;
  readonly because: string | null;
}

interface Answer {
  readonly [member: string]: unknown;
  readonly id?: number;
  readonly state?: string;
  readonly effectiveAt: string;
  readonly actions: readonly Action[];
}

interface EventOptions {
  readonly kind: string;
  readonly effective?: string;
  readonly happened?: string;
  readonly certificates?: readonly string[];
  readonly to?: string;
  readonly email?: string;
  readonly givenName?: string;
  readonly surname?: string;
  readonly displayName?: string;
  readonly note?: string;
  readonly dryRun?: boolean;
}

/** `see person event`, `see person events`, `see person call-off`: leavers, movers, losses. */
export function addLifeEventCommands(person: Command, context: CommandContext): void {
  person
    .command('event <person>')
    .description('declare that a person leaves, dies, moves, is renamed, or has lost a token or key')
    .requiredOption('--kind <kind>', LIFE_EVENT_KINDS.join(', '))
    .option('--effective <time>', 'when it takes effect (ISO 8601); now when absent')
    .option('--happened <time>', 'when a death or the loss of a key happened')
    .option('--certificates <sha256...>', 'a lost token or key: only these certificates')
    .option('--to <agency>', 'a mover: the agency they go to')
    .option('--email <address>', 'a mover or new name: the mail address from now on')
    .option('--given-name <name>', 'new name')
    .option('--surname <name>', 'new name')
    .option('--display-name <name>', 'new name as it stands in certificates')
    .option('--note <text>', 'for those who read it later')
    .option('--dry-run', 'only say what it would do')
    .option('--json', 'print as JSON')
    .action(async (id: string, options: EventOptions, command: Command) => {
      const answer = await context.api().post<Answer>(`/api/v1/people/${encodeURIComponent(id)}/life-events`, {
        kind: options.kind,
        ...given('effectiveAt', options.effective),
        ...given('happenedAt', options.happened),
        ...given('certificates', options.certificates),
        ...given('toAgencyId', options.to),
        ...given('email', options.email),
        ...given('givenName', options.givenName),
        ...given('surname', options.surname),
        ...given('displayName', options.displayName),
        ...given('note', options.note),
        ...given('dryRun', options.dryRun),
      });
      // What it does is decided when it takes effect, on what is there then.
      const text = answer.state === 'planned' ? headline(answer) : `${headline(answer)}\n${actions(answer)}`;
      context.print(command, answer, text);
    });
  person
    .command('events [person]')
    .description('list what was declared, the newest first')
    .option('--planned', 'only what has not taken effect')
    .option('--json', 'print as JSON')
    .action(async (id: string | undefined, options: { planned?: boolean }, command: Command) => {
      const query = new URLSearchParams({
        ...(id === undefined ? {} : { person: id }),
        ...(options.planned ? { state: 'planned' } : {}),
      });
      const page = await context
        .api()
        .get<{ items: (Answer & { personId: string; kind: string })[] }>(`/api/v1/life-events?${query.toString()}`);
      const rows = page.items.map((one) => [String(one.id), one.personId, one.kind, one.effectiveAt, one.state ?? '']);
      context.print(command, page, table(['EVENT', 'PERSON', 'KIND', 'EFFECTIVE', 'STATE'], rows, 'Nothing declared'));
    });
  person
    .command('call-off <event>')
    .description('call off what was declared and has not taken effect')
    .requiredOption('--reason <text>', 'why')
    .option('--json', 'print as JSON')
    .action(async (id: string, options: { reason: string }, command: Command) => {
      const path = `/api/v1/life-events/${encodeURIComponent(id)}/call-off`;
      const answer = await context.api().post<Answer>(path, { reason: options.reason });
      context.print(command, answer, `Called off event ${id}`);
    });
}

function given(member: string, value: unknown): Record<string, unknown> {
  return value === undefined ? {} : { [member]: value };
}

function headline({ id, state, effectiveAt }: Answer): string {
  if (id === undefined) return `Nothing was declared. At ${effectiveAt} it would do this:`;
  return state === 'planned' ? `Event ${id} takes effect at ${effectiveAt}` : `Event ${id} was carried out`;
}

function actions({ actions: all }: Answer): string {
  const rows = all.map((one) => [one.serial, one.profile, one.action, one.reason ?? one.because ?? '-']);
  return table(['SERIAL', 'PROFILE', 'ACTION', 'WHY'], rows, 'No certificate is concerned');
}
