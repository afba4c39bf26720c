import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Leaf, leaves } from './leaves.ts';
import { haveTool, run, runWell } from './tool.ts';
import { world } from './world.ts';

const openssl = haveTool('openssl', 'apt-get install openssl');
const curl = haveTool('curl', 'apt-get install curl');

const EXPECTED = { good: 'good', revoked: 'revoked', held: 'revoked' } as const;
const REASON = { good: undefined, revoked: 'keyCompromise', held: 'certificateHold' } as const;

/** Asks by POST and verifies the answer against the root. */
function ask(leaf: Pick<Leaf, 'ca'>, subject: string[], ...options: string[]) {
  const { ca, root, ocspUrl } = world();
  return run('openssl', ['ocsp', ...options, '-issuer', ca(leaf.ca), ...subject, '-url', ocspUrl, '-CAfile', root]);
}

describe.skipIf(!openssl)('openssl ocsp', () => {
  beforeAll(async () => {
    const { at } = world();
    await runWell('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:secp384r1', '-nodes', '-days', '1'],
      ...['-subj', '/CN=Somebody else', '-keyout', at('stranger.key'), '-out', at('stranger.pem')],
    ]);
  });

  it.each(leaves.flatMap((leaf) => ['sha1', 'sha256'].map((hash) => ({ ...leaf, hash }))))(
    '$name: the truth by $hash, with a nonce',
    async (leaf) => {
      const file = world().at(`${leaf.name}.pem`);
      const { code, text } = await ask(leaf, ['-cert', file], `-${leaf.hash}`, '-nonce');
      expect([code, text]).toEqual([0, expect.stringContaining('Response verify OK')]);
      expect(text).not.toContain('WARNING: no nonce in response');
      expect(text).toContain(`${file}: ${EXPECTED[leaf.state]}`);
      expect(text.match(/Reason: (\w+)/)?.[1]).toBe(REASON[leaf.state]);
    },
  );

  it('without a nonce: the pre-signed answer', async () => {
    const { text } = await ask({ ca: 'individual' }, ['-cert', world().at('user-auth.pem')], '-no_nonce');
    expect(text).toContain('Response verify OK');
    expect(text).toContain(': good');
  });

  it('never calls a serial number good that was never issued', async () => {
    const { text } = await ask({ ca: 'individual' }, ['-serial', '0x5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a']);
    expect(text).toContain('Response verify OK');
    expect(text).toMatch(/: (revoked|unknown)/);
    expect(text).not.toContain(': good');
  });

  it('has no answer for the certificate under another CA that is good', async () => {
    const { text } = await ask({ ca: 'gateway' }, ['-cert', world().at('user-auth.pem')]);
    expect(text).not.toContain(': good');
  });

  it('refuses to answer for a CA that is none of ours', async () => {
    const { at, root, ocspUrl } = world();
    const { text } = await run('openssl', [
      ...['ocsp', '-issuer', at('stranger.pem'), '-serial', '0x1234', '-url', ocspUrl, '-CAfile', root],
    ]);
    expect(text).toContain('unauthorized (6)');
  });

  it('is refused by the client where the root is not trusted: the check above can fail', async () => {
    const { at, ca, ocspUrl } = world();
    const { text } = await run('openssl', [
      ...['ocsp', '-issuer', ca('individual'), '-cert', at('user-auth.pem'), '-url', ocspUrl, '-CAfile'],
      at('stranger.pem'),
    ]);
    expect(text).toContain('Response Verify Failure');
  });

  it.skipIf(!curl).each(leaves)('$name: the same by GET as by POST', async (leaf) => {
    const { at, ca, root, ocspUrl } = world();
    const request = at(`${leaf.name}.ocsp-request`);
    const answer = at(`${leaf.name}.ocsp-answer`);
    const names = ['-issuer', ca(leaf.ca), '-cert', at(`${leaf.name}.pem`)];
    await runWell('openssl', ['ocsp', ...names, '-no_nonce', '-reqout', request]);
    const path = encodeURIComponent(readFileSync(request).toString('base64'));
    const head = await runWell('curl', ['-sS', '-f', '-D', '-', '-o', answer, `${ocspUrl}/${path}`]);
    expect(head).toMatch(/content-type: application\/ocsp-response/i);
    expect(head).toMatch(/cache-control: .*max-age=\d+/i);
    const { text } = await run('openssl', ['ocsp', ...names, '-respin', answer, '-CAfile', root]);
    expect(text).toContain('Response verify OK');
    expect(text).toContain(`${leaf.name}.pem: ${EXPECTED[leaf.state]}`);
  });
});
