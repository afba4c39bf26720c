import { createInterface } from 'node:readline/promises';
import { refused } from '@see/domain';
import type { CommandContext } from '../command-context.ts';

/** Asks a question that only "yes" answers. Throws `not-confirmed` for any other answer, and where nobody can be asked. */
export async function askYes(context: CommandContext, question: string): Promise<void> {
  if (!context.surroundings.isTerminal) {
    throw refused('not-confirmed', 'nobody can be asked here', {
      remedy: 'look at it with --dry-run, then give --yes',
    });
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await terminal.question(`${question} Type yes: `);
    if (answer.trim().toLowerCase() !== 'yes') throw refused('not-confirmed', 'nothing was done');
  } finally {
    terminal.close();
  }
}
