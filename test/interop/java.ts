import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run, runWell } from './tool.ts';
import { world } from './world.ts';

/** Asks Java all questions in one process (see CheckPath.java); one answer a question, in their order. */
export async function askJava(questions: readonly (readonly string[])[]): Promise<string[]> {
  const classes = world().at('java-classes');
  if (!existsSync(classes)) await runWell('javac', ['-d', classes, join(import.meta.dirname, 'CheckPath.java')]);
  const input = questions.map((fields) => `${fields.join('\t')}\n`).join('');
  const { code, stdout, text } = await run('java', ['-cp', classes, 'CheckPath'], { input });
  const answers = stdout.toString().trimEnd().split('\n');
  if (code !== 0 || answers.length !== questions.length) throw new Error(`java ended with exit code ${code}:\n${text}`);
  return answers;
}
