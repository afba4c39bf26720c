import { randomBytes, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { insertToken, openDatabase } from '@see/db';
import { isRole, refused } from '@see/domain';
import { formatToken, tokenDigest } from '@see/http';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';

interface TokenOptions {
  readonly role: string;
  readonly name: string;
  readonly person: string;
  readonly agency?: string;
  readonly days: string;
  readonly out?: string;
}

/** `see token create`: on the instance's own machine, by whoever may read its database login. */
export function addTokenCommands(program: Command, context: CommandContext): void {
  program
    .command('token')
    .description('access tokens for API, command line and console')
    .command('create')
    .description('make an access token; only its digest is kept')
    .requiredOption('--role <role>', 'administrator, operator, sponsor, registration-agent, ca-operations, auditor')
    .requiredOption('--name <text>', 'what it is for')
    .requiredOption('--person <id>', 'person id of its holder')
    .option('--agency <id>', 'narrows it to one agency; required for sponsors and agents')
    .option('--days <days>', 'until it expires', '90')
    .option('--out <file>', 'write it to a file (0600) instead of printing it')
    .option('--json', 'print as JSON')
    .action(async (options: TokenOptions, command: Command) => {
      const { role } = options;
      const days = Number(options.days);
      if (!isRole(role)) throw refused('bad-role', `${role} is no role`);
      if (!(Number.isInteger(days) && days >= 1 && days <= 366))
        throw refused('bad-days', 'a token lives 1 to 366 days');
      if ((role === 'sponsor' || role === 'registration-agent') && !options.agency)
        throw refused('agency-needed', `a ${role} acts for an agency: --agency`);
      const token = formatToken(randomBytes(32));
      const expiresAt = new Date(Date.now() + days * 86_400_000);
      const db = openDatabase(await context.surroundings.ownerUrl(), { applicationName: 'see token', max: 1 });
      try {
        await insertToken(db, {
          id: randomUUID(),
          secretSha256: tokenDigest(token),
          name: options.name,
          role,
          agencyId: options.agency ?? null,
          personId: options.person,
          expiresAt,
        });
      } finally {
        await db.destroy();
      }
      if (options.out) writeFileSync(options.out, `${token}\n`, { mode: 0o600, flag: 'wx' });
      const value = { ...(options.out ? { file: options.out } : { token }), role, expiresAt: expiresAt.toISOString() };
      context.print(
        command,
        value,
        options.out
          ? `Written to ${options.out}, until ${value.expiresAt}`
          : `${token}\nGood until ${value.expiresAt}; it is shown this once`,
      );
    });
}
