import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { table } from '../table.ts';

interface PasskeyView {
  readonly id: string;
  readonly label: string;
  readonly algorithm: string;
  readonly synced: boolean;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
}

/** `see person passkeys`, `passkey-link` and `passkey-remove`: by what people sign in to the console. */
export function addPersonPasskeys(person: Command, context: CommandContext): void {
  person
    .command('passkeys <person>')
    .description('list the passkeys by which a person signs in')
    .option('--json', 'print as JSON')
    .action(async (id: string, _options: unknown, command: Command) => {
      const path = `/api/v1/people/${encodeURIComponent(id)}/sign-in-passkeys`;
      const page = await context.api('administrator1').get<{ items: PasskeyView[] }>(path);
      const rows = page.items.map((one) => [
        one.id,
        one.label,
        one.algorithm,
        one.synced ? 'copied' : 'one device',
        one.createdAt,
        one.lastUsedAt ?? 'never',
      ]);
      const heading = ['PASSKEY', 'NAME', 'KIND', 'KEPT ON', 'REGISTERED', 'LAST USED'];
      context.print(command, page, table(heading, rows, 'This person has no passkey for signing in'));
    });
  person
    .command('passkey-link <person>')
    .description('make a link by which a person registers one passkey for signing in, within a day')
    .option('--json', 'print as JSON')
    .action(async (id: string, _options: unknown, command: Command) => {
      const path = `/api/v1/people/${encodeURIComponent(id)}/sign-in-links`;
      const made = await context
        .api('administrator1')
        .post<{ url: string; displayName: string; expiresAt: string }>(path, {});
      context.print(
        command,
        made,
        `${made.url}\nFor ${made.displayName} alone, once, until ${made.expiresAt}. It is not shown again.\nHand it over in person or by a channel that only they read: whoever opens it first signs in as them.`,
      );
    });
  person
    .command('passkey-remove <passkey>')
    .description('remove a passkey for signing in; the sessions made with it end')
    .option('--json', 'print as JSON')
    .action(async (id: string, _options: unknown, command: Command) => {
      const path = `/api/v1/sign-in-passkeys/${encodeURIComponent(id)}/remove`;
      const answer = await context.api('administrator1').post(path, {});
      context.print(command, answer, `Removed passkey ${id}`);
    });
}
