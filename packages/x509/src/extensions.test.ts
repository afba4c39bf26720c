import { DerError } from '@see/asn1';
import { describe, expect, it } from 'vitest';
import * as x509 from './index.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));
const bytesOf = (extension: x509.Extension) => x509.toHex(extension.value);
const keyId = hex('11'.repeat(20));

function codeOf(action: () => unknown): string {
  try {
    action();
    return 'accepted';
  } catch (error) {
    if (error instanceof DerError || error instanceof x509.X509Error) return error.code;
    throw error;
  }
}

describe('extensions are written octet for octet', () => {
  it.each<readonly [string, x509.Extension, boolean, string]>([
    ['basicConstraints of an end entity', x509.basicConstraints({ cA: false }), true, '3000'],
    ['basicConstraints of an issuing CA', x509.basicConstraints({ cA: true, pathLen: 0 }), true, '30060101ff020100'],
    ['basicConstraints of a root', x509.basicConstraints({ cA: true }), true, '30030101ff'],
    ['keyUsage of a CA', x509.keyUsage(['keyCertSign', 'cRLSign']), true, '03020106'],
    ['keyUsage digitalSignature', x509.keyUsage(['digitalSignature']), true, '03020780'],
    ['keyUsage decipherOnly', x509.keyUsage(['keyAgreement', 'decipherOnly']), true, '0303070880'],
    ['extKeyUsage', x509.extKeyUsage([x509.oid.emailProtection]), false, '300a06082b06010505070304'],
    ['extKeyUsage, critical', x509.extKeyUsage([x509.oid.timeStamping], true), true, '300a06082b06010505070308'],
    ['nocheck', x509.ocspNoCheck(), false, '0500'],
    ['noRevAvail', x509.noRevAvail(), false, '0500'],
    ['reason keyCompromise', x509.crlReason(1), false, '0a0101'],
    ['CRL number', x509.crlNumber(255), false, '020200ff'],
    ['delta indicator', x509.deltaCrlIndicator(5n), true, '020105'],
    ['subject key identifier', x509.subjectKeyIdentifier(keyId), false, `0414${'11'.repeat(20)}`],
    ['authority key identifier', x509.authorityKeyIdentifier(keyId), false, `30168014${'11'.repeat(20)}`],
    [
      'invalidity date',
      x509.invalidityDate(new Date('2026-11-22T00:00:00Z')),
      false,
      '180f32303236313132323030303030305a',
    ],
    ['CDP', x509.crlDistributionPoints(['http://a/b']), false, '30123010a00ea00c860a687474703a2f2f612f62'],
    [
      'policies',
      x509.certificatePolicies([{ oid: '1.2.3', cpsUri: 'http://a/b' }]),
      false,
      '3020301e06022a033018301606082b06010505070201160a687474703a2f2f612f62',
    ],
    [
      'name constraint on all addresses',
      x509.nameConstraints({
        permitted: [],
        excluded: [
          { kind: 'iPAddress', bytes: new Uint8Array(8) },
          { kind: 'dNSName', value: '' },
        ],
      }),
      true,
      '3012a110300a8708000000000000000030028200',
    ],
  ])('%s', (_name, extension, critical, value) => {
    expect(extension.critical).toBe(critical);
    expect(bytesOf(extension)).toBe(value);
  });
});

