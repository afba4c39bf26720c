import { execFileSync } from 'node:child_process';
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DerError,
  derExplicit,
  derGeneralizedTime,
  derInteger,
  derNull,
  derOctetString,
  derOid,
  derSequence,
  equalBytes,
} from '@see/asn1';
import * as x509 from '@see/x509';
import * as pkijs from 'pkijs';
import { afterAll, describe, expect, it } from 'vitest';
import * as ocsp from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'see-ocsp-'));
afterAll(() => rmSync(folder, { recursive: true }));

const algorithm = x509.signatureAlgorithm('ecdsa-sha384');
const now = new Date(Math.floor(Date.now() / 1000) * 1000);
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const spkiOf = (key: KeyObject) => new Uint8Array(key.export({ type: 'spki', format: 'der' }));
const digest = (name: string, bytes: Uint8Array) => new Uint8Array(createHash(name).update(bytes).digest());
const signed = (tbs: Uint8Array, key: KeyObject) =>
  x509.assembleSigned(tbs, algorithm, new Uint8Array(sign('sha384', tbs, key)));

const ca = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const delegate = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const caName = x509.encodeName([[{ type: x509.oid.commonName, value: 'OCSP Test CA' }]]);
const delegateName = x509.encodeName([[{ type: x509.oid.commonName, value: 'OCSP Test Responder' }]]);
const caBits = x509.parseSpki(spkiOf(ca.publicKey)).publicKeyBits;
const delegateBits = x509.parseSpki(spkiOf(delegate.publicKey)).publicKeyBits;

function certificate(serial: number, subjectDer: Uint8Array, key: KeyObject, extensions: x509.Extension[]): Uint8Array {
  const tbs = x509.buildTbsCertificate({
    serialNumber: Uint8Array.of(serial),
    signatureAlgorithmDer: algorithm,
    issuerDer: caName,
    subjectDer,
    notBefore: later(-3600),
    notAfter: later(86_400 * 14),
    spki: spkiOf(key),
    extensions: [...extensions, x509.authorityKeyIdentifier(digest('sha256', caBits).subarray(0, 20))],
  });
  return signed(tbs, ca.privateKey);
}

const caDer = certificate(1, caName, ca.publicKey, [
  x509.basicConstraints({ cA: true }),
  x509.keyUsage(['keyCertSign', 'cRLSign']),
  x509.subjectKeyIdentifier(digest('sha256', caBits).subarray(0, 20)),
]);
const delegateDer = certificate(2, delegateName, delegate.publicKey, [
  x509.keyUsage(['digitalSignature']),
  x509.extKeyUsage([x509.oid.ocspSigning]),
  x509.ocspNoCheck(),
]);
writeFileSync(join(folder, 'ca.pem'), x509.encodePem('CERTIFICATE', caDer));

const certIdOf = (serial: number, hash: 'sha1' | 'sha256' = 'sha256') =>
  ocsp.encodeCertId({
    hashAlgorithm: hash,
    issuerNameHash: digest(hash, caName),
    issuerKeyHash: digest(hash, caBits),
    serialNumber: Uint8Array.of(serial),
  });

function respond(responses: ocsp.SingleResponse[], more: Partial<ocsp.ResponseData> = {}): Uint8Array {
  const tbs = ocsp.buildResponseData({
    responderKeyHash: digest('sha1', delegateBits),
    producedAt: now,
    responses,
    ...more,
  });
  return ocsp.assembleOcspResponse(tbs, algorithm, new Uint8Array(sign('sha384', tbs, delegate.privateKey)), [
    delegateDer,
  ]);
}
const single = (serial: number, status: ocsp.CertStatus, hash: 'sha1' | 'sha256' = 'sha256'): ocsp.SingleResponse => ({
  certIdDer: certIdOf(serial, hash),
  status,
  thisUpdate: now,
  nextUpdate: later(3600),
});

const openssl = (...args: string[]) =>
  execFileSync('openssl', ['ocsp', '-issuer', 'ca.pem', '-CAfile', 'ca.pem', '-respin', 'response.der', ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'pipe'],
  });

function opensslSays(response: Uint8Array, serial: string, ...hash: string[]): string {
  writeFileSync(join(folder, 'response.der'), response);
  return openssl('-no_nonce', ...hash, '-serial', serial);
}

