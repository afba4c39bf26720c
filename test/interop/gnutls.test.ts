import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { caIds, goodLeaves, leaves } from './leaves.ts';
import { PURPOSE, USES } from './purposes.ts';
import { haveTool, run, runWell } from './tool.ts';
import { world } from './world.ts';

const gnutls = haveTool('certtool', 'apt-get install gnutls-bin');

/** Path validation from the root, with the CRLs of all CAs. */
function verify(name: string, purpose: string, anchor = world().root) {
  const { crls, path } = world();
  const crlsAndAnchor = ['--load-crl', crls, '--load-ca-certificate', anchor];
  const level = ['--verify-profile', 'medium', '--verify-purpose', purpose];
  return run('certtool', ['--verify', ...crlsAndAnchor, ...level, '--infile', path(name)]);
}

describe.skipIf(!gnutls)('GnuTLS certtool', () => {
  it.each(goodLeaves)('takes $name for its purpose only', async ({ name, use }) => {
    const { code, text } = await verify(name, PURPOSE[use]);
    expect([code, text]).toEqual([0, expect.stringContaining('Chain verification output: Verified.')]);
    for (const other of USES.filter((one) => one !== use)) {
      const refused = await verify(name, PURPOSE[other]);
      expect([other, refused.code]).toEqual([other, 1]);
      expect(refused.text).toContain('does not match the intended purpose');
    }
  });

  it.each(leaves.filter(({ state }) => state !== 'good'))('refuses $name, $state', async ({ name, use }) => {
    const { code, text } = await verify(name, PURPOSE[use]);
    expect([code, text]).toEqual([1, expect.stringContaining('The certificate chain is revoked.')]);
  });

  it('refuses a path that does not end at its anchor', async () => {
    const { code, text } = await verify('user-auth', PURPOSE.client, world().ca('gateway'));
    expect([code, text]).toEqual([1, expect.stringContaining('issuer is unknown')]);
  });

  it.each(leaves)('reads all of $name', async ({ name }) => {
    const text = await runWell('certtool', ['--certificate-info', '--infile', world().at(`${name}.pem`)]);
    expect(text).not.toMatch(/error:/i);
    expect(text).toMatch(/Certificate Policies.*\n\s+[\d.]+\.1\.\d+\n\s+URI: http:.*\/cp#.*\n\s+[\d.]+\.2\.\d+/);
  });

  it.each([...caIds, 'root'] as const)('verifies the CRL of CA %s, by its own key only', async (id) => {
    const { ca, crlPem } = world();
    const verified = (by: string) =>
      run('certtool', ['--verify-crl', '--load-ca-certificate', by, '--infile', crlPem(id)]);
    expect((await verified(ca(id))).text).toContain('Verified.');
    expect((await verified(ca(id === 'tls' ? 'gateway' : 'tls'))).text).toContain('Not verified.');
  });

  it.each(['user-auth', 'user-sign', 'user-encrypt'])('opens %s.p12 with its password only', async (name) => {
    const { at } = world();
    const password = readFileSync(at(`${name}.p12.password`), 'utf8').trim();
    const open = (word: string) =>
      run('certtool', ['--p12-info', '--inder', '--infile', at(`${name}.p12`), '--password', word]);
    const { code, text } = await open(password);
    expect(code).toBe(0);
    expect(text).toContain('MAC: SHA256');
    expect(text.match(/BEGIN CERTIFICATE/g)).toHaveLength(3);
    expect((await open(`${password}x`)).text).toContain('Message Authentication Code verification failed');
  });
});

describe.skipIf(!gnutls)('GnuTLS ocsptool', () => {
  const STATUS = { good: 'good', revoked: 'revoked', held: 'revoked' } as const;

  /** Asks, and verifies the answer's delegate against its CA: ocsptool builds no path. */
  const ask = (name: string, ca: string, ...options: string[]) => {
    const { at, ocspUrl } = world();
    const names = ['--load-cert', at(`${name}.pem`), '--load-issuer', ca, '--load-trust', ca];
    return run('ocsptool', [`--ask=${ocspUrl}`, ...names, ...options]);
  };

  it.each(leaves)('gets the truth of $name, with and without a nonce', async ({ name, ca, state }) => {
    for (const options of [['--nonce'], []]) {
      const { code, text } = await ask(name, world().ca(ca), ...options);
      expect([code, text]).toEqual([0, expect.stringContaining('Verifying OCSP Response: Success.')]);
      expect(text).toContain(`Certificate Status: ${STATUS[state]}`);
      expect(text.includes('Nonce: ')).toBe(options.length > 0);
    }
  });

  it('does not believe an answer under another CA', async () => {
    const { at, ca, ocspUrl } = world();
    const answer = at('gnutls.ocsp-answer');
    const names = ['--load-cert', at('user-auth.pem'), '--load-issuer', ca('individual')];
    await run('ocsptool', [`--ask=${ocspUrl}`, ...names, '--load-trust', ca('individual'), '--outfile', answer]);
    const verified = (by: string) =>
      run('ocsptool', ['--verify-response', '--load-response', answer, '--load-trust', by]);
    expect((await verified(ca('individual'))).text).toContain('Success');
    expect((await verified(ca('gateway'))).text).toContain('Signer cert is not trusted');
  });
});
