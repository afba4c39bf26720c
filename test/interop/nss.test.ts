import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { caIds, goodLeaves, type Leaf, leaves } from './leaves.ts';
import { NssDatabase } from './nss-database.ts';
import { haveTool, run, runWell } from './tool.ts';
import { world } from './world.ts';

const nss = haveTool('certutil', 'apt-get install libnss3-tools') && haveTool('vfychain', 'libnss3-tools');

/** Usages of certutil -V: TLS client, TLS server, mail signer, mail recipient. */
const USAGES = ['C', 'V', 'S', 'R'] as const;

/** What NSS takes a certificate for. It lets whoever has an EC key that signs mail receive mail, too (docs/interop.md). */
function usagesOf({ profile, use, name }: Leaf): string[] {
  if (use === 'client') return ['C'];
  if (use === 'server') return ['V'];
  if (profile.endsWith('-encrypt')) return ['R'];
  return name.endsWith('-rsa') ? ['S'] : ['S', 'R'];
}

describe.skipIf(!nss)('NSS certutil with imported CRLs', () => {
  let database: NssDatabase;
  beforeAll(async () => {
    database = await NssDatabase.make();
    await database.addCas({ crls: true });
    for (const { name } of leaves) await database.addCertificate(name, world().at(`${name}.pem`));
  });
  const check = (name: string, usage: string) =>
    run('certutil', ['-V', '-e', '-d', database.name, '-n', name, '-u', usage]);

  it('has taken a CRL of every CA', async () => {
    const list = await runWell('crlutil', ['-L', '-d', database.name]);
    for (const nickname of ['root', ...caIds.map((id) => `ca-${id}`)])
      expect(list).toMatch(new RegExp(`^${nickname} +CRL`, 'm'));
  });

  it.each(goodLeaves)('takes $name for its usages only', async (leaf) => {
    for (const usage of USAGES) {
      const { code, text } = await check(leaf.name, usage);
      if (usagesOf(leaf).includes(usage)) expect([code, text]).toEqual([0, 'certutil: certificate is valid\n']);
      else expect([code, text]).toEqual([255, expect.stringMatching(/type not approved|key usage inadequate/)]);
    }
  });

  it.each(leaves.filter(({ state }) => state !== 'good'))('refuses $name, $state', async ({ name }) => {
    const { code, text } = await check(name, 'C');
    expect([code, text]).toEqual([255, expect.stringContaining('has been revoked')]);
  });

  it('does not take a CRL that another CA has signed', async () => {
    const other = await NssDatabase.make();
    const { crl } = world();
    const imported = await run('crlutil', ['-I', '-d', other.name, '-i', crl('tls')]);
    expect([imported.code === 0, imported.text]).toEqual([false, expect.stringMatching(/unable to import|error/i)]);
  });
});

describe.skipIf(!nss)('NSS vfychain over the network', () => {
  let database: NssDatabase;
  beforeAll(async () => {
    database = await NssDatabase.make();
  });
  const USAGE = { client: '0', server: '1', mail: '4' } as const;
  const fresh = (method: string) => ['-g', 'leaf', '-h', 'requireFreshInfo', '-m', method, '-s', 'failIfNoInfo'];
  const check = (leaf: Leaf, ...options: string[]) => {
    const { at, ca } = world();
    const usage = leaf.profile.endsWith('-encrypt') ? '5' : USAGE[leaf.use];
    const path = ['-a', at(`${leaf.name}.pem`), '-a', ca(leaf.ca)];
    return run('vfychain', ['-d', database.name, '-pp', '-u', usage, ...options, ...path]);
  };

  it.each(leaves.flatMap((leaf) => ['ocsp', 'crl'].map((method) => ({ ...leaf, method }))))(
    '$name by the $method that it points to',
    async (leaf) => {
      const { code, text } = await check(leaf, ...fresh(leaf.method));
      if (leaf.state === 'good') expect([code, text.trim()]).toEqual([0, 'Chain is good!']);
      else expect([code, text]).toEqual([1, expect.stringContaining('has been revoked')]);
    },
  );

  it('takes user-auth under its own policies only', async () => {
    const user = leaves.find(({ name }) => name === 'user-auth') as Leaf;
    const manifest = JSON.parse(readFileSync(world().at('manifest.json'), 'utf8')) as {
      policyOids: Record<string, string[]>;
    };
    for (const oid of manifest.policyOids['user-auth'] ?? [])
      expect((await check(user, '-o', `OID.${oid}`)).text).toContain('Chain is good!');
    expect((await check(user, '-o', 'OID.1.3.6.1.4.1.32473.1.1.1')).text).toContain('fails policy validation');
  });

  it('finds the issuing CA by the pointer in the certificate', async () => {
    const leaf = ['-u', '0', '-a', world().at('user-auth.pem')];
    const alone = await NssDatabase.make();
    expect((await run('vfychain', ['-d', alone.name, '-pp', ...leaf])).text).toContain('issuer is not recognized');
    expect((await run('vfychain', ['-d', alone.name, '-pp', '-f', ...leaf])).text).toContain('Chain is good!');
  });
});

