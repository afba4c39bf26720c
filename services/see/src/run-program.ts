import { type Command, CommanderError } from 'commander';

/**
 * Runs a command line and sets the exit code: 0 done, 1 refused or failed, 2 wrong usage. An error is one line on stderr, with its
 * code, and below it what can be done about it; with `--json` an object with every violation. The stack is shown with SEE_DEBUG=1
 * only.
 */
export async function runProgram(
  program: Command,
  argv: readonly string[],
  output: (text: string) => void = writeError,
): Promise<void> {
  exitInsteadOfEnding(program);
  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    process.exitCode = 1;
    output(describe(error, argv.includes('--json')));
  }
}

function exitInsteadOfEnding(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) exitInsteadOfEnding(child);
}

/** As much of a violation as is shown; RefusedError has them, and its module is not loaded for the commands that must be quick. */
interface Violation {
  readonly remedy?: string;
}

function describe(error: unknown, json: boolean): string {
  const message = error instanceof Error ? error.message : String(error);
  const code = (error as { code?: unknown } | null)?.code;
  const violations = (error as { violations?: readonly Violation[] } | null)?.violations ?? [];
  if (json) {
    const coded = typeof code === 'string' && { code };
    return JSON.stringify({ error: { ...coded, message, ...(violations.length > 0 && { violations }) } });
  }
  const remedies = new Set(violations.flatMap(({ remedy }) => remedy ?? []));
  const below = [...remedies].map((remedy) => `\n     ${remedy}`).join('');
  const stack = process.env['SEE_DEBUG'] === '1' && error instanceof Error ? `\n${error.stack}` : '';
  return `see: ${message}${typeof code === 'string' ? ` (${code})` : ''}${below}${stack}`;
}

function writeError(text: string): void {
  process.stderr.write(`${text}\n`);
}