describe('extensions come back', () => {
  it('each as it was given', () => {
    expect(x509.parseBasicConstraints(hex('3000'))).toEqual({ cA: false });
    expect(x509.parseBasicConstraints(x509.basicConstraints({ cA: true, pathLen: 3 }).value)).toEqual({
      cA: true,
      pathLen: 3,
    });
    expect(x509.parseKeyUsage(x509.keyUsage(['cRLSign', 'digitalSignature', 'decipherOnly']).value)).toEqual([
      'digitalSignature',
      'cRLSign',
      'decipherOnly',
    ]);
    expect(x509.parseExtKeyUsage(x509.extKeyUsage(['1.2.3', '1.2.4']).value)).toEqual(['1.2.3', '1.2.4']);
    const policies = [{ oid: '1.2.3', cpsUri: 'http://a/cp#x', userNotice: 'Kia ora' }, { oid: '1.2.4' }];
    expect(x509.parseCertificatePolicies(x509.certificatePolicies(policies).value)).toEqual(policies);
    const points = x509.parseCrlDistributionPoints(x509.crlDistributionPoints(['http://a/1', 'http://b/1']).value);
    expect(x509.distributionPointUris(points)).toEqual(['http://a/1', 'http://b/1']);
    expect(points).toHaveLength(1);
    expect(x509.distributionPointUris(x509.parseFreshestCrl(x509.freshestCrl(['http://a/d']).value))).toEqual([
      'http://a/d',
    ]);
    const access = { ocsp: ['http://a/ocsp'], caIssuers: ['http://a/ca.cer'] };
    expect(x509.parseAuthorityInfoAccess(x509.authorityInfoAccess(access).value)).toEqual(access);
    const constraints: x509.NameConstraints = {
      permitted: [
        { kind: 'rfc822Name', value: '.govt.nz' },
        { kind: 'dNSName', value: 'govt.nz' },
      ],
      excluded: [{ kind: 'iPAddress', bytes: new Uint8Array(32) }],
    };
    expect(x509.parseNameConstraints(x509.nameConstraints(constraints).value)).toEqual(constraints);
    expect(x509.parseSmimeCapabilities(x509.smimeCapabilities([x509.oid.aes256Gcm]).value)).toEqual([
      x509.oid.aes256Gcm,
    ]);
    expect(x509.parseAuthorityKeyIdentifier(x509.authorityKeyIdentifier(keyId).value)).toEqual({
      keyIdentifier: keyId,
    });
    expect(x509.parseSubjectKeyIdentifier(x509.subjectKeyIdentifier(keyId).value)).toEqual(keyId);
    expect(x509.parseCrlNumber(x509.crlNumber(2n ** 158n).value)).toBe(2n ** 158n);
    expect(x509.parseDeltaCrlIndicator(x509.deltaCrlIndicator(7).value)).toBe(7n);
    expect(x509.parseCrlReason(x509.crlReason(9).value)).toBe(9);
    const date = new Date('2020-02-29T12:34:56Z');
    expect(x509.parseInvalidityDate(x509.invalidityDate(date).value)).toEqual(date);
    expect(x509.parseExpiredCertsOnCrl(x509.expiredCertsOnCrl(date).value)).toEqual(date);
    expect(x509.parseOcspNoCheck(x509.ocspNoCheck().value)).toBeUndefined();
    expect(x509.parseNoRevAvail(x509.noRevAvail().value)).toBeUndefined();
  });

  it('the issuing distribution point', () => {
    const { value, critical } = x509.issuingDistributionPoint({
      uris: ['http://a/7.crl'],
      onlyContainsUserCerts: true,
    });
    expect(critical).toBe(true);
    expect(x509.parseIssuingDistributionPoint(value)).toEqual({
      distributionPoint: { fullName: [{ kind: 'uniformResourceIdentifier', value: 'http://a/7.crl' }] },
      onlyContainsUserCerts: true,
      onlyContainsCACerts: false,
      indirectCRL: false,
      onlyContainsAttributeCerts: false,
    });
    const some = x509.issuingDistributionPoint({ onlySomeReasons: [1, 2], indirectCRL: true });
    expect(x509.parseIssuingDistributionPoint(some.value)).toMatchObject({ onlySomeReasons: 6, indirectCRL: true });
  });
});

