import { describe, expect, it } from 'vitest';
import { evaluationPolicyArc, policyArcFault } from './policy-arc.ts';

describe('policy arcs', () => {
  it('of evaluation instances differ, lie below the number for documentation and are fit for production clients', () => {
    const arcs = Array.from({ length: 20 }, evaluationPolicyArc);
    expect(new Set(arcs).size).toBe(20);
    for (const arc of arcs) {
      expect(arc).toMatch(/^1\.3\.6\.1\.4\.1\.32473\.\d+\.\d+$/);
      expect(policyArcFault(arc)).toBeUndefined();
    }
  });

  it.each([
    ['1.3.6.1.4.1.2147483647.1', undefined],
    ['2.16.554.101.8.1.2', undefined],
    ['1.3.6.1.4.1.2147483648.1', /2147483648 has more than 31 bits/],
    ['2.25.240707689575947522657932383781755724788', /more than 31 bits/],
    ['', /object identifier/],
    ['1.3', /object identifier/],
    ['1.3.06.1', /object identifier/],
    ['3.1.1', /object identifier/],
  ])('%s', (arc, fault) => {
    const found = policyArcFault(arc);
    if (fault === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(fault);
  });
});
