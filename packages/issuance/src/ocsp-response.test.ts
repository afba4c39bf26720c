import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto';
import { encodeCertId, parseOcspResponse, type SingleResponse } from '@see/ocsp';
import {
  assembleSigned,
  authorityKeyIdentifier,
  basicConstraints,
  buildTbsCertificate,
  encodeName,
  extKeyUsage,
  keyUsage,
  ocspNoCheck,
  oid,
  parseCertificate,
  signatureAlgorithm,
  subjectKeyIdentifier,
} from '@see/x509';
import { describe, expect, it } from 'vitest';
import { keyIdentifier, ocspKeyHash } from './key-identifier.ts';
import { IssuanceError } from './linted-tbs.ts';
import { ocspDelegate, prepareOcspResponse, restoreOcspResponse } from './ocsp-response.ts';
import type { SigningKey } from './signing-key.ts';

const now = new Date('2026-11-22T00:00:00Z');
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const CA_NAME = encodeName([[{ type: oid.commonName, value: 'Test CA' }]]);
const SERIAL = Uint8Array.fromHex('40000000000000000000000000000001');

function newKey(): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
  const spki = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }));
  return { algorithm: 'ecdsa-sha384', spki, publicKey, sign: async (bytes) => sign('sha384', bytes, privateKey) };
}

async function certificate(key: SigningKey, name: string, issuer: SigningKey, isCa: boolean): Promise<Uint8Array> {
  const tbs = buildTbsCertificate({
    serialNumber: isCa ? SERIAL : Uint8Array.fromHex('40000000000000000000000000000002'),
    signatureAlgorithmDer: signatureAlgorithm('ecdsa-sha384'),
    issuerDer: CA_NAME,
    notBefore: later(-1),
    notAfter: later(14 * 24 - 2),
    subjectDer: encodeName([[{ type: oid.commonName, value: name }]]),
    spki: key.spki,
    extensions: [
      authorityKeyIdentifier(keyIdentifier(issuer.spki)),
      subjectKeyIdentifier(keyIdentifier(key.spki)),
      ...(isCa
        ? [basicConstraints({ cA: true }), keyUsage(['keyCertSign', 'cRLSign'])]
        : [keyUsage(['digitalSignature']), extKeyUsage([oid.ocspSigning]), ocspNoCheck()]),
    ],
  });
  return assembleSigned(tbs, signatureAlgorithm('ecdsa-sha384'), await issuer.sign(tbs));
}

const caKey = newKey();
const key = newKey();
const issuer = await certificate(caKey, 'Test CA', caKey, true);
const delegateDer = await certificate(key, 'Test responder', caKey, false);
const delegate = ocspDelegate(key, delegateDer, parseCertificate(delegateDer).notAfter);

function single(more: Partial<SingleResponse> = {}): SingleResponse {
  const { subjectDer, spki } = parseCertificate(issuer);
  return {
    certIdDer: encodeCertId({
      hashAlgorithm: 'sha1',
      issuerNameHash: new Uint8Array(createHash('sha1').update(subjectDer).digest()),
      issuerKeyHash: ocspKeyHash(spki),
      serialNumber: SERIAL,
    }),
    status: { kind: 'good' },
    thisUpdate: now,
    nextUpdate: later(12),
    ...more,
  };
}

describe('OCSP response', () => {
  it('is signed by the delegate, who is in it', async () => {
    const nonce = new Uint8Array(32).fill(7);
    const input = { issuer, delegate, producedAt: now, responses: [single()], nonce };
    const { der, signature } = await prepareOcspResponse(input).sign();
    const { basic } = parseOcspResponse(der);
    expect(basic?.certs).toEqual([delegateDer]);
    expect(basic?.nonce).toEqual(nonce);
    expect(basic?.responderId).toEqual({ kind: 'byKey', keyHash: ocspKeyHash(key.spki) });
    expect(basic && verify('sha384', basic.tbs, key.publicKey, basic.signature)).toBe(true);
    expect(restoreOcspResponse(input, signature)).toEqual(der);
  });

  it('is signed once', async () => {
    const prepared = prepareOcspResponse({ issuer, delegate, producedAt: now, responses: [single()] });
    await prepared.sign();
    await expect(prepared.sign()).rejects.toMatchObject({ code: 'already-used' });
  });

  it('for one client is the same, and is signed once too', async () => {
    const input = { issuer, delegate, producedAt: now, responses: [single()], nonce: new Uint8Array(32).fill(7) };
    const prepared = prepareOcspResponse(input);
    const { basic } = parseOcspResponse(await prepared.signForOne());
    expect(basic?.certs).toEqual([delegateDer]);
    expect(basic && verify('sha384', basic.tbs, key.publicKey, basic.signature)).toBe(true);
    await expect(prepared.signForOne()).rejects.toMatchObject({ code: 'already-used' });
    await expect(prepared.sign()).rejects.toMatchObject({ code: 'already-used' });
  });

  const epoch = { kind: 'revoked', revocationTime: new Date(0), reason: 6 } as const;
  it.each<[string, Partial<SingleResponse>, object, string]>([
    ['nextUpdate beyond the delegate (REV-24)', { nextUpdate: later(15 * 24) }, {}, 'no-time-left'],
    ['never issued without extended-revoke (REV-26)', { status: epoch }, {}, 'lint-failed'],
    ['a nonce without octets (REV-30)', {}, { nonce: new Uint8Array(0) }, 'lint-failed'],
    ['nextUpdate before thisUpdate', { nextUpdate: later(-1) }, {}, 'lint-failed'],
  ])('refuses %s', (_, response, more, code) => {
    const prepare = () =>
      prepareOcspResponse({ issuer, delegate, producedAt: now, responses: [single(response)], ...more });
    expect(prepare).toThrow(IssuanceError);
    expect(prepare).toThrow(expect.objectContaining({ code }));
  });

  it('takes never issued with extended-revoke', async () => {
    const responses = [single({ status: epoch, nextUpdate: later(0.05) })];
    const { der } = await prepareOcspResponse({
      issuer,
      delegate,
      producedAt: now,
      responses,
      extendedRevoke: true,
    }).sign();
    expect(parseOcspResponse(der).basic?.responses[0]?.status).toEqual(epoch);
  });
});
