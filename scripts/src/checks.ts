import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, tool } from './run-command.ts';
import { workspace } from './source-text.ts';

/** A check of the sources: it passes when its command ends with code 0. */
interface Check {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

const SOURCES = ['packages', 'services', 'migrations', 'scripts', 'test'];
const ISLANDS = 'packages/ui/tsconfig.islands.json';

const CHECKS: readonly Check[] = [
  { name: 'types', command: tool('tsc'), args: ['-p', 'tsconfig.json'] },
  { name: 'types of the islands', command: tool('tsc'), args: ['-p', ISLANDS] },
  { name: 'format and lint', command: tool('biome'), args: ['check', '--max-diagnostics=50', '.'] },
  { name: 'type-aware lint', command: tool('oxlint'), args: ['--type-aware', '--deny-warnings', ...SOURCES] },
  { name: 'package boundaries', command: process.execPath, args: ['scripts/src/boundaries.ts'] },
  { name: 'house style', command: process.execPath, args: ['scripts/src/house-style.ts'] },
  { name: 'dead code', command: tool('knip'), args: ['--no-progress', '--no-config-hints'] },
  { name: 'row types', command: process.execPath, args: ['scripts/src/generate-schema.ts', '--check'] },
];

/** Runs every check, two at a time, and prints a line with its time for each, and the output of those that fail. Returns how many passed and failed. */
export async function runChecks(): Promise<{ passed: number; failed: number }> {
  const waiting = CHECKS.filter(({ args }) => !args.includes(ISLANDS) || existsSync(join(workspace, ISLANDS)));
  const counts = { passed: 0, failed: 0 };
  const next = async (): Promise<void> => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const { code, output, seconds } = await runCommand(check.command, check.args);
      counts[code === 0 ? 'passed' : 'failed'] += 1;
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${check.name.padEnd(24)} ${seconds.toFixed(1).padStart(6)} s`);
      if (code !== 0) console.log(output.trimEnd().replace(/^/gm, '       '));
    }
  };
  await Promise.all([next(), next()]);
  return counts;
}
