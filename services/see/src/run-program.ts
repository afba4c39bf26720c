import { type Command, CommanderError } from 'commander';

/**
 * Runs a command line and sets the exit code: 0 done, 1 refused or failed, 2 wrong usage. An error is one line on stderr (an object with `--json`), with its code;
 * the stack is shown with SEE_DEBUG=1 only.
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

function describe(error: unknown, json: boolean): string {
  const message = error instanceof Error ? error.message : String(error);
  const code = (error as { code?: unknown } | null)?.code;
  if (json) return JSON.stringify({ error: { ...(typeof code === 'string' && { code }), message } });
  const stack = process.env['SEE_DEBUG'] === '1' && error instanceof Error ? `\n${error.stack}` : '';
  return `see: ${message}${typeof code === 'string' ? ` (${code})` : ''}${stack}`;
}

function writeError(text: string): void {
  process.stderr.write(`${text}\n`);
}
