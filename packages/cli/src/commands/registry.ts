import { refused } from '@see/domain';
import { readProfile } from '@see/policy';
import type { CanonicalValue } from '@see/statement';
import type { Command } from 'commander';
import { fetchBundle } from '../bundle/fetch-bundle.ts';
import type { CommandContext } from '../command-context.ts';
import { table } from '../table.ts';
import { addAgencyAbolish } from './agency-abolish.ts';
import { addAgencyApplicationCommands } from './agency-application.ts';
import { addAgencyDomainCommands } from './agency-domain.ts';
import { addAgencyMembershipCommands } from './agency-membership.ts';
import { addAgencyRenameCommands } from './agency-rename.ts';
import { addEvidenceCommands } from './evidence.ts';
import { addLeaversCommand } from './leavers.ts';
import { addLifeEventCommands } from './life-event.ts';
import { addPersonAccounts } from './person-accounts.ts';
import { addPersonImport } from './person-import.ts';
import { addPersonImports } from './person-imports.ts';
import { addPersonPasskeys } from './person-passkeys.ts';
import { readJson } from './read-json.ts';
import { proposeOnHead } from './statement.ts';

interface Listed {
  readonly [key: string]: unknown;
}

/** `see agency …`, `see person …`, `see profile …`: what the registry holds. */
export function addRegistryCommands(program: Command, context: CommandContext): void {
  const agency = program.command('agency').description('member agencies');
  agency
    .command('list')
    .description('list agencies')
    .option('--json', 'print as JSON')
    .action(async (_options: unknown, command: Command) => {
      const page = await context.api().get<{ items: Listed[] }>('/api/v1/agencies');
      const rows = page.items.map((one) => [
        text(one['id'] ?? one['agencyId']),
        text(one['name']),
        text(one['status']),
        list(one['domains']),
      ]);
      context.print(command, page, table(['AGENCY', 'NAME', 'STATUS', 'DOMAINS'], rows, 'No agency is a member'));
    });
  show(agency, context, '/api/v1/agencies', 'show an agency');
  agency
    .command('propose <id> <file>')
    .description('propose the scope of an agency, new or changed, from a JSON file: two operators sign')
    .option('--json', 'print as JSON')
    .action(async (id: string, file: string, _options: unknown, command: Command) => {
      const made = await context.api().post(`/api/v1/agencies/${encodeURIComponent(id)}/proposals`, readJson(file));
      context.print(command, made, nextSignature(made));
    });
  addAgencyApplicationCommands(agency, context);
  addAgencyMembershipCommands(agency, context);
  addAgencyRenameCommands(agency, context);
  addAgencyAbolish(agency, context);
  addAgencyDomainCommands(agency, context);
  const person = program.command('person').description('people');
  person
    .command('list')
    .description('list people')
    .option('--agency <id>', 'of one agency')
    .option('--json', 'print as JSON')
    .action(async (options: { agency?: string }, command: Command) => {
      const query = options.agency ? `?agency=${encodeURIComponent(options.agency)}` : '';
      const page = await context.api().get<{ items: Listed[] }>(`/api/v1/people${query}`);
      const rows = page.items.map((one) => [
        text(one['id']),
        text(one['agencyId']),
        text(one['displayName']),
        text(one['email']),
      ]);
      context.print(command, page, table(['PERSON', 'AGENCY', 'NAME', 'MAIL'], rows, 'Nobody'));
    });
  person
    .command('create')
    .description('enter a person into the registry')
    .requiredOption('--agency <id>', 'the agency')
    .requiredOption('--surname <name>', 'surname, or the only name')
    .option('--given-name <name>', 'given name')
    .option('--display-name <name>', 'the name as it stands in certificates')
    .requiredOption('--email <address>', 'work mail address')
    .option('--number <text>', "the agency's own number")
    .option('--json', 'print as JSON')
    .action(
      async (
        options: {
          agency: string;
          surname: string;
          givenName?: string;
          displayName?: string;
          email: string;
          number?: string;
        },
        command: Command,
      ) => {
        const made = await context.api().post('/api/v1/people', {
          agencyId: options.agency,
          surname: options.surname,
          email: options.email,
          ...(options.givenName ? { givenName: options.givenName } : {}),
          ...(options.displayName ? { displayName: options.displayName } : {}),
          ...(options.number ? { externalId: options.number } : {}),
        });
        context.print(command, made, `Person ${text(made['id'])}`);
      },
    );
  person
    .command('number <person> [number]')
    .description("set the agency's own number of a person, by which feeds of HR systems name them; none removes it")
    .option('--json', 'print as JSON')
    .action(async (id: string, number: string | undefined, _options: unknown, command: Command) => {
      const path = `/api/v1/people/${encodeURIComponent(id)}/external-id`;
      const changed = await context.api().post(path, { externalId: number ?? null });
      context.print(command, changed, `${text(changed['displayName'])}: ${text(changed['externalId'] ?? 'no number')}`);
    });
  addPersonImport(person, context);
  addPersonImports(person, context);
  show(person, context, '/api/v1/people', 'show a person');
  person
    .command('export <person>')
    .description(
      'get everything that is held about a person, for their request of access, as a bundle that proves itself',
    )
    .requiredOption('--out <file>', 'where it goes')
    .option('--json', 'print as JSON')
    .action(async (id: string, options: { out: string }, command: Command) => {
      await fetchBundle(context.api(), `/api/v1/people/${encodeURIComponent(id)}/export`, options.out);
      context.print(command, { file: options.out }, `Written to ${options.out}`);
    });
  person
    .command('review <person>')
    .description('confirm that the record of a person is right, for a year')
    .option('--json', 'print as JSON')
    .action(async (id: string, _options: unknown, command: Command) => {
      const done = await context.api().post(`/api/v1/people/${encodeURIComponent(id)}/review`, {});
      context.print(command, done, `Confirmed, to be reviewed again by ${text(done['nextReviewAt']).slice(0, 10)}`);
    });
  person
    .command('check-mailbox <person>')
    .description('ask by mail whether a mailbox is the person’s: a link that they confirm within 24 hours')
    .option('--json', 'print as JSON')
    .action(async (id: string, _options: unknown, command: Command) => {
      const asked = await context.api().post(`/api/v1/people/${encodeURIComponent(id)}/mailbox-checks`, {});
      context.print(command, asked, `Asked ${text(asked['address'])}, until ${text(asked['expiresAt'])}`);
    });
  addEvidenceCommands(person, context);
  addLifeEventCommands(person, context);
  addLeaversCommand(person, context);
  addPersonPasskeys(person, context);
  addPersonAccounts(person, context);
  const profile = program.command('profile').description('certificate profiles');
  profile
    .command('list')
    .description('list the active profiles')
    .option('--json', 'print as JSON')
    .action(async (_options: unknown, command: Command) => {
      const page = await context.api().get<{ items: Listed[] }>('/api/v1/profiles');
      const rows = page.items.map((one) => [
        text(one['id']),
        text(one['version']),
        text(one['title']),
        text(one['quorum']),
      ]);
      context.print(command, page, table(['PROFILE', 'VERSION', 'TITLE', 'APPROVALS'], rows, 'No profile is active'));
    });
  show(profile, context, '/api/v1/profiles', 'show a profile');
  profile
    .command('diff <file>')
    .description('compare a profile in a JSON file with the active version')
    .option('--json', 'print as JSON')
    .action(async (file: string, _options: unknown, command: Command) => {
      const content = readProfileFile(file);
      const active = await context.api().get<{ content: Listed }>(`/api/v1/profiles/${content.id}`);
      const changes = differences(active.content, content as unknown as Listed);
      const rows = changes.map(({ member, before, after }) => [member, before, after]);
      context.print(command, { changes }, table(['MEMBER', 'ACTIVE', 'FILE'], rows, 'No difference'));
    });
  profile
    .command('activate <file>')
    .description('propose a profile, or a new version of one, from a JSON file: two administrators sign')
    .option('--json', 'print as JSON')
    .action(async (file: string, _options: unknown, command: Command) => {
      readProfile(readProfileFile(file));
      const made = await proposeOnHead(context, 'profile-activate', { content: readJson(file) as CanonicalValue });
      context.print(command, made, nextSignature(made));
    });
}

