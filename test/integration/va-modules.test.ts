import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

const MAIN = new URL('../../services/va/src/start-va.ts', import.meta.url).href;
/** Imports va in a process of its own and prints the address of every module that was loaded for it. */
const SCRIPT = `
  import { registerHooks } from 'node:module';
  const loaded = [];
  registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
  await import(${JSON.stringify(MAIN)});
  process.stdout.write(JSON.stringify(loaded));
`;

it('loads nothing that its answers do not need: a va that starts is waited for', () => {
  const text = execFileSync(process.execPath, ['--input-type=module', '--eval', SCRIPT], { encoding: 'utf8' });
  const loaded = JSON.parse(text) as string[];
  expect(loaded).toContain(MAIN);
  const unwanted =
    /\/migrations\/|\/db\/src\/index\.ts|\/lint\/src\/(index\.ts|certificate\/)|\/policy\/src\/index\.ts|\/node_modules\/(fastify|typebox|tldts|@opentelemetry)\//;
  expect(loaded.filter((url) => unwanted.test(url))).toEqual([]);
});
