import { readFileSync } from 'node:fs';
import { refused } from '@see/domain';
import type { CanonicalValue } from '@see/statement';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { proposeOnHead } from './statement.ts';

interface Configuration {
  readonly [key: string]: CanonicalValue;
  readonly risk: RiskPolicy;
}

type RiskPolicy = {
  readonly newSponsorDays: number;
  readonly newDomainDays: number;
  readonly nearNames: boolean;
  readonly hours: {
    readonly zone: string;
    readonly from: string;
    readonly until: string;
    readonly days: number[];
  } | null;
  readonly manyAtOnce: { readonly orders: number; readonly minutes: number } | null;
};

const MEMBERS = ['newSponsorDays', 'newDomainDays', 'nearNames', 'hours', 'manyAtOnce'] as const;

/** `see risk …`: what makes an order one that needs two approvals. */
export function addRiskCommands(program: Command, context: CommandContext): void {
  const risk = program.command('risk').description('what makes an order one that needs two approvals');
  risk
    .command('show')
    .description('show the risk policy in force')
    .option('--json', 'print as JSON')
    .action(async (_options: unknown, command: Command) => {
      const { risk: policy } = await readConfiguration(context);
      context.print(command, policy, inWords(policy));
    });
  risk
    .command('propose <file>')
    .description('propose a risk policy from a JSON file (see risk show --json): two administrators sign')
    .option('--json', 'print as JSON')
    .action(async (file: string, _options: unknown, command: Command) => {
      const policy = JSON.parse(readFileSync(file, 'utf8')) as CanonicalValue;
      assertMembers(policy);
      const configuration = await readConfiguration(context);
      const made = await proposeOnHead(context, 'configuration-activate', { ...configuration, risk: policy });
      const next = `Next: see statement sign ${made.digest.slice(0, 16)} --key FILE, by two administrators`;
      context.print(command, made, `Proposed ${made.digest}\n${next}`);
    });
}

function readConfiguration(context: CommandContext): Promise<Configuration> {
  return context.api('administrator1').get<Configuration>('/api/v1/configuration');
}

/** The service checks the values; a member that is left out would be taken for nothing else than a mistake. */
function assertMembers(policy: CanonicalValue): void {
  const given = typeof policy === 'object' && policy !== null ? Object.keys(policy) : [];
  const missing = MEMBERS.filter((member) => !given.includes(member));
  const unknown = given.filter((member) => !(MEMBERS as readonly string[]).includes(member));
  if (missing.length + unknown.length === 0) return;
  throw refused(
    'bad-risk-policy',
    `missing: ${missing.join(', ') || 'none'}; unknown: ${unknown.join(', ') || 'none'}`,
    {
      remedy: 'start from what see risk show --json prints',
    },
  );
}

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

function inWords({ newSponsorDays, newDomainDays, nearNames, hours, manyAtOnce }: RiskPolicy): string {
  const days = hours?.days.map((day) => DAYS[day - 1]).join(', ');
  return [
    'An order needs two approvals when',
    `  the sponsor is new:              ${newSponsorDays > 0 ? `for ${newSponsorDays} days` : 'off'}`,
    `  a domain of the agency is new:   ${newDomainDays > 0 ? `for ${newDomainDays} days` : 'off'}`,
    `  the name is close to another's:  ${nearNames ? 'on' : 'off'}`,
    `  it is made out of hours:         ${hours ? `outside ${days}, ${hours.from} to ${hours.until}, ${hours.zone}` : 'off'}`,
    `  many are made at once:           ${manyAtOnce ? `more than ${manyAtOnce.orders} in ${manyAtOnce.minutes} minutes by one person` : 'off'}`,
  ].join('\n');
}