function readProfileFile(file: string): { readonly id: string } {
  const content = readJson(file) as { id?: unknown } | null;
  if (typeof content?.id !== 'string') throw refused('bad-file', `${file} holds no profile`);
  return content as { id: string };
}

/** Members that differ, each as JSON text; what is missing on one side is a dash. */
function differences(one: Listed, other: Listed): { member: string; before: string; after: string }[] {
  const members = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return members
    .map((member) => ({
      member,
      before: JSON.stringify(one[member]) ?? '-',
      after: JSON.stringify(other[member]) ?? '-',
    }))
    .filter(({ before, after }) => before !== after);
}

function nextSignature(made: { readonly digest?: unknown }): string {
  const digest = text(made.digest);
  return `Proposed ${digest}\nNext: see statement sign ${digest.slice(0, 16)} --key FILE, by two persons`;
}

function show(parent: Command, context: CommandContext, path: string, description: string): void {
  parent
    .command('show <id>')
    .description(description)
    .option('--json', 'print as JSON')
    .action(async (id: string, _options: unknown, command: Command) => {
      const found = await context.api().get(`${path}/${encodeURIComponent(id)}`);
      context.print(command, found, JSON.stringify(found, null, 2));
    });
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === null || value === undefined ? '-' : JSON.stringify(value);
}

function list(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : text(value);
}
