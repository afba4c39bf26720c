import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { refused } from '@see/domain';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';

interface ReportOptions {
  readonly out: string;
  readonly language?: string;
  readonly browser?: string;
}

/** Programs that print pages to PDF, by name. */
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

/** `see report MONTH`: the monthly report as one file, HTML or, where Chromium or Chrome is, PDF. */
export function addReportCommand(program: Command, context: CommandContext): void {
  program
    .command('report <month>')
    .description('write the report of a month (2026-11) to a file: .html, or .pdf by the Chromium of this machine')
    .requiredOption('--out <file>', 'where it goes; its ending says the form')
    .option('--language <language>', 'en or mi', 'en')
    .option('--browser <path>', 'the Chromium or Chrome that prints')
    .option('--json', 'print as JSON')
    .action(async (month: string, options: ReportOptions, command: Command) => {
      const out = resolve(context.surroundings.workingFolder, options.out);
      if (!/\.(?:html|pdf)$/.test(out)) throw refused('usage', 'the file must end in .html or .pdf');
      const browser = out.endsWith('.pdf') ? findBrowser(context, options.browser) : undefined;
      const page = await fetchReport(context, month, options.language ?? 'en');
      if (browser === undefined) writeFileSync(out, page);
      else printPdf(browser, page, out);
      context.print(command, { file: out }, `Written to ${out}`);
    });
}

/** The report as one document: its style is put into it. */
async function fetchReport(context: CommandContext, month: string, language: string): Promise<string> {
  const api = context.api();
  const text = async (path: string, type: string): Promise<string> =>
    new TextDecoder().decode(await api.bytes(path, type));
  const page = await text(
    `/api/v1/reports/${encodeURIComponent(month)}?language=${encodeURIComponent(language)}`,
    'text/html',
  );
  const link = /<link rel="stylesheet" href="([^"]+)"[^>]*>/.exec(page);
  if (!link?.[1]) throw new Error('the report names no style');
  const style = await text(new URL(link[1]).pathname, 'text/css');
  return page.replace(link[0], () => `<style>${style}</style>`);
}

function findBrowser({ surroundings }: CommandContext, named: string | undefined): string {
  const folders = (surroundings.environment['PATH'] ?? '').split(delimiter);
  const places = named ? [named] : BROWSERS.flatMap((name) => folders.map((folder) => join(folder, name)));
  const found = places.find(isProgram);
  if (found) return found;
  throw refused('no-browser', 'no Chromium or Chrome was found that prints to PDF', {
    remedy: 'name it with --browser, or write an .html file and print it in any browser',
  });
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Has a browser without a window print a document. It may load nothing: the document has all that it needs. */
function printPdf(browser: string, page: string, out: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'see-report-'));
  try {
    const file = join(folder, 'report.html');
    writeFileSync(file, page);
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const printed = spawnSync(
      browser,
      [
        '--headless',
        '--disable-gpu',
        '--disable-background-networking',
        ...asRoot,
        `--user-data-dir=${join(folder, 'profile')}`,
        '--no-pdf-header-footer',
        `--print-to-pdf=${out}`,
        pathToFileURL(file).href,
      ],
      { encoding: 'utf8', timeout: 120_000 },
    );
    if (printed.status !== 0) {
      throw refused('not-printed', `the browser did not print it: ${printed.stderr.trim().split('\n').at(-1) ?? ''}`, {
        remedy: 'write an .html file and print it in any browser',
      });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
