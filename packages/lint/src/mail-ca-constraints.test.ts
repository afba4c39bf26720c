import { buildTbsCertificate, type GeneralSubtree, nameConstraints, oid } from '@see/x509';
import { describe, expect, it } from 'vitest';
import { lintCertificate } from './lint-certificate.ts';
import { soundContext, soundTemplate } from './samples.ts';

const mail: GeneralSubtree[] = ['govt.nz', '.govt.nz'].map((value) => ({ kind: 'rfc822Name', value }));
const dns = (...names: string[]): GeneralSubtree[] => names.map((value) => ({ kind: 'dNSName', value }));
const addresses: GeneralSubtree[] = [8, 32].map((octets) => ({ kind: 'iPAddress', bytes: new Uint8Array(octets) }));

function warns(permitted: GeneralSubtree[], excluded: GeneralSubtree[]): boolean {
  const sound = soundTemplate('issuing-ca');
  const extensions = sound.extensions.map((each) =>
    each.oid === oid.nameConstraints ? nameConstraints({ permitted: [...mail, ...permitted], excluded }) : each,
  );
  const findings = lintCertificate(buildTbsCertificate({ ...sound, extensions }), soundContext('issuing-ca'));
  return findings.some(({ id }) => id === 'w_prfi_mail_ca_names_hosts');
}

describe('name constraints of a mail CA that leave no room for hosts', () => {
  it.each<readonly [string, boolean, GeneralSubtree[], GeneralSubtree[]]>([
    ['the empty name excluded', false, [], [...dns(''), ...addresses]],
    ['a name that nothing has permitted', false, dns('none.invalid'), addresses],
    ['the names of RFC 3183 permitted', false, dns('domain-signing-authority', 'none.invalid'), addresses],
    ['nothing said of DNS names', true, [], addresses],
    ['a host permitted', true, dns('none.invalid', 'govt.nz'), addresses],
    ['a host that ends like the reserved name', true, dns('notinvalid'), addresses],
    ['no addresses excluded', true, dns('none.invalid'), []],
    ['only the short addresses excluded', true, dns('none.invalid'), addresses.slice(0, 1)],
  ])('%s: warned of %s', (_name, expected, permitted, excluded) => {
    expect(warns(permitted, excluded)).toBe(expected);
  });
});
