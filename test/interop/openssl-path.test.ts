import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { caIds, demoLeaves, goodLeaves, type Leaf, leaves } from './leaves.ts';
import { haveTool, run } from './tool.ts';
import { world } from './world.ts';

const openssl = haveTool('openssl', 'apt-get install openssl');

const STRICT = ['-x509_strict', '-crl_check_all', '-policy_check'];

/** The purpose as the openssl command calls it. */
function purposeOf({ profile, use }: Leaf): string {
  if (use === 'client') return 'sslclient';
  if (use === 'server') return 'sslserver';
  return profile.endsWith('-encrypt') ? 'smimeencrypt' : 'smimesign';
}

/** OpenSSL asks for keyEncipherment of everybody who gets mail, so it takes no EC key for that purpose (docs/interop.md). */
const isUnknownToOpenssl = ({ name }: Leaf) => name.endsWith('-encrypt-ec');

function verify(name: string, ...options: string[]) {
  const { root, chain, crls, at } = world();
  const files = ['-CAfile', root, '-untrusted', chain, '-CRLfile', crls];
  return run('openssl', ['verify', ...STRICT, ...files, ...options, at(`${name}.pem`)]);
}

describe.skipIf(!openssl)('openssl verify', () => {
  it.each(goodLeaves.filter((leaf) => !isUnknownToOpenssl(leaf)))('takes $name', async (leaf) => {
    const { code, text } = await verify(leaf.name, '-purpose', purposeOf(leaf));
    expect([code, text.trim()]).toEqual([0, `${world().at(`${leaf.name}.pem`)}: OK`]);
  });

  it.each(goodLeaves.filter(isUnknownToOpenssl))('takes $name for any purpose, not for smimeencrypt', async (leaf) => {
    expect((await verify(leaf.name, '-purpose', 'any')).code).toBe(0);
    expect((await verify(leaf.name, '-purpose', 'smimeencrypt')).text).toContain('unsuitable certificate purpose');
  });

  it.each(leaves)('takes $name for its own purpose only', async (leaf) => {
    for (const other of ['sslclient', 'sslserver', 'smimesign', 'smimeencrypt'].filter((p) => p !== purposeOf(leaf))) {
      const { code, text } = await verify(leaf.name, '-purpose', other);
      expect(code, other).not.toBe(0);
      expect(text).toMatch(leaf.state === 'good' ? /unsuitable certificate purpose/ : /certificate revoked/);
    }
  });

  it.each(leaves.filter(({ state }) => state !== 'good'))('refuses $name, $state, for that alone', async ({ name }) => {
    const { code, text } = await verify(name, '-purpose', 'sslclient');
    expect(code).not.toBe(0);
    expect(text.match(/error \d+ at \d depth lookup: .*/g)).toEqual([
      'error 23 at 0 depth lookup: certificate revoked',
    ]);
    const { root, chain, at } = world();
    const unchecked = await run('openssl', ['verify', '-CAfile', root, '-untrusted', chain, at(`${name}.pem`)]);
    expect(unchecked.code).toBe(0);
  });

  it.each(demoLeaves.filter(({ state }) => state === 'good'))('takes $name under its policies only', async (leaf) => {
    const manifest = JSON.parse(readFileSync(world().at('manifest.json'), 'utf8')) as {
      policyOids: Record<string, string[]>;
    };
    const oids = manifest.policyOids[leaf.name] ?? [];
    expect(oids).toHaveLength(2);
    const under = (oid: string) => verify(leaf.name, '-explicit_policy', '-policy', oid);
    for (const oid of oids) expect((await under(oid)).text).toContain('OK');
    expect((await under('1.3.6.1.4.1.32473.1.1.1')).text).toContain('no explicit policy');
  });

  it('wants the issuing CA, the CRLs of every CA and an intact signature', async () => {
    const { root, crls, crlPem, ca, at } = world();
    const check = (file: string, untrusted: string, crlFile: string) =>
      run('openssl', ['verify', ...STRICT, '-CAfile', root, '-untrusted', untrusted, '-CRLfile', crlFile, file]);
    const user = at('user-auth.pem');
    expect((await check(user, ca('individual'), crls)).code).toBe(0);
    expect((await check(user, ca('gateway'), crls)).text).toContain('unable to get local issuer certificate');
    expect((await check(user, ca('individual'), crlPem('root'))).text).toContain('unable to get certificate CRL');
    const forged = at('forged.pem');
    writeFileSync(forged, forge(readFileSync(user, 'utf8')));
    expect((await check(forged, ca('individual'), crls)).text).toContain('certificate signature failure');
  });

  it.each([...caIds, 'root'] as const)('verifies the CRL of CA %s, by its own key only', async (id) => {
    const { ca, crl } = world();
    const verified = (by: string) =>
      run('openssl', ['crl', '-inform', 'DER', '-in', crl(id), '-CAfile', by, '-verify', '-noout']);
    expect((await verified(ca(id))).text).toContain('verify OK');
    expect((await verified(ca(id === 'tls' ? 'gateway' : 'tls'))).text).not.toContain('verify OK');
  });
});

/** The certificate with the last octet of its signature changed. */
function forge(pem: string): string {
  const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  der.writeUInt8(der.readUInt8(der.length - 1) ^ 1, der.length - 1);
  return `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
}
