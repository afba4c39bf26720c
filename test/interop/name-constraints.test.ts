import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CaId, caConstraints, caExtKeyUsage } from '@see/issuance';
import { type GeneralName, type Name, oid } from '@see/x509';
import { beforeAll, describe, expect, it } from 'vitest';
import { askJava } from './java.ts';
import { PURPOSE } from './purposes.ts';
import { haveTool, run, runWell } from './tool.ts';
import { TrialCa } from './trial-ca.ts';
import { world } from './world.ts';

/** A certificate that our policy would never let through, or would; who of the four clients takes it. */
interface Trial {
  readonly what: string;
  readonly commonName: string;
  readonly country?: string;
  readonly names: readonly GeneralName[];
  /** Clients that take it; the others have to refuse it. */
  readonly takenBy: readonly Client[];
}

const CLIENTS = ['openssl', 'gnutls', 'nss', 'java'] as const;
type Client = (typeof CLIENTS)[number];

const mail = (value: string): GeneralName => ({ kind: 'rfc822Name', value });
const dns = (value: string): GeneralName => ({ kind: 'dNSName', value });
const address = (...octets: number[]): GeneralName => ({ kind: 'iPAddress', bytes: Uint8Array.from(octets) });
const IPV6 = address(0x20, 1, 0xd, 0xb8, ...Array<number>(12).fill(1));

const FITTING: Readonly<Record<CaId, { commonName: string; name: GeneralName }>> = {
  gateway: { commonName: 'domain-signing-authority', name: mail('domain-signing-authority@treasury.govt.nz') },
  individual: { commonName: 'Jane Citizen [SEEKEY PASSPORT]', name: mail('jane.citizen@treasury.govt.nz') },
  operations: { commonName: 'Mere Tahana [SEEKEY PASSPORT]', name: mail('mere.tahana@ssc.govt.nz') },
  tls: { commonName: 'portal.treasury.govt.nz', name: dns('portal.treasury.govt.nz') },
};

/** A fitting certificate, and the same with one thing more or other that the constraints forbid. */
function trialsOf(id: CaId): Trial[] {
  const { commonName, name } = FITTING[id];
  const isTls = id === 'tls';
  const with_ = (what: string, more: GeneralName): Trial => ({ what, commonName, names: [name, more], takenBy: [] });
  return [
    { what: 'a fitting name', commonName, names: [name], takenBy: CLIENTS },
    with_('a host of elsewhere', dns('www.example.com')),
    ...(isTls
      ? [with_('a mail address of ours', mail('jane@treasury.govt.nz'))]
      : [with_('a host of ours', dns('www.govt.nz'))]),
    with_('a mail address of elsewhere', mail('jane@example.com')),
    with_('a mail address whose domain ends alike', mail('jane@notgovt.nz')),
    with_('an IPv4 address', address(192, 0, 2, 1)),
    with_('an IPv6 address', IPV6),
    // GnuTLS does not look at directory names.
    { what: 'another country', commonName, country: 'AU', names: [name], takenBy: ['gnutls'] },
    // RFC 5280 does not apply constraints on DNS names to common names; OpenSSL and Java do where no host is named besides.
    ...(isTls
      ? []
      : [
          {
            what: 'a host as common name',
            commonName: 'www.example.com',
            names: [name],
            takenBy: ['gnutls', 'nss'] as const,
          },
        ]),
  ];
}

const installed: Readonly<Record<Client, boolean>> = {
  openssl: haveTool('openssl', 'apt-get install openssl'),
  gnutls: haveTool('certtool', 'apt-get install gnutls-bin'),
  nss: haveTool('vfychain', 'apt-get install libnss3-tools'),
  java: haveTool('javac', 'apt-get install default-jdk-headless'),
};

