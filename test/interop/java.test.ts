import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { askJava } from './java.ts';
import { goodLeaves, leaves } from './leaves.ts';
import { PURPOSE, USES } from './purposes.ts';
import { haveTool } from './tool.ts';
import { world } from './world.ts';

const java = haveTool('javac', 'apt-get install default-jdk-headless') && haveTool('java', 'default-jdk-headless');

/** Asks the same about every certificate and returns the answers by name. */
async function askOf(names: readonly string[], question: (name: string) => readonly string[]) {
  const answers = await askJava(names.map(question));
  return Object.fromEntries(names.map((name, index) => [name, answers[index] ?? '']));
}

const REASON = { revoked: 'KEY_COMPROMISE', held: 'CERTIFICATE_HOLD', good: '' } as const;
const good = goodLeaves.map(({ name }) => name);
const bad = leaves.filter(({ state }) => state !== 'good');

describe.skipIf(!java)('Java PKIX', () => {
  it.each(USES)('takes for %s by CRLs who is for it, and nobody else', async (use) => {
    const { path, root, crls } = world();
    const answers = await askOf(good, (name) => ['crl', path(name), root, crls, PURPOSE[use], '-']);
    for (const leaf of goodLeaves) {
      const expected = leaf.use === use ? /^OK / : /^REFUSED UNSPECIFIED at 0: target certificate constraints/;
      expect(answers[leaf.name], leaf.name).toMatch(expected);
    }
  });

  it.each(['ocsp without a nonce', 'ocsp with a nonce of 32 octets'])('takes the good by %s', async (how) => {
    const { path, root } = world();
    const nonce = how.includes('with a') ? randomBytes(32).toString('hex') : '-';
    const answers = await askOf(good, (name) => ['ocsp', path(name), root, nonce, '-', '-']);
    for (const name of good) expect(answers[name], name).toMatch(/^OK /);
  });

  it.each(bad)('refuses $name by CRL and by OCSP, with its reason', async ({ name, state }) => {
    const { path, root, crls } = world();
    const answers = await askJava([
      ['crl', path(name), root, crls, '-', '-'],
      ['ocsp', path(name), root, '-', '-', '-'],
      ['ocsp', path(name), root, randomBytes(32).toString('hex'), '-', '-'],
      ['plain', path(name), root],
    ]);
    const refused = new RegExp(`^REFUSED REVOKED ${REASON[state]} at 0`);
    expect(answers).toEqual([...Array(3).fill(expect.stringMatching(refused)), expect.stringMatching(/^OK /)]);
  });

  it('wants the right root, and fetches the CRLs that it was not given', async () => {
    const { path, ca, root, crl } = world();
    const answers = await askJava([
      ['plain', path('user-auth'), ca('tls')],
      ['crl', path('user-auth'), root, crl('root'), '-', '-'],
      ['crl', path('revoked'), root, crl('root'), '-', '-'],
    ]);
    expect(answers).toEqual([
      expect.stringMatching(/^REFUSED NO_TRUST_ANCHOR/),
      expect.stringMatching(/^OK /),
      expect.stringMatching(/^REFUSED REVOKED KEY_COMPROMISE/),
    ]);
  });

  it('takes certificates under their own policies only', async () => {
    const { path, root, crls, at } = world();
    const manifest = JSON.parse(readFileSync(at('manifest.json'), 'utf8')) as { policyOids: Record<string, string[]> };
    const asked = Object.entries(manifest.policyOids).filter(([name]) => good.includes(name));
    expect(asked).toHaveLength(6);
    for (const [name, oids] of asked) {
      const ask = (oid: string) => ['crl', path(name), root, crls, '-', oid];
      const answers = await askJava([...oids, '1.3.6.1.4.1.32473.1.1.1'].map(ask));
      expect(answers, name).toEqual([
        expect.stringMatching(/^OK /),
        expect.stringMatching(/^OK /),
        expect.stringMatching(/^REFUSED INVALID_POLICY/),
      ]);
    }
  });

  it('takes for TLS, as JSSE does, clients and servers only', async () => {
    const { path, root } = world();
    for (const side of ['client', 'server'] as const) {
      const answers = await askOf(good, (name) => ['tls', path(name), root, side]);
      for (const { name, use } of goodLeaves) {
        const expected = use === side ? /^OK / : /^REFUSED ValidatorException (Extended key usage|KeyUsage)/;
        expect(answers[name], `${name} as ${side}`).toMatch(expected);
      }
    }
  });
});

describe.skipIf(!java)('PKCS#12 by Java KeyStore', () => {
  it.each([
    ['user-auth', 'EC'],
    ['user-sign', 'EC'],
    ['user-encrypt', 'RSA'],
  ])('opens %s.p12 and uses its %s key', async (name, algorithm) => {
    const { at } = world();
    writeFileSync(at('wrong.password'), 'wrong');
    const answers = await askJava([
      ['p12', at(`${name}.p12`), at(`${name}.p12.password`)],
      ['p12', at(`${name}.p12`), at('wrong.password')],
    ]);
    expect(answers[0]).toMatch(new RegExp(`^OK ${algorithm} chain 3 `));
    expect(answers[1]).toMatch(/^REFUSED IOException keystore password was incorrect/);
  });
});