describe('responses', () => {
  it('are written octet for octet', () => {
    const data = ocsp.buildResponseData({
      responderKeyHash: new Uint8Array(20).fill(0xaa),
      producedAt: new Date('2026-11-22T01:02:03Z'),
      responses: [
        {
          certIdDer: derNull(),
          status: { kind: 'revoked', revocationTime: new Date(0), reason: 6 },
          thisUpdate: new Date('2026-11-22T01:02:03Z'),
          nextUpdate: new Date('2026-11-22T02:02:03Z'),
        },
      ],
      extendedRevoke: true,
    });
    const time = '180f32303236313132323031303230335a';
    const text = x509.toHex(data);
    expect(text).toContain(`a2160414${'aa'.repeat(20)}${time}`);
    expect(text).toContain('a116180f31393730303130313030303030305aa0030a0106');
    expect(text).toContain('a011180f32303236313132323032303230335a');
    expect(text.endsWith('06092b060105050730010904020500')).toBe(true);
    const status = (value: ocsp.CertStatus) =>
      x509.toHex(
        ocsp.buildResponseData({
          responderKeyHash: new Uint8Array(20),
          producedAt: now,
          responses: [single(1, value)],
        }),
      );
    expect(status({ kind: 'good' })).toContain('8000180f');
    expect(status({ kind: 'unknown' })).toContain('8200180f');
    expect(status({ kind: 'revoked', revocationTime: new Date(0), reason: 0 })).toContain(
      'a111180f31393730303130313030303030305a180f',
    );
  });

  it('of the three kinds and a nonce come back', () => {
    const nonce = new Uint8Array(32).fill(3);
    const revocationTime = later(-1000);
    const singleExtensions = [x509.invalidityDate(later(-2000))];
    const response = ocsp.parseOcspResponse(
      respond(
        [
          single(5, { kind: 'good' }),
          { ...single(6, { kind: 'revoked', revocationTime, reason: 1 }), singleExtensions },
          single(7, { kind: 'unknown' }),
        ],
        { nonce },
      ),
    );
    expect(response.status).toBe('successful');
    const { basic } = response as Extract<ocsp.OcspResponse, { status: 'successful' }>;
    expect(basic).toMatchObject({ nonce, producedAt: now, signatureAlgorithm: 'ecdsa-sha384', certs: [delegateDer] });
    expect(basic.responderId).toEqual({ kind: 'byKey', keyHash: digest('sha1', delegateBits) });
    expect(basic.responses.map(({ status }) => status)).toEqual([
      { kind: 'good' },
      { kind: 'revoked', revocationTime, reason: 1 },
      { kind: 'unknown' },
    ]);
    expect(basic.responses[1]?.singleExtensions).toEqual(singleExtensions);
    expect(basic.responses[0]?.nextUpdate).toEqual(later(3600));
  });

  it('are verified by openssl', () => {
    expect(opensslSays(respond([single(5, { kind: 'good' })]), '5', '-sha256')).toContain('5: good');
    const compromised: ocsp.CertStatus = { kind: 'revoked', revocationTime: later(-1000), reason: 1 };
    const revoked = opensslSays(respond([single(6, compromised, 'sha1')]), '6');
    expect(revoked).toContain('6: revoked');
    expect(revoked).toContain('Reason: keyCompromise');
    const hold: ocsp.CertStatus = { kind: 'revoked', revocationTime: new Date(0), reason: 6 };
    const never = opensslSays(respond([single(9, hold)], { extendedRevoke: true }), '9', '-sha256');
    expect(never).toContain('Revocation Time: Jan  1 00:00:00 1970 GMT');
    expect(opensslSays(respond([single(7, { kind: 'unknown' })]), '7', '-sha256')).toContain('7: unknown');
  });

  it('echo the nonce as openssl wants it', () => {
    const nonce = new Uint8Array(32).fill(3);
    writeFileSync(join(folder, 'request.der'), ocsp.buildOcspRequest([certIdOf(5)], nonce));
    writeFileSync(join(folder, 'response.der'), respond([single(5, { kind: 'good' })], { nonce }));
    expect(() => openssl('-reqin', 'request.der')).not.toThrow();
    writeFileSync(
      join(folder, 'response.der'),
      respond([single(5, { kind: 'good' })], { nonce: nonce.map((octet) => octet + 1) }),
    );
    expect(() => openssl('-reqin', 'request.der')).toThrow(/Nonce Verify error/);
  });

  it('are verified by pkijs', async () => {
    const response = pkijs.OCSPResponse.fromBER(respond([single(5, { kind: 'good' }, 'sha1')]));
    const basic = pkijs.BasicOCSPResponse.fromBER(
      response.responseBytes?.response.valueBlock.valueHexView as Uint8Array<ArrayBuffer>,
    );
    expect(await basic.verify({ trustedCerts: [pkijs.Certificate.fromBER(caDer)] })).toBe(true);
    const status = await response.getCertificateStatus(
      pkijs.Certificate.fromBER(certificate(5, delegateName, delegate.publicKey, [x509.ocspNoCheck()])),
      pkijs.Certificate.fromBER(caDer),
    );
    expect(status).toEqual({ isForCertificate: true, status: 0 });
  });

  it('that are errors are five octets', () => {
    for (const [status, number] of [
      ['malformedRequest', 1],
      ['internalError', 2],
      ['tryLater', 3],
      ['unauthorized', 6],
    ] as const) {
      const bytes = ocsp.ocspErrorResponse(status);
      expect(x509.toHex(bytes)).toBe(`30030a010${number}`);
      expect(ocsp.parseOcspResponse(bytes)).toEqual({ status });
    }
  });
});

