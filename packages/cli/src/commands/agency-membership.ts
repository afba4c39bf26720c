import { refused } from '@see/domain';
import { SITE_TESTS } from '@see/policy';
import type { CanonicalValue } from '@see/statement';
import type { Command } from 'commander';
import { type CommandContext, passphraseFrom } from '../command-context.ts';
import { table } from '../table.ts';
import { readJson } from './read-json.ts';
import { readKeys } from './revoke-statement.ts';
import { signOnHead } from './sign-on-head.ts';
import { proposeOnHead } from './statement.ts';

interface PhaseOptions {
  readonly phase: string;
  readonly start?: string;
  readonly report?: string;
  readonly key?: readonly string[];
  readonly passphraseFile?: string;
}

/** `see agency certify`, `reports`, `activate`, `phase`: from a scope to membership. */
export function addAgencyMembershipCommands(agency: Command, context: CommandContext): void {
  const path = (id: string) => `/api/v1/agencies/${encodeURIComponent(id)}/site-reports`;
  agency
    .command('certify [agency] [file]')
    .description("record the report on the tests of an agency's mail gateway, a JSON file (SEE-10)")
    .option('--sample', 'print a report to be filled in')
    .option('--json', 'print as JSON')
    .action(
      async (id: string | undefined, file: string | undefined, options: { sample?: boolean }, command: Command) => {
        if (options.sample) return context.print(command, sampleReport(), JSON.stringify(sampleReport(), null, 2));
        if (id === undefined || file === undefined)
          throw refused('agency-missing', 'an agency and a file are needed', {
            remedy: 'see agency certify AGENCY FILE.json',
          });
        const made = await context.api().post<{ [key: string]: unknown; digest: string }>(path(id), readJson(file));
        const next = `Next: see agency activate ${id} --phase 1 --report ${made.digest} --key FILE1 FILE2`;
        context.print(command, made, `The site of ${id} is certified by report ${made.digest}\n${next}`);
      },
    );
  agency
    .command('reports <agency>')
    .description("list the reports on an agency's mail gateway")
    .option('--json', 'print as JSON')
    .action(async (id: string, _options: unknown, command: Command) => {
      const page = await context.api().get<{ items: readonly Recorded[] }>(path(id));
      const rows = page.items.map(({ digest, report: { product, testedOn, testedBy }, recordedAt }) => [
        digest,
        `${product.name} ${product.version}`,
        testedOn,
        testedBy,
        recordedAt.slice(0, 10),
      ]);
      context.print(command, page, table(['REPORT', 'PRODUCT', 'TESTED', 'BY', 'RECORDED'], rows, 'No report'));
    });
  change(agency, context, 'activate', 'make an admitted agency a member: two operators sign').option(
    '--report <digest>',
    'the report on its site; left out for an agency without mail gateways',
  );
  change(agency, context, 'phase', 'set the phase of a member: two operators sign');
}

interface Recorded {
  readonly digest: string;
  readonly report: {
    readonly product: { readonly name: string; readonly version: string };
    readonly testedOn: string;
    readonly testedBy: string;
  };
  readonly recordedAt: string;
}

function change(agency: Command, context: CommandContext, name: 'activate' | 'phase', description: string): Command {
  return agency
    .command(`${name} <agency>`)
    .description(description)
    .requiredOption('--phase <number>', '1: mail gateways; 2: people too')
    .option('--start <time>', 'from when the phase holds (ISO 8601); now when absent')
    .option('--key <file...>', 'approval keys of two operators, to sign it here')
    .option('--passphrase-file <file>', "file with the keys' passphrase")
    .option('--json', 'print as JSON')
    .action(async (id: string, options: PhaseOptions, command: Command) => {
      const subject = {
        agencyId: id,
        ...phaseOf(options),
        ...(name === 'activate' ? { certification: options.report ?? null } : {}),
      };
      const keys = readKeys(options.key ?? [], passphraseFrom(options.passphraseFile));
      if (keys.length === 0) {
        const made = await proposeOnHead(context, `agency-${name}`, subject, 'operator1');
        const next = `Next: see statement sign ${made.digest.slice(0, 16)} --key FILE, by two operators`;
        return context.print(command, made, `Proposed ${made.digest}\n${next}`);
      }
      await signOnHead(context, `agency-${name}`, subject, keys);
      const shown = await context
        .api()
        .get<{ [key: string]: unknown; status: string }>(`/api/v1/agencies/${encodeURIComponent(id)}`);
      context.print(command, shown, `Agency ${id} is ${shown.status}, phase ${options.phase}`);
    });
}

function phaseOf({ phase, start }: PhaseOptions): { readonly [key: string]: CanonicalValue } {
  if (phase !== '1' && phase !== '2') throw refused('bad-phase', 'the phase is 1 or 2');
  const at = start === undefined ? Date.now() : Date.parse(start);
  if (Number.isNaN(at)) throw refused('bad-time', `${start} is no time`, { remedy: 'give it as 2026-12-01T00:00:00Z' });
  return { phase: Number(phase), start: Math.floor(at / 1000) };
}

/** A report in which nothing was tested: each result has to be filled in. */
function sampleReport() {
  return {
    product: { name: 'NAME OF THE GATEWAY', version: 'ITS VERSION', accredited: false },
    testedOn: '2026-01-31',
    testedBy: 'WHO TESTED',
    results: SITE_TESTS.map(({ id, title }) => ({ test: id, result: 'failed', note: title })),
  };
}
