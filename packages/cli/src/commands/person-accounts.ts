import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { table } from '../table.ts';

interface AccountView {
  readonly id: string;
  readonly issuer: string;
  readonly subject: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
}

/** `see person accounts`, `account-add` and `account-remove`: whose an account at the site's OpenID provider is. */
export function addPersonAccounts(person: Command, context: CommandContext): void {
  person
    .command('accounts <person>')
    .description('list the accounts at the OpenID provider by which a person signs in')
    .option('--json', 'print as JSON')
    .action(async (id: string, _options: unknown, command: Command) => {
      const path = `/api/v1/people/${encodeURIComponent(id)}/sign-in-accounts`;
      const page = await context.api('administrator1').get<{ items: AccountView[] }>(path);
      const rows = page.items.map((one) => [one.id, one.subject, one.issuer, one.createdAt, one.lastUsedAt ?? 'never']);
      const heading = ['ACCOUNT', 'NAME THERE', 'PROVIDER', 'ADDED', 'LAST USED'];
      context.print(command, page, table(heading, rows, 'This person has no account for signing in'));
    });
  person
    .command('account-add <person> <subject>')
    .description(
      'record that an account at the OpenID provider is a person’s; the refusal of a first sign-in says its name',
    )
    .option('--json', 'print as JSON')
    .action(async (id: string, subject: string, _options: unknown, command: Command) => {
      const path = `/api/v1/people/${encodeURIComponent(id)}/sign-in-accounts`;
      const made = await context.api('administrator1').post<{ id: string; issuer: string }>(path, { subject });
      context.print(command, made, `Account ${made.id}: whoever is ${subject} at ${made.issuer} signs in as ${id}`);
    });
  person
    .command('account-remove <account>')
    .description('remove an account for signing in; the sessions made with it end')
    .option('--json', 'print as JSON')
    .action(async (id: string, _options: unknown, command: Command) => {
      const path = `/api/v1/sign-in-accounts/${encodeURIComponent(id)}/remove`;
      const answer = await context.api('administrator1').post(path, {});
      context.print(command, answer, `Removed account ${id}`);
    });
}
