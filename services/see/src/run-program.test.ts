import { Command } from 'commander';
import { afterEach, describe, expect, it } from 'vitest';
import { runProgram } from './run-program.ts';

afterEach(() => {
  process.exitCode = undefined;
});

describe('runProgram', () => {
  it('prints an error with its code, and below it each remedy once', async () => {
    expect(await failing(refusal)).toBe(
      ['see: a: one thing; b: another; c: a third (bad-request)', '     do this first', '     then ask somebody'].join(
        '\n',
      ),
    );
    expect(process.exitCode).toBe(1);
  });

  it('gives every violation as JSON', async () => {
    expect(JSON.parse(await failing(refusal, '--json'))).toEqual({
      error: { code: 'bad-request', message: refusal.message, violations: refusal.violations },
    });
  });

  it('prints an error of another kind as it is', async () => {
    expect(await failing(new Error('it broke'))).toBe('see: it broke');
    expect(JSON.parse(await failing(new Error('it broke'), '--json'))).toEqual({ error: { message: 'it broke' } });
  });
});

// As a RefusedError of the domain is made.
const refusal = Object.assign(new Error('a: one thing; b: another; c: a third'), {
  code: 'bad-request',
  violations: [
    { code: 'a', message: 'one thing', remedy: 'do this first' },
    { code: 'b', message: 'another', path: '$.b', remedy: 'then ask somebody' },
    { code: 'c', message: 'a third', remedy: 'do this first' },
  ],
});

async function failing(error: Error, ...options: readonly string[]): Promise<string> {
  const program = new Command().option('--json').action(() => {
    throw error;
  });
  const said: string[] = [];
  await runProgram(program, ['node', 'see', ...options], (text) => said.push(text));
  return said.join('\n');
}
