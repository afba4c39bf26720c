import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { goodLeaves } from './leaves.ts';
import { haveTool, run, runWell } from './tool.ts';
import { world } from './world.ts';

const openssl = haveTool('openssl', 'apt-get install openssl');

const signers = goodLeaves.filter(({ profile }) => profile.endsWith('-sign'));
const recipients = goodLeaves.filter(({ profile }) => profile.endsWith('-encrypt'));
const MESSAGE = 'Content-Type: text/plain\r\n\r\nHe pukapuka mō te Tahua.\r\n';

beforeAll(() => writeFileSync(world().at('message.eml'), MESSAGE));

/** Signs as the certificate's holder, with the issuing CAs enclosed. */
async function sign(name: string, out: string): Promise<void> {
  const { at, chain } = world();
  const key = ['-signer', at(`${name}.pem`), '-inkey', at(`${name}.key`), '-certfile', chain, '-md', 'sha384'];
  await runWell('openssl', ['cms', '-sign', '-in', at('message.eml'), ...key, '-out', out]);
}

/** Verifies signature, path, purpose and, with the leaf's CRL, revocation. */
function verify(signed: string, ...options: string[]) {
  const { at, root } = world();
  const trusted = at('root-and-crls.pem');
  writeFileSync(trusted, readFileSync(root, 'utf8') + readFileSync(at('crls.pem'), 'utf8'));
  const check = ['-CAfile', trusted, '-crl_check_all', '-purpose', 'smimesign', '-x509_strict'];
  return run('openssl', ['cms', '-verify', '-in', signed, ...check, ...options, '-out', at('verified.eml')]);
}

describe.skipIf(!openssl)('S/MIME by openssl cms', () => {
  it.each(signers)('$name signs, and the signature verifies to the root', async ({ name }) => {
    const { at } = world();
    await sign(name, at(`${name}.signed`));
    const { code, text } = await verify(at(`${name}.signed`));
    expect([code, text.trim()]).toEqual([0, 'CMS Verification successful']);
    expect(readFileSync(at('verified.eml'), 'utf8')).toBe(MESSAGE);
  });

  it('finds a changed message, a revoked signer and a certificate that may not sign mail', async () => {
    const { at } = world();
    await sign('user-sign', at('changed.signed'));
    writeFileSync(at('changed.signed'), readFileSync(at('changed.signed'), 'utf8').replace('Tahua', 'Tahue'));
    expect((await verify(at('changed.signed'))).text).toMatch(/digest failure|verification failure/);
    await sign('revoked', at('revoked.signed'));
    expect((await verify(at('revoked.signed'), '-purpose', 'any')).text).toContain('certificate revoked');
    await sign('user-auth', at('wrong.signed'));
    expect((await verify(at('wrong.signed'))).text).toContain('unsuitable certificate purpose');
  });

  it.each(recipients.flatMap(({ name }) => ['-aes-256-cbc', '-aes-256-gcm'].map((cipher) => ({ name, cipher }))))(
    '$name reads what was encrypted to it with $cipher, and nobody else does',
    async ({ name, cipher }) => {
      const { at } = world();
      const sealed = at(`${name}.sealed`);
      // The hash of the key derivation belongs to P-384 (RFC 5753 7.1.4); without it openssl takes SHA-1.
      const agreement = name.endsWith('-ec') ? ['-keyopt', 'ecdh_kdf_md:sha384'] : [];
      const recipient = ['-recip', at(`${name}.pem`), ...agreement];
      await runWell('openssl', ['cms', '-encrypt', cipher, '-in', at('message.eml'), ...recipient, '-out', sealed]);
      expect(readFileSync(sealed, 'utf8')).not.toContain('Tahua');
      const open = (who: string) =>
        run('openssl', ['cms', '-decrypt', '-in', sealed, '-recip', at(`${who}.pem`), '-inkey', at(`${who}.key`)]);
      const opened = await open(name);
      expect([opened.code, opened.stdout.toString()]).toEqual([0, MESSAGE]);
      const other = recipients.find((one) => one.name !== name)?.name ?? '';
      expect((await open(other)).stdout.toString()).not.toContain('Tahua');
    },
  );

  it('signed, then encrypted to gateway and person at once', async () => {
    const { at } = world();
    const [signed, sealed, opened] = ['both.signed', 'both.sealed', 'both.opened'].map(at) as [string, string, string];
    await sign('gateway-sign', signed);
    const recipients = ['-recip', at('gateway-encrypt.pem'), '-recip', at('user-encrypt-ec.pem')];
    await runWell('openssl', ['cms', '-encrypt', '-aes-256-cbc', '-in', signed, ...recipients, '-out', sealed]);
    for (const name of ['gateway-encrypt', 'user-encrypt-ec']) {
      const key = ['-recip', at(`${name}.pem`), '-inkey', at(`${name}.key`)];
      await runWell('openssl', ['cms', '-decrypt', '-in', sealed, ...key, '-out', opened]);
      expect((await verify(opened)).code, name).toBe(0);
    }
  });
});

describe.skipIf(!openssl)('PKCS#12 by openssl', () => {
  it.each(['user-auth', 'user-sign', 'user-encrypt'])('%s.p12 opens with its password only', async (name) => {
    const { at } = world();
    const file = ['pkcs12', '-in', at(`${name}.p12`)];
    const info = await runWell('openssl', [
      ...file,
      '-passin',
      `file:${at(`${name}.p12.password`)}`,
      '-info',
      '-nodes',
    ]);
    expect(info).toMatch(/MAC: sha256, Iteration \d{5,}/);
    expect(info).toMatch(/PBES2, PBKDF2, AES-256-CBC/);
    expect(info.match(/BEGIN CERTIFICATE/g)).toHaveLength(3);
    const publicKey = await runWell('openssl', ['pkey', '-pubout'], { input: info });
    expect(publicKey).toBe(await runWell('openssl', ['x509', '-in', at(`${name}.pem`), '-noout', '-pubkey']));
    const wrong = await run('openssl', [...file, '-passin', 'pass:wrong', '-info', '-nodes']);
    expect(wrong.text).toContain('invalid password');
  });
});
