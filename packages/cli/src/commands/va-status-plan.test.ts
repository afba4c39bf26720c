import { RefusedError, type StatusPlan } from '@see/domain';
import { type CanonicalValue, readStatement } from '@see/statement';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import type { CommandContext } from '../command-context.ts';
import { addStatusPlanCommands } from './va-status-plan.ts';

const PLAN: StatusPlan = { responderKey: 'P-384', crls: [{ ca: 'tls', delta: true, shards: [4] }] };

/** Runs a command on a service that has this plan; what it printed, and what was proposed. */
async function run(...words: string[]): Promise<{ text: string; proposed: StatusPlan | undefined }> {
  let text = '';
  let proposed: StatusPlan | undefined;
  const answers: Readonly<Record<string, unknown>> = {
    '/api/v1/configuration': { preset: 'evaluation', status: PLAN },
    '/api/v1/statements': { head: { seq: 7, digest: '00'.repeat(48) } },
    '/api/v1/status': { instance: 'here' },
    '/api/v1/cas': { items: [{ id: 'root' }, { id: 'tls' }, { id: 'gateway' }] },
  };
  const api = {
    get: async (path: string) => answers[path],
    post: async (_path: string, { bytes }: { bytes: string }) => {
      const { subject } = readStatement(Uint8Array.fromBase64(bytes)).statement;
      expect(subject['preset']).toBe('evaluation');
      proposed = subject['status'] as CanonicalValue as unknown as StatusPlan;
      return { digest: 'ab'.repeat(48) };
    },
  };
  const context = {
    api: () => api,
    print: (_command: Command, _value: unknown, shown: string) => {
      text = shown;
    },
  } as unknown as CommandContext;
  const program = new Command().exitOverride();
  addStatusPlanCommands(program, context);
  await program.parseAsync(words, { from: 'user' });
  return { text, proposed };
}

describe('see va responder-key and see va lists', () => {
  it('show what is in force, CAs without a plan too', async () => {
    expect((await run('responder-key', 'show')).text).toContain('P-384');
    const { text } = await run('lists', 'show');
    expect(text).toMatch(/tls +yes +4/);
    expect(text).toMatch(/gateway +no +none/);
    expect(text).not.toContain('root');
  });

  it.each<[string[], StatusPlan]>([
    [['responder-key', 'propose', 'rsa-3072'], { ...PLAN, responderKey: 'RSA-3072' }],
    [
      ['lists', 'propose', '--ca', 'tls', '--shards', '16'],
      { ...PLAN, crls: [{ ca: 'tls', delta: true, shards: [4, 16] }] },
    ],
    [
      ['lists', 'propose', '--ca', 'tls', '--no-delta', '--shards', '4'],
      { ...PLAN, crls: [{ ca: 'tls', delta: false, shards: [4] }] },
    ],
    [
      ['lists', 'propose', '--ca', 'gateway', '--delta'],
      { ...PLAN, crls: [...PLAN.crls, { ca: 'gateway', delta: true, shards: [] }] },
    ],
  ])('%j proposes the whole configuration with that changed', async (words, want) => {
    const { proposed, text } = await run(...words);
    expect(proposed).toEqual(want);
    expect(text).toContain(`see statement sign ${'ab'.repeat(8)}`);
  });

  it.each([
    [['responder-key', 'propose', 'RSA-1024']],
    [['lists', 'propose', '--ca', 'tls', '--shards', '2']],
    [['lists', 'propose', '--ca', 'tls', '--shards', 'many']],
  ])('%j is refused', async (words) => {
    await expect(run(...words)).rejects.toThrow(RefusedError);
  });
});
