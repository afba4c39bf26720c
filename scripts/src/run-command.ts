import { spawn } from 'node:child_process';
import { workspace } from './source-text.ts';

/** How a command ended. */
export interface CommandEnd {
  readonly code: number;
  /** Both its outputs in order of arrival. */
  readonly output: string;
  readonly seconds: number;
}

/** Runs a program in the workspace without standard input. With `show` its output is also passed on as it comes. A program that cannot be started ends with code 127. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: { readonly show?: boolean } = {},
): Promise<CommandEnd> {
  const began = performance.now();
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(command, args, {
      cwd: workspace,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' },
    });
    const end = (code: number): void => resolve({ code, output, seconds: (performance.now() - began) / 1000 });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (options.show) process.stdout.write(text);
      });
    }
    child.once('error', (error) => {
      output += `${error.message}\n`;
      end(127);
    });
    child.once('close', (code) => end(code ?? 1));
  });
}

/** A tool of the workspace. */
export function tool(name: string): string {
  return `${workspace}/node_modules/.bin/${name}`;
}
