import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import {
  assembleOcspResponse,
  buildResponseData,
  encodeCertId,
  ocspErrorResponse,
  type ResponseData,
  type SingleResponse,
} from '@see/ocsp';
import {
  assembleSigned,
  buildTbsCertificate,
  type Extension,
  encodeName,
  extKeyUsage,
  type KeyUsageName,
  keyUsage,
  oid,
  parseCertificate,
  parseSpki,
  signatureAlgorithm,
} from '@see/x509';
import { describe, expect, it } from 'vitest';
import { type OcspQuestion, OcspVerificationError, verifyOcspResponse } from './verify-ocsp-response.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const hours = (count: number): Date => new Date(NOW.getTime() + count * 3_600_000);
const ALGORITHM = signatureAlgorithm('ecdsa-sha384');
const CA_NAME = encodeName([[{ type: oid.commonName, value: 'Test CA' }]]);
const SERIAL = Uint8Array.fromHex('40000000000000000000000000000001');
const NONCE = new Uint8Array(32).fill(7);

interface Keys {
  readonly privateKey: KeyObject;
  readonly spki: Uint8Array;
}

function newKey(): Keys {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  return { privateKey, spki: new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })) };
}

interface Certified {
  readonly key: Keys;
  readonly by?: Keys;
  readonly issuerDer?: Uint8Array;
  readonly subjectDer?: Uint8Array;
  readonly usage?: KeyUsageName;
  readonly purposes?: readonly string[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

/** A responder's certificate as it should be, but for what is given. */
function certify(given: Certified): Uint8Array {
  const { key, by = caKey, purposes = [oid.ocspSigning] } = given;
  const extensions: Extension[] = [keyUsage([given.usage ?? 'digitalSignature'])];
  if (purposes.length > 0) extensions.push(extKeyUsage(purposes));
  const tbs = buildTbsCertificate({
    serialNumber: SERIAL,
    signatureAlgorithmDer: ALGORITHM,
    issuerDer: given.issuerDer ?? CA_NAME,
    notBefore: given.notBefore ?? hours(-24),
    notAfter: given.notAfter ?? hours(24),
    subjectDer: given.subjectDer ?? encodeName([[{ type: oid.commonName, value: 'Responder' }]]),
    spki: key.spki,
    extensions,
  });
  return assembleSigned(tbs, ALGORITHM, new Uint8Array(sign('sha384', tbs, by.privateKey)));
}

const caKey = newKey();
const key = newKey();
const issuer = parseCertificate(certify({ key: caKey, usage: 'keyCertSign', purposes: [] }));
// The CA's subject is that of the name its certificates carry.
const ca = Object.assign(Object.create(Object.getPrototypeOf(issuer)), issuer, {
  subjectDer: CA_NAME,
}) as typeof issuer;
const delegate = certify({ key });

const sha1 = (octets: Uint8Array): Uint8Array => new Uint8Array(createHash('sha1').update(octets).digest());
const idOf = (serialNumber: Uint8Array, of = caKey): Uint8Array =>
  encodeCertId({
    hashAlgorithm: 'sha1',
    issuerNameHash: sha1(CA_NAME),
    issuerKeyHash: sha1(parseSpki(of.spki).publicKeyBits),
    serialNumber,
  });
const certId = idOf(SERIAL);

interface Answer {
  readonly single?: Partial<SingleResponse>;
  readonly data?: Partial<ResponseData>;
  readonly signer?: Keys;
  /** Whose key the answer names. */
  readonly named?: Keys;
  readonly certs?: readonly Uint8Array[];
}

/** An answer as it should be, but for what is given. */
function answer({ single, data, signer = key, named = signer, certs = [delegate] }: Answer = {}): Uint8Array {
  const tbs = buildResponseData({
    responderKeyHash: sha1(parseSpki(named.spki).publicKeyBits),
    producedAt: NOW,
    responses: [{ certIdDer: certId, status: { kind: 'good' }, thisUpdate: NOW, nextUpdate: hours(12), ...single }],
    ...data,
  });
  return assembleOcspResponse(tbs, ALGORITHM, new Uint8Array(sign('sha384', tbs, signer.privateKey)), certs);
}

const asked = (more: Partial<OcspQuestion> = {}): OcspQuestion => ({ certId, issuer: ca, now: NOW, ...more });

function codeOf(der: Uint8Array, question = asked()): string {
  try {
    verifyOcspResponse(der, question);
    return 'believed';
  } catch (error) {
    return error instanceof OcspVerificationError ? error.code : String(error);
  }
}

const stranger = newKey();

describe('REV-34 a client', () => {
  it('believes the delegate and the CA key itself', () => {
    const verdict = { status: { kind: 'good' }, thisUpdate: NOW, nextUpdate: hours(12), hasNonce: false };
    expect(verifyOcspResponse(answer(), asked())).toEqual(verdict);
    expect(verifyOcspResponse(answer({ signer: caKey, certs: [] }), asked())).toEqual(verdict);
    const revoked = { kind: 'revoked', revocationTime: hours(-1), reason: 4 } as const;
    expect(verifyOcspResponse(answer({ single: { status: revoked } }), asked()).status).toEqual(revoked);
  });

  it.each<[string, Answer, string]>([
    ['of another certificate', { single: { certIdDer: idOf(Uint8Array.fromHex('41')) } }, 'other-certificate'],
    ['of the same number of another CA', { single: { certIdDer: idOf(SERIAL, stranger) } }, 'other-certificate'],
    ['by a key that nobody certified', { signer: stranger, certs: [] }, 'not-authorised'],
    [
      'by a key that certified itself',
      { signer: stranger, certs: [certify({ key: stranger, by: stranger })] },
      'not-authorised',
    ],
    ['by a delegate of another name', { certs: [certify({ key, issuerDer: encodeName([]) })] }, 'not-authorised'],
    ['by a certificate that is not for OCSP', { certs: [certify({ key, purposes: [] })] }, 'not-authorised'],
    ['by one for other purposes', { certs: [certify({ key, purposes: [oid.clientAuth] })] }, 'not-authorised'],
    ['by a key that may not sign', { certs: [certify({ key, usage: 'keyAgreement' })] }, 'not-authorised'],
    ['by a delegate that has ended', { certs: [certify({ key, notAfter: hours(-1) })] }, 'not-authorised'],
    ['by a delegate that has not begun', { certs: [certify({ key, notBefore: hours(1) })] }, 'not-authorised'],
    ['that names the delegate and is signed by another', { signer: stranger, named: key }, 'bad-signature'],
    ['that begins in the future', { single: { thisUpdate: hours(0.1), nextUpdate: hours(12) } }, 'not-yet-valid'],
    ['that was made in the future', { data: { producedAt: hours(0.1) } }, 'not-yet-valid'],
    ['that has ended', { single: { thisUpdate: hours(-12), nextUpdate: hours(-0.1) } }, 'too-old'],
  ])('refuses one %s', (_name, given, code) => expect(codeOf(answer(given))).toBe(code));

  it('allows clocks five minutes, or what it is told', () => {
    const early = answer({ single: { thisUpdate: hours(4 / 60) } });
    expect([codeOf(early), codeOf(early, asked({ skew: 0 }))]).toEqual(['believed', 'not-yet-valid']);
    const late = answer({ single: { thisUpdate: hours(-1), nextUpdate: hours(-4 / 60) } });
    expect([codeOf(late), codeOf(late, asked({ skew: 0 }))]).toEqual(['believed', 'too-old']);
  });

  it('refuses another nonce, and takes none for an answer made before', () => {
    const withNonce = answer({ data: { nonce: NONCE } });
    expect(verifyOcspResponse(withNonce, asked({ nonce: NONCE })).hasNonce).toBe(true);
    expect(codeOf(withNonce, asked({ nonce: new Uint8Array(32) }))).toBe('other-nonce');
    expect(verifyOcspResponse(answer(), asked({ nonce: NONCE })).hasNonce).toBe(false);
    expect(verifyOcspResponse(withNonce, asked()).hasNonce).toBe(false);
  });

  it('refuses a critical extension that it does not know', () => {
    const unknown = { oid: '1.3.6.1.4.1.32473.1', critical: true, value: Uint8Array.of(5, 0) };
    expect(codeOf(answer({ single: { singleExtensions: [unknown] } }))).toBe('unknown-critical');
    expect(codeOf(answer({ single: { singleExtensions: [{ ...unknown, critical: false }] } }))).toBe('believed');
  });

  it('says what an answer without content says, and refuses one octet that differs', () => {
    expect(() => verifyOcspResponse(ocspErrorResponse('tryLater'), asked())).toThrow(
      expect.objectContaining({ code: 'not-successful', responseStatus: 'tryLater' }),
    );
    const der = answer();
    for (const at of [der.length - 1, 60, 120]) {
      const changed = Uint8Array.from(der);
      changed[at] = (changed[at] as number) ^ 1;
      expect(codeOf(changed), `octet ${at}`).not.toBe('believed');
    }
  });
});
