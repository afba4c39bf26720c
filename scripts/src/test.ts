import { runChecks } from './checks.ts';
import { runProject } from './vitest-project.ts';

/** `pnpm test`: the checks of the sources, then the unit and the integration tests. The last line adds up; exit code 1 when anything failed. */
console.log('Checks');
const checks = await runChecks();
let { passed, failed } = checks;
let skipped = 0;
for (const project of ['unit', 'integration']) {
  console.log(`\nTests: ${project}`);
  const result = await runProject(project);
  passed += result.passed;
  failed += result.failed;
  skipped += result.skipped;
  if (result.passed === 0) {
    console.log(`FAILED: no ${project} test was executed`);
    failed += result.failed === 0 ? 1 : 0;
  }
}
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed === 0 ? 0 : 1;
