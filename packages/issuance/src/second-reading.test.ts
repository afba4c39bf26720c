import {
  buildTbsCertificate,
  crlDistributionPoints,
  encodeName,
  freshestCrl,
  type GeneralName,
  keyUsage,
  type Name,
  oid,
  signatureAlgorithm,
  subjectAltName,
} from '@see/x509';
import { describe, expect, it } from 'vitest';
import { NOW, sampleKey, sampleSerial } from './sample-cas.ts';
import { assertSecondReading } from './second-reading.ts';

const issuer = sampleKey();
const subject = sampleKey();
const end = new Date(NOW.getTime() + 86_399_000);
const name = (value: string): Name => [[{ type: oid.countryName, value: 'NZ' }], [{ type: oid.commonName, value }]];
const serial = sampleSerial(7);

function tbs(change: Partial<Parameters<typeof buildTbsCertificate>[0]> = {}, names: GeneralName[] = []): Uint8Array {
  return buildTbsCertificate({
    serialNumber: serial,
    signatureAlgorithmDer: signatureAlgorithm(issuer.algorithm),
    issuerDer: encodeName(name('CA')),
    notBefore: NOW,
    notAfter: end,
    subjectDer: encodeName(name('Grace Liu')),
    spki: subject.spki,
    extensions: [keyUsage(['digitalSignature']), ...(names.length > 0 ? [subjectAltName(names, false)] : [])],
    ...change,
  });
}

function outcome(octets: Uint8Array, change: object = {}): string {
  try {
    assertSecondReading(octets, issuer, { serial, spki: subject.spki, notAfter: end, ...change });
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    expect(code).toBe('second-reading-differs');
    return message.split(':')[0] ?? '';
  }
  return 'agrees';
}

describe('the second reading', () => {
  it.each<[string, Uint8Array]>([
    ['a certificate', tbs()],
    [
      'names of hosts and people',
      tbs({}, [
        { kind: 'dNSName', value: '*.treasury.govt.nz' },
        { kind: 'rfc822Name', value: "o'brien+x@treasury.govt.nz" },
      ]),
    ],
    ['a name with every sign', tbs({ subjectDer: encodeName(name(' #a, "b"; <c> + d\\e=f ')) })],
    ['a name of people here', tbs({ subjectDer: encodeName(name('Hēmi Ngāta 😀 [SEEKEY PASSPORT]')) })],
    ['a name without end', tbs({ subjectDer: encodeName([...name('x'), [{ type: '1.2.3.4', value: 'y' }]]) })],
    ['no subject', tbs({ subjectDer: encodeName([]) })],
    ['a year after 2050', tbs({ notAfter: new Date('2051-01-01T00:00:00Z') })],
  ])('agrees on %s', (_name, octets) => {
    const after = _name.includes('2050') ? { notAfter: new Date('2051-01-01T00:00:00Z') } : {};
    expect(outcome(octets, after)).toBe('agrees');
  });

  const pointed = tbs({ extensions: [crlDistributionPoints(['http://a/c']), freshestCrl(['http://a/d'])] });
  it('agrees on lists', () => {
    expect(outcome(pointed, { crl: 'http://a/c', freshest: 'http://a/d' })).toBe('agrees');
  });

  it.each<[string, Uint8Array, object, string]>([
    ['another serial number', tbs(), { serial: sampleSerial(8) }, 'serial number'],
    ['another list', pointed, { crl: 'http://a/b' }, 'crlDistributionPoints'],
    ['a list that nobody wants', pointed, {}, 'crlDistributionPoints'],
    ['no list', tbs(), { crl: 'http://a/c' }, 'crlDistributionPoints'],
    ['a delta that nobody wants', pointed, { crl: 'http://a/c' }, 'freshestCRL'],
    ['another end', tbs(), { notAfter: new Date(end.getTime() + 1000) }, 'notAfter'],
    ['another key', tbs(), { spki: issuer.spki }, 'public key'],
    [
      'a name that ends for one reader',
      tbs({ subjectDer: Uint8Array.fromHex('300f310d300b060355040313046100627a') }),
      {},
      'the TBS can not be read again',
    ],
    ['octets that it can not read', tbs().subarray(0, 40), {}, 'the TBS can not be read again'],
    [
      'a key that it can not read',
      tbs({ spki: Uint8Array.fromHex('3013300d06092a864886f70d0101010500030200ff') }),
      {},
      'the TBS can not be read again',
    ],
  ])('stops at %s', (_name, octets, expected, want) => {
    expect(outcome(octets, expected)).toBe(want);
  });

  it('stops at a form of name that is not ours', () => {
    expect(outcome(tbs({}, [{ kind: 'uniformResourceIdentifier', value: 'http://a.nz/' }]))).toBe('subjectAltName');
  });
});
