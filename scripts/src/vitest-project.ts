import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand, tool } from './run-command.ts';

/** What one vitest project did. */
export interface ProjectResult {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** A test file said loudly, by a line with SKIPPED, that it cannot run here. */
  readonly saidWhy: boolean;
}

/**
 * Runs the tests of one project and shows them. A file that cannot be loaded, a run that ends without a result and a non-zero exit code without a failed test each
 * count as one failure, so nothing that went wrong adds up to success.
 */
export async function runProject(project: string): Promise<ProjectResult> {
  const folder = mkdtempSync(join(tmpdir(), 'see-vitest-'));
  const report = join(folder, 'report.json');
  try {
    const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const { code, output } = await runCommand(tool('vitest'), args, { show: true });
    const counts = readReport(report);
    const saidWhy = /SKIPPED/.test(output);
    if (!counts) return { passed: 0, failed: 1, skipped: 0, saidWhy };
    const hidden = code !== 0 && counts.failed === 0 ? 1 : 0;
    return { ...counts, failed: counts.failed + hidden, saidWhy };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(path: string): { passed: number; failed: number; skipped: number } | undefined {
  let report: Report;
  try {
    report = JSON.parse(readFileSync(path, 'utf8')) as Report;
  } catch {
    return undefined;
  }
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
}
