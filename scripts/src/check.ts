import { runChecks } from './checks.ts';

/** `pnpm check`: every check of the sources; exit code 1 when one fails. */
const { passed, failed } = await runChecks();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