describe.each(['gateway', 'individual', 'tls', 'operations'] as const)('name constraints of CA %s', (id) => {
  let folder: string;
  const [purpose, usage, opensslPurpose] = {
    gateway: [PURPOSE.mail, '4', 'smimesign'],
    individual: [PURPOSE.mail, '4', 'smimesign'],
    operations: [PURPOSE.client, '0', 'sslclient'],
    tls: [PURPOSE.server, '1', 'sslserver'],
  }[id] as [string, string, string];
  const trials = trialsOf(id);
  const path = (index: number) => join(folder, `${index}.path.pem`);

  beforeAll(() => {
    folder = mkdtempSync(world().at('constraints-'));
    const permittedDomains = ['govt.nz', 'parliament.nz', 'localhost'];
    const ca = new TrialCa(caConstraints(id, { country: 'NZ', permittedDomains }), caExtKeyUsage(id));
    writeFileSync(join(folder, 'root.pem'), ca.rootPem);
    writeFileSync(join(folder, 'ca.pem'), ca.caPem);
    trials.forEach(({ commonName, country = 'NZ', names }, index) => {
      const subject: Name = [
        [{ type: oid.countryName, value: country }],
        [{ type: oid.organizationName, value: 'The Treasury' }],
        [{ type: oid.commonName, value: commonName }],
      ];
      ca.leaf(folder, String(index), subject, names, purpose);
    });
  });

  /** What was taken by a client, in words, out of all trials. */
  const taken = (client: Client) => trials.filter(({ takenBy }) => takenBy.includes(client)).map(({ what }) => what);
  const whats = (codes: readonly boolean[]) => trials.filter((_, index) => codes[index]).map(({ what }) => what);
  const each = (check: (index: number) => Promise<boolean>) => Promise.all(trials.map((_, index) => check(index)));

  it.skipIf(!installed.openssl)('on OpenSSL', async () => {
    const root = ['-x509_strict', '-CAfile', join(folder, 'root.pem'), '-purpose', opensslPurpose];
    const codes = await each(async (index) => {
      const { code, text } = await run('openssl', ['verify', ...root, '-untrusted', path(index), path(index)]);
      if (code !== 0) expect(text, trials[index]?.what).toMatch(/(permitted|excluded) subtree violation/);
      return code === 0;
    });
    expect(whats(codes)).toEqual(taken('openssl'));
  });

  it.skipIf(!installed.gnutls)('on GnuTLS', async () => {
    const root = ['--load-ca-certificate', join(folder, 'root.pem'), '--verify-purpose', purpose];
    const codes = await each(async (index) => {
      const { code, text } = await run('certtool', ['--verify', ...root, '--infile', path(index)]);
      if (code !== 0) expect(text, trials[index]?.what).toContain("violates the signer's constraints");
      return code === 0;
    });
    expect(whats(codes)).toEqual(taken('gnutls'));
  });

  it.skipIf(!installed.nss)('on NSS', async () => {
    const database = `sql:${join(folder, 'nss')}`;
    mkdirSync(join(folder, 'nss'));
    await runWell('certutil', ['-N', '-d', database, '--empty-password']);
    const root = ['-n', 'root', '-t', 'CT,C,C', '-i', join(folder, 'root.pem')];
    await runWell('certutil', ['-A', '-d', database, ...root]);
    // libpkix says of a violation only that an argument is invalid.
    for (const [library, reason] of [
      [[], /not permitted to issue a certificate with this name/],
      [['-pp'], /ERROR -8187: security library: invalid arguments/],
    ] as const) {
      const codes = await each(async (index) => {
        const files = ['-a', join(folder, `${index}.pem`), '-a', join(folder, 'ca.pem')];
        const { code, text } = await run('vfychain', ['-d', database, ...library, '-u', usage, ...files]);
        if (code !== 0) expect(text, trials[index]?.what).toMatch(reason);
        return code === 0;
      });
      expect(whats(codes), `with ${library.length > 0 ? 'libpkix' : 'the classic library'}`).toEqual(taken('nss'));
    }
  });

  it.skipIf(!installed.java)('on Java', async () => {
    const answers = await askJava(trials.map((_, index) => ['plain', path(index), join(folder, 'root.pem')]));
    for (const answer of answers)
      expect(answer).toMatch(/^OK |^REFUSED INVALID_NAME at 0: name constraints check failed/);
    expect(whats(answers.map((answer) => answer.startsWith('OK ')))).toEqual(taken('java'));
  });
});
