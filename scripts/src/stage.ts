import { runProject } from './vitest-project.ts';

/** `pnpm interop`, `pnpm fault`: one stage of tests that need more than the test command. A stage in which no test ran fails, unless it said loudly why it cannot. */
const stages = ['interop', 'fault'];
const stage = process.argv[2] ?? '';
if (!stages.includes(stage)) {
  console.error(`usage: node scripts/src/stage.ts ${stages.join('|')}`);
  process.exitCode = 2;
} else {
  const { passed, failed: found, skipped, saidWhy } = await runProject(stage);
  const empty = passed === 0 && found === 0 && !saidWhy;
  if (empty) console.log(`FAILED: no ${stage} test was executed and none said why`);
  const failed = found + (empty ? 1 : 0);
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exitCode = failed === 0 ? 0 : 1;
}
