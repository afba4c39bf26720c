import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RefusedError, refused } from '@see/domain';
import { type ColumnMapping, PERSON_FIELDS, type PersonField, sampleCsv } from '@see/person-import';
import type { Command } from 'commander';
import type { ApiClient } from '../api-client.ts';
import type { CommandContext } from '../command-context.ts';
import { askYes } from './ask-yes.ts';
import { type ImportProgress, importSummary } from './import-progress.ts';
import { type ImportPreview, renderPreview } from './render-import.ts';

interface ImportOptions {
  readonly agency?: string;
  readonly map: readonly string[];
  readonly sameName?: string;
  readonly leaveOut?: boolean;
  readonly order?: readonly string[];
  readonly sponsor?: string;
  readonly agent?: string;
  readonly type?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly result?: string;
  readonly sample?: boolean;
  readonly json?: boolean;
}

/** `see person import`: a spreadsheet's people into the registry, after a look at what that would do. */
export function addPersonImport(person: Command, context: CommandContext): void {
  person
    .command('import [file]')
    .description('bring people in from a CSV file, after a preview')
    .option('--agency <id>', 'the agency')
    .option('--map <column=field>', `take a field from a column: ${PERSON_FIELDS.join(', ')}; repeatable`, collect, [])
    .option('--same-name <what>', 'rows whose name the agency has already: skip or create', 'skip')
    .option('--leave-out', 'leave rows with problems out instead of refusing the file')
    .option('--order <profile...>', 'order certificates of these profiles for everybody who is entered')
    .option('--sponsor <person>', 'with --order: person id of the sponsor')
    .option('--agent <person>', 'with --order: person id of the registration agent')
    .option('--type <type>', 'with --order: certificate type')
    .option('--dry-run', 'show the preview and do nothing; exit code 1 when it could not be confirmed')
    .option('--yes', 'do not ask')
    .option('--result <file>', 'write what became of each row to this CSV file')
    .option('--sample', 'print a file that shows the columns')
    .option('--json', 'print as JSON')
    .action((file: string | undefined, options: ImportOptions, command: Command) =>
      importPeople(context, command, file, options),
    );
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

async function importPeople(
  context: CommandContext,
  command: Command,
  file: string | undefined,
  options: ImportOptions,
): Promise<void> {
  if (options.sample) return context.surroundings.out(sampleCsv());
  if (file === undefined || options.agency === undefined)
    return command.error('error: a file and --agency are needed, or --sample', { exitCode: 2 });
  const wish = {
    agencyId: options.agency,
    csv: readOctets(resolve(context.surroundings.workingFolder, file)),
    mapping: mappingOf(command, options.map),
    sameName: oneOf(command, options.sameName),
    leaveOut: options.leaveOut === true,
    ...orderOf(command, options),
  };
  const api = context.api();
  const preview = await api.post<ImportPreview>('/api/v1/imports/preview', wish);
  const show = options.dryRun === true || !preview.confirmable;
  if (options.json !== true) context.surroundings.out(`${renderPreview(preview)}\n`);
  else if (show) context.print(command, preview, '');
  if (!preview.confirmable) throw notConfirmable(preview);
  if (options.dryRun) return;
  const ordering = options.order ? `, and ${options.order.join(' + ')} ordered for each` : '';
  if (!options.yes) await askYes(context, `${preview.counts.create} people will be entered${ordering}.`);
  const started = await api.post<ImportProgress>('/api/v1/imports', { ...wish, confirm: preview.digest });
  const ended = await follow(context, api, started, options.json !== true);
  if (options.result !== undefined) {
    const octets = await api.bytes(`/api/v1/imports/${ended.id}/result.csv`, 'text/csv');
    writeFileSync(resolve(context.surroundings.workingFolder, options.result), octets);
  }
  const next = options.order
    ? `\nNext, as an operator: see batch create --agency ${options.agency} --import ${ended.id}`
    : '';
  context.print(command, ended, `${importSummary(ended)}${next}`);
  if (ended.state === 'paused')
    throw refused(
      'import-paused',
      `the import was paused with ${ended.waiting} rows to go: see person imports resume ${ended.id}`,
    );
  if (ended.failed > 0)
    throw refused('rows-failed', `${ended.failed} rows failed: see person imports result ${ended.id}, then retry`);
}

/** Asks until the import rests or is done. It goes on without us: ending this command stops nothing. */
async function follow(
  context: CommandContext,
  api: ApiClient,
  started: ImportProgress,
  say: boolean,
): Promise<ImportProgress> {
  let now = started;
  let said = '';
  while (now.state === 'running') {
    await sleep(300);
    now = await api.get<ImportProgress>(`/api/v1/imports/${started.id}`);
    const line = `${now.rows - now.waiting} of ${now.rows} rows`;
    if (say && context.surroundings.isTerminal && line !== said) context.surroundings.out(`\r${line}`);
    said = line;
  }
  if (say && context.surroundings.isTerminal) context.surroundings.out('\n');
  return now;
}

function notConfirmable({ openImport, counts }: ImportPreview): RefusedError {
  if (openImport !== null)
    return refused(
      'import-open',
      `import ${openImport} of this agency is not done yet: wait for it, resume it or cancel it`,
    );
  return counts.problems > 0
    ? refused(
        'import-refused',
        `${counts.problems} problems, nothing was done: correct the file, or give --leave-out where rows can be left out`,
      )
    : refused('import-refused', 'nobody new is in the file, nothing was done');
}

/** What is ordered for each person; nothing without --order. */
function orderOf(command: Command, { order, sponsor, agent, type }: ImportOptions): { order?: object } {
  if (!order) {
    if (sponsor ?? agent ?? type)
      command.error('error: --sponsor, --agent and --type go with --order', { exitCode: 2 });
    return {};
  }
  if (sponsor === undefined) return command.error('error: --order needs --sponsor', { exitCode: 2 });
  return { order: { profiles: order, sponsorId: sponsor, ...(agent && { agentId: agent }), ...(type && { type }) } };
}

function readOctets(file: string): string {
  try {
    return new Uint8Array(readFileSync(file)).toBase64();
  } catch (error) {
    throw refused('bad-file', `${file} can not be read: ${(error as Error).message}`);
  }
}

function oneOf(command: Command, text: string | undefined): 'skip' | 'create' {
  if (text === 'skip' || text === 'create') return text;
  return command.error('error: --same-name takes skip or create', { exitCode: 2 });
}

/** `COLUMN=FIELD`, the field in any case and with or without hyphens. */
function mappingOf(command: Command, entries: readonly string[]): ColumnMapping {
  const mapping: Partial<Record<PersonField, string>> = {};
  for (const entry of entries) {
    const at = entry.lastIndexOf('=');
    const wanted = entry
      .slice(at + 1)
      .replaceAll(/[-_ ]/g, '')
      .toLowerCase();
    const field = PERSON_FIELDS.find((one) => one.toLowerCase() === wanted);
    if (at < 1 || field === undefined)
      return command.error(`error: --map takes COLUMN=FIELD, FIELD being one of ${PERSON_FIELDS.join(', ')}`, {
        exitCode: 2,
      });
    mapping[field] = entry.slice(0, at);
  }
  return mapping;
}
