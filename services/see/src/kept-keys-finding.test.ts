import { describe, expect, it } from 'vitest';
import { keptKeysFinding } from './kept-keys-finding.ts';

const kept = (agents: number, copies = 5) => ({ statement: String(agents).repeat(96), copies, agents });

describe('the doctor', () => {
  it.each([
    ['no copy', [], 'right', 'none'],
    ['agents enough', [kept(3), kept(4)], 'right', '10, with agents enough'],
    ['two agents left', [kept(3), kept(2)], 'warning', 'two agents are left for 5 copies (2222222222222222…)'],
    ['one agent left', [kept(1, 7), kept(2)], 'wrong', 'nobody can open 7 copies'],
    ['no agent left', [kept(0), kept(1)], 'wrong', 'nobody can open 10 copies'],
  ] as const)('says of kept keys with %s: %s', (_name, copies, verdict, detail) => {
    const finding = keptKeysFinding(copies);
    expect(finding).toMatchObject({ check: 'kept keys', verdict });
    expect(finding.detail).toContain(detail);
    expect(finding.remedy === undefined).toBe(verdict === 'right');
  });
});
