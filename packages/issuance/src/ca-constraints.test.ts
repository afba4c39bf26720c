import type { GeneralSubtree } from '@see/x509';
import { describe, expect, it } from 'vitest';
import { type CaId, caConstraints } from './ca-constraints.ts';

const names = { country: 'NZ', permittedDomains: ['govt.nz', 'mil.nz', 'localhost'] };

/** Values of one form, of mail and DNS names. */
function values(id: CaId, form: GeneralSubtree['kind']): string[] {
  return caConstraints(id, names).permitted.flatMap((base) =>
    base.kind === form && 'value' in base && typeof base.value === 'string' ? [base.value] : [],
  );
}

describe('name constraints of the issuing CAs', () => {
  it.each<readonly [CaId, string[], string[]]>([
    [
      'gateway',
      ['govt.nz', '.govt.nz', 'mil.nz', '.mil.nz'],
      ['domain-signing-authority', 'domain-confidentiality-authority'],
    ],
    ['individual', ['govt.nz', '.govt.nz', 'mil.nz', '.mil.nz'], ['none.invalid']],
    ['operations', ['govt.nz', '.govt.nz', 'mil.nz', '.mil.nz'], ['none.invalid']],
    ['tls', ['none.invalid', '.none.invalid'], ['govt.nz', 'mil.nz', 'localhost']],
  ])('%s: mail, hosts, no address, the country', (id, mail, hosts) => {
    expect(values(id, 'rfc822Name')).toEqual(mail);
    expect(values(id, 'dNSName')).toEqual(hosts);
    const { permitted, excluded } = caConstraints(id, names);
    expect(permitted[0]).toMatchObject({ kind: 'directoryName', name: [[{ value: 'NZ' }]] });
    expect(excluded).toEqual([
      { kind: 'iPAddress', bytes: new Uint8Array(8) },
      { kind: 'iPAddress', bytes: new Uint8Array(32) },
    ]);
  });

  it('never exclude the empty DNS name, at which Java fails', () => {
    for (const id of ['gateway', 'individual', 'tls', 'operations'] as const)
      expect(caConstraints(id, names).excluded.some(({ kind }) => kind === 'dNSName')).toBe(false);
  });
});
