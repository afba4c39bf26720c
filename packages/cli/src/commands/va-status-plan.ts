import { type CrlPlan, crlPlanOf, RESPONDER_KEYS, refused, type StatusPlan } from '@see/domain';
import type { CanonicalValue } from '@see/statement';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { table } from '../table.ts';
import { proposeOnHead } from './statement.ts';

interface Configuration {
  readonly [key: string]: CanonicalValue;
  readonly status: StatusPlan;
}

/** `see va responder-key …` and `see va lists …`: how status is published, which is a part of the configuration. */
export function addStatusPlanCommands(va: Command, context: CommandContext): void {
  const key = va.command('responder-key').description('the kind of key that signs OCSP answers');
  key
    .command('show')
    .description('show the kind in force')
    .option('--json', 'print as JSON')
    .action(async (_options: unknown, command: Command) => {
      const { responderKey } = (await readConfiguration(context)).status;
      context.print(command, { responderKey }, `OCSP answers are signed with ${responderKey} keys`);
    });
  key
    .command('propose <kind>')
    .description(`propose another kind (${RESPONDER_KEYS.join(', ')}): two administrators sign`)
    .option('--json', 'print as JSON')
    .action((kind: string, _options: unknown, command: Command) =>
      propose(context, command, (plan) => ({ ...plan, responderKey: responderKey(kind) })),
    );
  const lists = va.command('lists').description('which revocation lists a CA has besides its full ones');
  lists
    .command('show')
    .description('show the lists of every CA')
    .option('--json', 'print as JSON')
    .action(async (_options: unknown, command: Command) => {
      const { status } = await readConfiguration(context);
      const { items } = await context.api('administrator1').get<{ items: { id: string }[] }>('/api/v1/cas');
      const plans = items.filter(({ id }) => id !== 'root').map(({ id }) => crlPlanOf(status, id));
      const rows = plans.map(({ ca, delta, shards }) => [ca, delta ? 'yes' : 'no', shards.join(', ') || 'none']);
      context.print(command, { crls: plans }, table(['CA', 'DELTA', 'PARTS'], rows, 'No CA'));
    });
  lists
    .command('propose')
    .description('propose other lists for a CA; what is not named stays: two administrators sign')
    .requiredOption('--ca <id>', 'which CA')
    .option('--delta', 'tell revocations between two full lists by delta CRLs')
    .option('--no-delta', 'make a full list at each revocation')
    .option('--shards <count>', 'new certificates name one of so many parts; those of before stay published')
    .option('--json', 'print as JSON')
    .action((options: ListOptions, command: Command) =>
      propose(context, command, (plan) => withLists(plan, options, command.getOptionValueSource('delta') === 'cli')),
    );
}

interface ListOptions {
  readonly ca: string;
  readonly delta: boolean;
  readonly shards?: string;
}

function readConfiguration(context: CommandContext): Promise<Configuration> {
  return context.api('administrator1').get<Configuration>('/api/v1/configuration');
}

async function propose(
  context: CommandContext,
  command: Command,
  change: (plan: StatusPlan) => StatusPlan,
): Promise<void> {
  const configuration = await readConfiguration(context);
  const status = JSON.parse(JSON.stringify(change(configuration.status))) as CanonicalValue;
  const made = await proposeOnHead(context, 'configuration-activate', { ...configuration, status });
  const next = `Next: see statement sign ${made.digest.slice(0, 16)} --key FILE, by two administrators`;
  context.print(command, made, `Proposed ${made.digest}\n${next}`);
}

function responderKey(given: string): StatusPlan['responderKey'] {
  const kind = RESPONDER_KEYS.find((one) => one === given.toUpperCase());
  if (!kind) throw refused('invalid-request', `${given} is not one of ${RESPONDER_KEYS.join(', ')}`);
  return kind;
}

/** The plan with the lists of one CA changed. A CA that has full lists alone is left out. */
function withLists(plan: StatusPlan, { ca, delta, shards }: ListOptions, isDeltaGiven: boolean): StatusPlan {
  const before = crlPlanOf(plan, ca);
  const after: CrlPlan = {
    ca,
    delta: isDeltaGiven ? delta : before.delta,
    shards: shards === undefined ? before.shards : withParts(before.shards, shards),
  };
  const others = plan.crls.filter((one) => one.ca !== ca);
  return { ...plan, crls: after.delta || after.shards.length > 0 ? [...others, after] : others };
}

function withParts(before: readonly number[], given: string): readonly number[] {
  const count = Number(given);
  const last = before.at(-1) ?? 0;
  if (!Number.isInteger(count) || count < last)
    throw refused('invalid-request', `--shards ${given}: ${last === 0 ? 'a number' : `at least ${last}`} is expected`);
  return count === last ? before : [...before, count];
}
