import { createPublicKey } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { refused } from '@see/domain';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { table } from '../table.ts';
import { addHrReportCommands } from './hr-reports.ts';

interface FeedView {
  readonly id: string;
  readonly agencyId: string;
  readonly name: string;
  readonly kind: string;
  readonly keyId: string | null;
  readonly dailyCap: number;
  readonly state: string;
  readonly expiresAt: string;
  readonly token?: string | null;
}

interface CreateOptions {
  readonly agency: string;
  readonly name: string;
  readonly publicKey?: string;
  readonly scim?: boolean;
  readonly cap?: string;
  readonly days?: string;
  readonly out?: string;
}

/** `see hr-feed …`: HR systems that tell who leaves, moves or has another name. */
export function addHrFeedCommands(program: Command, context: CommandContext): void {
  const feed = program.command('hr-feed').description('feeds of HR systems, and what they told');
  feed
    .command('list')
    .description('list feeds, newest first')
    .option('--agency <id>', 'of one agency')
    .option('--json', 'print as JSON')
    .action(async (options: { agency?: string }, command: Command) => {
      const query = options.agency ? `?agency=${encodeURIComponent(options.agency)}` : '';
      const page = await context.api().get<{ items: FeedView[] }>(`/api/v1/hr-feeds${query}`);
      const rows = page.items.map((one) => [
        one.id,
        one.agencyId,
        one.name,
        one.kind,
        String(one.dailyCap),
        one.state,
        one.expiresAt,
      ]);
      const head = ['FEED', 'AGENCY', 'NAME', 'KIND', 'A DAY', 'STATE', 'UNTIL'];
      context.print(command, page, table(head, rows, 'There is no feed'));
    });
  feed
    .command('create')
    .description('register a feed: a webhook by its public key, or SCIM by a token that is shown once')
    .requiredOption('--agency <id>', 'whose people it tells of')
    .requiredOption('--name <text>', 'what it is')
    .option('--public-key <file>', 'webhook: P-384 public key, PEM (openssl ec -pubout)')
    .option('--scim', 'SCIM 2.0 with a bearer token')
    .option('--cap <number>', 'leavers that it may have declared in 24 hours (20); more wait for a person')
    .option('--days <days>', 'until it expires (365)')
    .option('--out <file>', 'write the token to a file (0600) instead of printing it')
    .option('--json', 'print as JSON')
    .action((options: CreateOptions, command: Command) => create(context, options, command));
  feed
    .command('revoke <id>')
    .description('revoke a feed, at once')
    .requiredOption('--reason <text>', 'the reason')
    .option('--json', 'print as JSON')
    .action(async (id: string, options: { reason: string }, command: Command) => {
      const answer = await context.api().post<FeedView>(`/api/v1/hr-feeds/${id}/revoke`, { reason: options.reason });
      context.print(command, answer, `Feed ${answer.name} of ${answer.agencyId} is revoked`);
    });
  addHrReportCommands(feed, context);
}

async function create(context: CommandContext, options: CreateOptions, command: Command): Promise<void> {
  if ((options.publicKey === undefined) === (options.scim !== true))
    throw refused('bad-feed', 'give --public-key FILE for a webhook, or --scim', { remedy: 'one of the two' });
  const made = await context.api().post<FeedView>('/api/v1/hr-feeds', {
    agencyId: options.agency,
    name: options.name,
    ...(options.publicKey === undefined
      ? { kind: 'scim' }
      : { kind: 'webhook', publicKey: readPublicKey(options.publicKey) }),
    ...(options.cap === undefined ? {} : { dailyCap: Number(options.cap) }),
    ...(options.days === undefined ? {} : { days: Number(options.days) }),
  });
  const lines = [`Feed ${made.id}, until ${made.expiresAt}`];
  if (made.keyId !== null) lines.push(`Its kid: ${made.keyId}`);
  const { token, ...rest } = made;
  if (token && options.out) writeFileSync(options.out, `${token}\n`, { mode: 0o600, flag: 'wx' });
  if (token) lines.push(options.out ? `Token written to ${options.out}` : `${token}\nThe token is shown this once`);
  context.print(command, token && options.out ? { ...rest, file: options.out } : made, lines.join('\n'));
}

/** A PEM file as JWK. The service says what is wrong with another curve. */
function readPublicKey(file: string) {
  try {
    const { kty, crv, x, y } = createPublicKey(readFileSync(file, 'utf8')).export({ format: 'jwk' });
    return { kty, crv, x, y };
  } catch (error) {
    throw refused('bad-key', `${file} holds no public key (${(error as Error).message})`, {
      remedy: 'openssl ec -in KEY.pem -pubout -out KEY.pub.pem',
    });
  }
}