function codeOf(action: () => unknown): string {
  try {
    action();
    return 'accepted';
  } catch (error) {
    if (error instanceof ocsp.OcspResponseError || error instanceof DerError || error instanceof x509.X509Error)
      return error.code;
    throw error;
  }
}

describe('responses that are refused', () => {
  const wrap = (basic: Uint8Array, type: string = x509.oid.ocspBasic) =>
    derSequence(Uint8Array.of(0x0a, 1, 0), derExplicit(0, derSequence(derOid(type), derOctetString(basic))));
  const time = derGeneralizedTime(now);
  const responder = derExplicit(2, derOctetString(new Uint8Array(20)));
  const data = (...parts: Uint8Array[]) =>
    wrap(x509.assembleSigned(derSequence(...parts), algorithm, Uint8Array.of(1)));
  const list = (...parts: Uint8Array[]) => derSequence(derSequence(certIdOf(5), ...parts));
  it.each<readonly [string, Uint8Array, string]>([
    ['status 4', Uint8Array.of(0x30, 3, 0x0a, 1, 4), 'bad-status'],
    ['status 7', Uint8Array.of(0x30, 3, 0x0a, 1, 7), 'bad-status'],
    ['successful without bytes', Uint8Array.of(0x30, 3, 0x0a, 1, 0), 'bad-structure'],
    ['an error with bytes', derSequence(Uint8Array.of(0x0a, 1, 1), derExplicit(0, derSequence())), 'bad-structure'],
    ['another type', wrap(derSequence(), '1.2.3'), 'bad-response-type'],
    [
      'a version written out',
      data(derExplicit(0, derInteger(0)), responder, time, list(Uint8Array.of(0x80, 0), time)),
      'bad-version',
    ],
    ['no answers', data(responder, time, derSequence()), 'bad-structure'],
    ['a status of tag 3', data(responder, time, list(Uint8Array.of(0x83, 0), time)), 'bad-structure'],
    ['good with content', data(responder, time, list(Uint8Array.of(0x80, 1, 0), time)), 'bad-structure'],
    [
      'an empty list of extensions',
      data(responder, time, list(Uint8Array.of(0x80, 0), time), derExplicit(1, derSequence())),
      'bad-extension',
    ],
    ['no responder', data(time, list(Uint8Array.of(0x80, 0), time)), 'unexpected-tag'],
    ['a constructed good', data(responder, time, list(Uint8Array.of(0xa0, 0), time)), 'bad-structure'],
    ['a sound one', data(responder, time, list(Uint8Array.of(0x80, 0), time)), 'accepted'],
  ])('%s', (_name, bytes, code) => {
    expect(codeOf(() => ocsp.parseOcspResponse(bytes))).toBe(code);
  });
});

const vectors = join(import.meta.dirname, '../../../../shared/vectors');
const seeds = join(vectors, 'malformed-der/boringssl-fuzz');
const present = existsSync(seeds);
if (!present) console.warn(`SKIPPED: the OCSP vectors are not at ${vectors}`);

describe.skipIf(!present)('vectors', () => {
  it('malformed seeds are read or refused', () => {
    let count = 0;
    for (const name of readdirSync(seeds)) {
      for (const file of readdirSync(join(seeds, name))) {
        const bytes = new Uint8Array(readFileSync(join(seeds, name, file)));
        codeOf(() => ocsp.parseOcspResponse(bytes));
        codeOf(() => ocsp.parseBasicOcspResponse(bytes));
        codeOf(() => ocsp.parseResponseData(bytes));
        expect(() => {
          try {
            ocsp.parseOcspRequest(bytes);
          } catch (error) {
            if (!(error instanceof ocsp.OcspRequestError)) throw error;
          }
        }).not.toThrow();
        count++;
      }
    }
    expect(count).toBeGreaterThan(1000);
  });

  it('responses of others are read', () => {
    const folderOfTests = join(vectors, 'openssl/ocsp-tests');
    const files = readdirSync(folderOfTests).filter((file) => file.endsWith('.ors'));
    expect(files.length).toBeGreaterThan(20);
    const outcomes = files.map((file) =>
      codeOf(() =>
        ocsp.parseOcspResponse(
          new Uint8Array(Buffer.from(readFileSync(join(folderOfTests, file), 'latin1'), 'base64')),
        ),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'accepted').length).toBeGreaterThan(20);
  });

  it('the CertID that is sent is the CertID that comes back', () => {
    const request = ocsp.parseOcspRequest(ocsp.buildOcspRequest([certIdOf(5, 'sha1')]));
    const certIdDer = request.requests[0]?.certId.der as Uint8Array;
    const response = ocsp.parseOcspResponse(respond([{ ...single(5, { kind: 'good' }), certIdDer }]));
    expect(
      response.basic && equalBytes(response.basic.responses[0]?.certId.der as Uint8Array, certIdOf(5, 'sha1')),
    ).toBe(true);
  });
});