describe('extensions are refused', () => {
  const uri: x509.GeneralName = { kind: 'uniformResourceIdentifier', value: 'http://a/' };
  it.each<readonly [string, () => unknown, string]>([
    ['cA FALSE written out', () => x509.parseBasicConstraints(hex('3003010100')), 'default-encoded'],
    ['pathLen without cA', () => x509.parseBasicConstraints(hex('3003020100')), 'bad-extension'],
    ['pathLen without cA, built', () => x509.basicConstraints({ cA: false, pathLen: 0 }), 'bad-extension'],
    ['a negative pathLen', () => x509.parseBasicConstraints(hex('30060101ff0201ff')), 'bad-value'],
    ['something after basicConstraints', () => x509.parseBasicConstraints(hex('300000')), 'trailing'],
    ['keyUsage with trailing zero bits', () => x509.parseKeyUsage(hex('03020080')), 'bad-bit-string'],
    ['keyUsage without a bit', () => x509.parseKeyUsage(hex('030100')), 'bad-extension'],
    ['keyUsage with bit 9', () => x509.parseKeyUsage(hex('0303060040')), 'bad-extension'],
    ['keyUsage of three octets', () => x509.parseKeyUsage(hex('030400000001')), 'bad-bit-string'],
    ['no usage, built', () => x509.keyUsage([]), 'bad-extension'],
    ['an empty extKeyUsage', () => x509.parseExtKeyUsage(hex('3000')), 'bad-extension'],
    ['no purpose, built', () => x509.extKeyUsage([]), 'bad-extension'],
    ['no policy', () => x509.parseCertificatePolicies(hex('3000')), 'bad-extension'],
    ['one policy twice', () => x509.certificatePolicies([{ oid: '1.2.3' }, { oid: '1.2.3' }]), 'bad-extension'],
    ['a long notice', () => x509.certificatePolicies([{ oid: '1.2.3', userNotice: 'x'.repeat(201) }]), 'bad-extension'],
    ['a CPS that is no URI', () => x509.certificatePolicies([{ oid: '1.2.3', cpsUri: 'cps' }]), 'bad-uri'],
    ['an empty list of qualifiers', () => x509.parseCertificatePolicies(hex('3008300606022a033000')), 'bad-extension'],
    ['no distribution point', () => x509.parseCrlDistributionPoints(hex('3000')), 'bad-extension'],
    ['an empty distribution point', () => x509.parseCrlDistributionPoints(hex('30023000')), 'bad-extension'],
    [
      'a distribution point of reasons',
      () => x509.parseCrlDistributionPoints(hex('3006300481020640')),
      'bad-extension',
    ],
    ['no URI, built', () => x509.crlDistributionPoints([]), 'bad-extension'],
    ['an empty issuing distribution point', () => x509.parseIssuingDistributionPoint(hex('3000')), 'bad-extension'],
    ['an empty issuing distribution point, built', () => x509.issuingDistributionPoint({}), 'bad-extension'],
    ['indirectCRL FALSE written out', () => x509.parseIssuingDistributionPoint(hex('3003840100')), 'default-encoded'],
    ['onlyUser and onlyCA', () => x509.parseIssuingDistributionPoint(hex('30068101ff8201ff')), 'bad-extension'],
    [
      'onlyUser and onlyCA, built',
      () => x509.issuingDistributionPoint({ onlyContainsCACerts: true, onlyContainsUserCerts: true }),
      'bad-extension',
    ],
    ['no access description', () => x509.parseAuthorityInfoAccess(hex('3000')), 'bad-extension'],
    ['no access description, built', () => x509.authorityInfoAccess({}), 'bad-extension'],
    ['empty name constraints', () => x509.parseNameConstraints(hex('3000')), 'bad-extension'],
    ['an empty list of subtrees', () => x509.parseNameConstraints(hex('3002a000')), 'bad-extension'],
    ['a subtree with minimum', () => x509.parseNameConstraints(hex('300aa0083006820161800101')), 'bad-extension'],
    ['no constraint, built', () => x509.nameConstraints({ permitted: [], excluded: [] }), 'bad-extension'],
    [
      'an address constraint without mask',
      () => x509.nameConstraints({ permitted: [{ kind: 'iPAddress', bytes: new Uint8Array(4) }], excluded: [uri] }),
      'bad-extension',
    ],
    ['nocheck with content', () => x509.parseOcspNoCheck(hex('050100')), 'bad-value'],
    ['reason 0, built', () => x509.crlReason(0), 'bad-extension'],
    ['reason 7', () => x509.parseCrlReason(hex('0a0107')), 'bad-extension'],
    ['reason 11', () => x509.crlReason(11), 'bad-extension'],
    ['a reason as INTEGER', () => x509.parseCrlReason(hex('020101')), 'unexpected-tag'],
    ['a negative CRL number', () => x509.parseCrlNumber(hex('0201ff')), 'bad-extension'],
    ['a CRL number of 21 octets', () => x509.parseCrlNumber(hex(`021501${'00'.repeat(20)}`)), 'bad-extension'],
    ['a fraction of a second', () => x509.invalidityDate(new Date(1)), 'bad-time'],
    ['no name, built', () => x509.subjectAltName([]), 'bad-extension'],
    ['an unfit name, built', () => x509.subjectAltName([{ kind: 'dNSName', value: '*' }]), 'bad-dns-name'],
    ['no capability', () => x509.smimeCapabilities([]), 'bad-extension'],
  ])('%s', (_name, action, code) => {
    expect(codeOf(action)).toBe(code);
  });

  it('lists of them: empty, doubled, with critical FALSE', () => {
    const one = x509.ocspNoCheck();
    expect(codeOf(() => x509.encodeExtensions([]))).toBe('bad-extension');
    expect(codeOf(() => x509.encodeExtensions([one, one]))).toBe('duplicate-extension');
    expect(codeOf(() => x509.parseExtensions(hex('3000')))).toBe('bad-extension');
    expect(codeOf(() => x509.parseExtensions(hex('300b300906022a030101000400')))).toBe('default-encoded');
    const twice = '300606022a030400'.repeat(2);
    expect(codeOf(() => x509.parseExtensions(hex(`3010${twice}`)))).toBe('duplicate-extension');
    const many = Array.from({ length: 65 }, (_, index) => ({ ...one, oid: `1.2.3.${index}` }));
    expect(codeOf(() => x509.parseExtensions(x509.encodeExtensions(many)))).toBe('bad-extension');
  });
});