describe.skipIf(!nss)('PKCS#12 by NSS pk12util', () => {
  it.each(['user-auth', 'user-sign', 'user-encrypt'])('imports %s.p12 with its key', async (name) => {
    const { at } = world();
    const database = await NssDatabase.make();
    const wrong = await run('pk12util', ['-i', at(`${name}.p12`), '-d', database.name, '-W', 'wrong']);
    expect([wrong.code === 0, wrong.text]).toEqual([false, expect.stringContaining('PKCS12 decode')]);
    await database.addPkcs12(name);
    expect(await runWell('certutil', ['-K', '-d', database.name])).toMatch(/< 0> (ec|rsa) /);
    const list = await runWell('certutil', ['-L', '-d', database.name]);
    expect(list).toMatch(/u,u,u/);
  });
});

describe.skipIf(!nss)('S/MIME between NSS cmsutil and openssl cms', () => {
  const MESSAGE = 'Content-Type: text/plain\r\n\r\nHe pukapuka mō te Tahua.\r\n';
  const signers = goodLeaves.filter(({ profile }) => profile.endsWith('-sign'));
  const rsaRecipients = ['gateway-encrypt', 'user-encrypt'];
  const holders = new Map<string, NssDatabase>();
  let reader: NssDatabase;

  beforeAll(async () => {
    writeFileSync(world().at('nss-message'), MESSAGE);
    reader = await NssDatabase.make();
    await reader.addCas({ crls: true });
    for (const name of [...signers.map((leaf) => leaf.name), ...rsaRecipients]) {
      const database = await NssDatabase.make();
      await database.addCas({ crls: false });
      await database.addKey(name);
      holders.set(name, database);
    }
  });
  const holder = (name: string) => holders.get(name)?.name ?? '';

  it.each(signers)('$name signs with NSS, openssl verifies', async ({ name }) => {
    const { at, root, chain } = world();
    const signed = at(`${name}.nss-signed`);
    // Signed attributes as S/MIME wants them (-G), and no key to encrypt to: ours never do both (-Y).
    const key = ['-d', holder(name), '-N', name, '-H', 'SHA384', '-G', '-Y', 'NONE'];
    await runWell('cmsutil', ['-S', ...key, '-i', at('nss-message'), '-o', signed]);
    const check = ['-CAfile', root, '-certfile', chain, '-purpose', 'smimesign'];
    const { text } = await run('openssl', ['cms', '-verify', '-inform', 'DER', '-in', signed, ...check]);
    expect(text).toBe(`${MESSAGE}CMS Verification successful\n`);
  });

  /** A message signed by openssl, read by NSS in a database with the CRLs. */
  async function readSigned(name: string) {
    const { at, chain } = world();
    const signed = at(`${name}.for-nss`);
    const key = ['-signer', at(`${name}.pem`), '-inkey', at(`${name}.key`), '-certfile', chain, '-md', 'sha384'];
    const form = ['-nodetach', '-binary', '-outform', 'DER', '-out', signed];
    await runWell('openssl', ['cms', '-sign', '-in', at('nss-message'), ...key, ...form]);
    return run('cmsutil', ['-D', '-h', '0', '-u', '4', '-d', reader.name, '-i', signed]);
  }

  it.each(signers)('$name signs with openssl, NSS verifies', async ({ name }) => {
    const { code, text } = await readSigned(name);
    expect(code).toBe(0);
    expect(text).toContain('signer0.status=GoodSignature');
  });

  it('finds a revoked signer and one that may not sign mail', async () => {
    for (const name of ['revoked', 'user-auth']) {
      const { text } = await readSigned(name);
      expect(text, name).toContain('signer0.status=');
      expect(text, name).not.toContain('GoodSignature');
    }
  });

  it.each(rsaRecipients)('%s: NSS encrypts, openssl decrypts, and the other way round', async (name) => {
    const { at } = world();
    const sealed = at(`${name}.nss-sealed`);
    const [address = ''] = (await runWell('openssl', ['x509', '-in', at(`${name}.pem`), '-noout', '-email'])).split(
      '\n',
    );
    await runWell('cmsutil', ['-E', '-d', holder(name), '-r', address, '-i', at('nss-message'), '-o', sealed]);
    const key = ['-recip', at(`${name}.pem`), '-inkey', at(`${name}.key`)];
    const { stdout } = await run('openssl', ['cms', '-decrypt', '-binary', '-inform', 'DER', '-in', sealed, ...key]);
    expect(stdout.toString()).toBe(MESSAGE);

    const form = ['-binary', '-outform', 'DER', '-out', sealed, '-recip', at(`${name}.pem`)];
    await runWell('openssl', ['cms', '-encrypt', '-aes-256-cbc', '-in', at('nss-message'), ...form]);
    const opened = await run('cmsutil', ['-D', '-d', holder(name), '-i', sealed]);
    expect(opened.stdout.toString()).toBe(MESSAGE);
    const stranger = await run('cmsutil', ['-D', '-d', holder('user-sign'), '-i', sealed]);
    expect(stranger.code).not.toBe(0);
  });
});
