import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { refused } from '@see/domain';
import type { Command } from 'commander';
import { type CommandContext, passphraseFrom } from '../command-context.ts';
import { askYes } from './ask-yes.ts';
import { type CertificateToRevoke, readKeys, signRevocations } from './revoke-statement.ts';

interface LeaversOptions {
  readonly effective?: string;
  readonly note?: string;
  readonly key?: readonly string[];
  readonly passphraseFile?: string;
  readonly statement?: readonly string[];
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

interface Preview {
  readonly people: readonly { readonly personId: string; readonly displayName: string }[];
  readonly revoked: readonly CertificateToRevoke[];
  readonly needsStatement: boolean;
}

/** People in one request: with three certificates each, what one statement can name. */
const AT_ONCE = 150;

/** `see person leavers`: a list of people who leave, with the statements of two operators where there are many. */
export function addLeaversCommand(person: Command, context: CommandContext): void {
  person
    .command('leavers <file>')
    .description('declare that people leave: a file with a person id or mail address a line')
    .option('--effective <time>', 'when it takes effect (ISO 8601); now when absent')
    .option('--note <text>', 'for those who read it later')
    .option(
      '--key <file...>',
      'approval keys of two operators, when more certificates are revoked than one hour allows',
    )
    .option('--passphrase-file <file>', "file with the keys' passphrase")
    .option('--statement <digest...>', 'instead of --key: statements that name the certificates')
    .option('--dry-run', 'only say what it would do')
    .option('--yes', 'do not ask')
    .option('--json', 'print as JSON')
    .action((file: string, options: LeaversOptions, command: Command) => declare(context, file, options, command));
}

async function declare(
  context: CommandContext,
  file: string,
  options: LeaversOptions,
  command: Command,
): Promise<void> {
  const api = context.api();
  const people = readLines(resolve(context.surroundings.workingFolder, file));
  const lists = Array.from({ length: Math.ceil(people.length / AT_ONCE) }, (_, index) =>
    people.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  );
  const previews: Preview[] = [];
  // Every list is looked at before anything is done for the first.
  for (const list of lists)
    previews.push(await api.post<Preview>('/api/v1/leavers', { ...wishOf(list, options), dryRun: true }));
  const certificates = previews.reduce((sum, { revoked }) => sum + revoked.length, 0);
  const text = `${people.length} people leave, ${certificates} certificates are revoked`;
  if (options.dryRun) return context.print(command, { people: people.length, previews }, `${text} (nothing was done)`);
  if (!options.yes) await askYes(context, `${text}.`);
  const keys = readKeys(options.key ?? [], passphraseFrom(options.passphraseFile));
  const declared: unknown[] = [];
  for (const [index, list] of lists.entries()) {
    const preview = previews[index];
    const made = preview && keys.length > 0 ? await signRevocations(api, preview.revoked, keys) : [];
    const statements = [...(options.statement ?? []), ...made];
    const wish = { ...wishOf(list, options), ...(statements.length > 0 ? { statements } : {}) };
    declared.push(...(await api.post<{ declared: unknown[] }>('/api/v1/leavers', wish)).declared);
  }
  context.print(command, { declared }, `Declared: ${text}`);
}

function wishOf(people: readonly string[], { effective, note }: LeaversOptions) {
  return {
    people,
    ...(effective === undefined ? {} : { effectiveAt: effective }),
    ...(note === undefined ? {} : { note }),
  };
}

function readLines(path: string): string[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw refused('bad-file', `${path} can not be read: ${(error as Error).message}`);
  }
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const people = lines.filter((line) => line !== '' && !line.startsWith('#'));
  if (people.length === 0) throw refused('bad-file', `${path} names nobody`);
  return people;
}
