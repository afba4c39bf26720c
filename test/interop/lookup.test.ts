import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { oid, parseSubjectKeyIdentifier } from '@see/x509';
import { describe, expect, it } from 'vitest';
import { readCertificate } from './read-certificate.ts';
import { haveTool, run } from './tool.ts';
import { world } from './world.ts';

const curl = haveTool('curl', 'apt-get install curl');

/** A search as a gateway makes it: status, headers and body of `curl`. */
async function search(store: 'certs' | 'crls', attribute: string, value: string) {
  const url = `${world().vaUrl}/${store}/search.cgi?${attribute}=${encodeURIComponent(value)}`;
  const { stdout } = await run('curl', ['-sS', '-i', url]);
  const end = stdout.indexOf('\r\n\r\n');
  const head = stdout.subarray(0, end).toString('latin1');
  return { status: Number(head.match(/^HTTP\S+ (\d+)/)?.[1]), head, body: stdout.subarray(end + 4) };
}

/** SHA-1 in base64 without padding (RFC 4387 2.1). */
const hash = (octets: Uint8Array) => createHash('sha1').update(octets).digest('base64').slice(0, 27);

const fingerprint = (der: Uint8Array) => new X509Certificate(der).fingerprint256;
const pemFingerprint = (name: string) => new X509Certificate(readFileSync(world().at(`${name}.pem`))).fingerprint256;

describe.skipIf(!curl)('look-up of encryption certificates by curl (RFC 3183, RFC 4387)', () => {
  it.each([
    ['treasury.govt.nz', 'gateway-encrypt'],
    ['dpmc.govt.nz', 'gateway-encrypt-ec'],
  ])('the domain confidentiality authority of %s by its mail address', async (domain, name) => {
    for (const attribute of ['email', 'uri']) {
      const found = await search('certs', attribute, `domain-confidentiality-authority@${domain}`);
      expect([found.status, fingerprint(found.body)]).toEqual([200, pemFingerprint(name)]);
      expect(found.head).toMatch(/^content-type: application\/pkix-cert\r?$/im);
      expect(found.head).toMatch(/^content-length: \d+\r?$/im);
      expect(found.head).not.toMatch(/transfer-encoding|content-encoding/i);
    }
  });

  it.each([
    ['certHash', 'gateway-encrypt'],
    ['iAndSHash', 'gateway-encrypt'],
    ['sKIDHash', 'gateway-encrypt'],
    ['sHash', 'gateway-encrypt'],
    ['sKIDHash', 'user-encrypt'],
  ] as const)('by %s', async (attribute, name) => {
    const certificate = readCertificate(world().at(`${name}.pem`));
    const identifier = certificate.extension(oid.subjectKeyIdentifier);
    const serial = Uint8Array.from([2, certificate.serialNumber.length, ...certificate.serialNumber]);
    const content = Uint8Array.from([...certificate.issuerDer, ...serial]);
    const octets = {
      certHash: certificate.der,
      iAndSHash: Uint8Array.from([0x30, content.length, ...content]),
      sKIDHash: parseSubjectKeyIdentifier(identifier?.value ?? new Uint8Array()),
      sHash: certificate.subjectDer,
    }[attribute];
    const found = await search('certs', attribute, hash(octets));
    expect([found.status, fingerprint(found.body)]).toEqual([200, pemFingerprint(name)]);
  });

  it('by the common name of RFC 3183: both agencies, as multipart', async () => {
    const found = await search('certs', 'name', 'domain-confidentiality-authority');
    expect([found.status, found.head]).toEqual([200, expect.stringMatching(/content-type: multipart\/mixed/i)]);
    expect(found.body.toString('latin1').match(/Content-Type: application\/pkix-cert/g)).toHaveLength(2);
  });

  it.each([
    ['an address that nobody has', 'email', 'domain-confidentiality-authority@mfat.govt.nz', 404],
    ['the signing authority: nothing to encrypt to', 'email', 'domain-signing-authority@treasury.govt.nz', 404],
    ['everybody', 'email', '*', 404],
    ['a hash that is none', 'certHash', 'not-a-hash', 400],
    ['an attribute that is none', 'serial', '1', 400],
  ])('has no answer for %s', async (_what, attribute, value, status) => {
    expect((await search('certs', attribute, value)).status).toBe(status);
  });

  it('the CRL by the hash of its issuer', async () => {
    const { ca, crl } = world();
    const found = await search('crls', 'iHash', hash(readCertificate(ca('gateway')).subjectDer));
    expect([found.status, found.body.equals(readFileSync(crl('gateway')))]).toEqual([200, true]);
    expect(found.head).toMatch(/content-type: application\/pkix-crl/i);
  });

  it('does not find a revoked certificate by its holder', async () => {
    const [address = ''] = (
      await run('openssl', ['x509', '-in', world().at('revoked.pem'), '-noout', '-email'])
    ).text.split('\n');
    expect(address).toContain('@');
    expect((await search('certs', 'email', address)).status).toBe(404);
  });
});
