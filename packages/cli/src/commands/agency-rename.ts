import { refused } from '@see/domain';
import type { Command } from 'commander';
import { type CommandContext, passphraseFrom } from '../command-context.ts';
import { table } from '../table.ts';
import { askYes } from './ask-yes.ts';
import { type CertificateToRevoke, readKeys, signRevocations } from './revoke-statement.ts';

interface ReissueOptions {
  readonly organization: string;
  readonly sponsor: string;
  readonly agent?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

interface Outcome {
  readonly personId: string;
  readonly displayName: string;
  readonly outcome: string;
  readonly profiles: readonly string[];
  readonly orderId: string | null;
  readonly code: string | null;
  readonly message: string | null;
}

interface FormerName extends CertificateToRevoke {
  readonly profile: string;
  readonly holder: string;
}

/** `see agency reissue` and `retire-name`: an agency gets another name. */
export function addAgencyRenameCommands(agency: Command, context: CommandContext): void {
  agency
    .command('reissue <agency>')
    .description('order certificates with another name of the agency for everybody whose certificates have not got it')
    .requiredOption('--organization <name>', 'the name that the new certificates have; in the scope of the agency')
    .requiredOption('--sponsor <person>', 'person id of the sponsor of the orders')
    .option('--agent <person>', 'person id of the registration agent')
    .option('--dry-run', 'only say what would be ordered')
    .option('--yes', 'do not ask')
    .option('--json', 'print as JSON')
    .action((id: string, options: ReissueOptions, command: Command) => reissue(context, id, options, command));
  agency
    .command('retire-name <agency>')
    .description('revoke the certificates with a former name of the agency that have successors: two operators')
    .requiredOption('--organization <name>', 'the name that the agency had')
    .option('--key <file...>', 'approval keys of two operators')
    .option('--passphrase-file <file>', "file with the keys' passphrase")
    .option('--dry-run', 'only list them')
    .option('--yes', 'do not ask')
    .option('--json', 'print as JSON')
    .action((id: string, options: RetireOptions, command: Command) => retireName(context, id, options, command));
}

async function reissue(context: CommandContext, id: string, options: ReissueOptions, command: Command): Promise<void> {
  const { organization, sponsor, agent } = options;
  const wish = {
    organizationName: organization,
    sponsorId: sponsor,
    ...(agent === undefined ? {} : { agentId: agent }),
  };
  const planned = await everybody(context, id, { ...wish, dryRun: true });
  const open = planned.filter(({ outcome }) => outcome === 'to-order').length;
  const text = `${open} people get orders with ${organization}; ${planned.length - open} have one under way`;
  if (options.dryRun || open === 0) return context.print(command, { people: planned }, `${text} (nothing was done)`);
  if (!options.yes) await askYes(context, `${text}.`);
  const people = await everybody(context, id, wish);
  const refusedOnes = people.filter(({ outcome }) => outcome === 'refused');
  const rows = refusedOnes.map(({ personId, displayName, code, message }) => [
    personId,
    displayName,
    code ?? '',
    message ?? '',
  ]);
  const ordered = people.filter(({ outcome }) => outcome === 'ordered').length;
  const list = rows.length > 0 ? `\n${table(['PERSON', 'NAME', 'CODE', 'WHY'], rows, '')}` : '';
  const next = `Next: see batch create --agency ${id}`;
  context.print(command, { people }, `${ordered} ordered, ${rows.length} refused${list}\n${next}`);
  if (rows.length > 0)
    throw refused('some-refused', `${rows.length} people got no order`, {
      remedy: 'correct what is said of each, and give the same command again: the others get no second order',
    });
}

/** Asks page by page until everybody was looked at. */
async function everybody(context: CommandContext, id: string, wish: object): Promise<Outcome[]> {
  const people: Outcome[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const page: { people: Outcome[]; next: string | null } = await context
      .api()
      .post(`/api/v1/agencies/${encodeURIComponent(id)}/reissues`, {
        ...wish,
        ...(after === undefined ? {} : { after }),
      });
    people.push(...page.people);
    after = page.next;
  }
  return people;
}

interface RetireOptions {
  readonly organization: string;
  readonly key?: readonly string[];
  readonly passphraseFile?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

async function retireName(
  context: CommandContext,
  id: string,
  options: RetireOptions,
  command: Command,
): Promise<void> {
  const api = context.api();
  const query = new URLSearchParams({ organization: options.organization }).toString();
  const path = `/api/v1/agencies/${encodeURIComponent(id)}/former-name-certificates?${query}`;
  const found = await api.get<{ [key: string]: unknown; replaced: FormerName[]; unreplaced: FormerName[] }>(path);
  const { replaced, unreplaced } = found;
  const rows = unreplaced.map(({ profile, serial, holder }) => [profile, serial, holder]);
  const left =
    rows.length > 0
      ? `\nWithout a successor, and left as they are:\n${table(['PROFILE', 'SERIAL', 'HOLDER'], rows, '')}`
      : '';
  const text = `${replaced.length} certificates with ${options.organization} have successors`;
  if (options.dryRun || replaced.length === 0) return context.print(command, found, `${text}${left}`);
  const keys = readKeys(options.key ?? [], passphraseFrom(options.passphraseFile));
  if (keys.length < 2)
    throw refused('keys-missing', 'this needs the keys of two operators', { remedy: 'give --key FILE1 FILE2' });
  if (!options.yes) await askYes(context, `${text} and are revoked.`);
  for (const statement of await signRevocations(api, replaced, keys))
    await api.post('/api/v1/revocations', { statement });
  context.print(command, { revoked: replaced.length, unreplaced }, `${replaced.length} certificates revoked${left}`);
}
