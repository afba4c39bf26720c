import {
  nameConstraints,
  oid,
  parseAuthorityInfoAccess,
  parseBasicConstraints,
  parseCertificate,
  parseCertificatePolicies,
  parseCrlDistributionPoints,
  parseExtKeyUsage,
  parseKeyUsage,
} from '@see/x509';
import { describe, expect, it } from 'vitest';
import { type CaId, caConstraints, caExtKeyUsage } from './ca-constraints.ts';
import { caSubject, prepareIssuingCa, prepareRoot } from './prepare-ca-certificate.ts';
import { DAY, NAMES, NOW, sampleCa, sampleKey, sampleRoot, sampleSerial, VA_URL } from './sample-cas.ts';

const root = await sampleRoot();
const after = (days: number): Date => new Date(NOW.getTime() + days * DAY - 1000);

describe('the root', () => {
  it('is a CA without purposes, pointers or a path length (PRF-R)', () => {
    const certificate = parseCertificate(root.certificate);
    const value = (type: string) => certificate.extension(type)?.value ?? new Uint8Array(0);
    expect(certificate.subjectDer).toEqual(certificate.issuerDer);
    expect(parseBasicConstraints(value(oid.basicConstraints))).toEqual({ cA: true });
    expect(parseKeyUsage(value(oid.keyUsage))).toEqual(['keyCertSign', 'cRLSign']);
    expect(certificate.extensions.filter(({ critical }) => critical).map((extension) => extension.oid)).toEqual([
      oid.basicConstraints,
      oid.keyUsage,
    ]);
    expect(certificate.extensions).toHaveLength(4);
  });

  it.each<[string, Partial<Parameters<typeof prepareRoot>[0]>]>([
    ['for a year', { notAfter: after(365) }],
    ['for thirty years', { notAfter: after(30 * 365) }],
    ['without a name', { subject: [] }],
    ['that ends before it starts', { notAfter: after(-1) }],
  ])('is not made %s', (_name, change) => {
    const key = sampleKey();
    const input = {
      spki: key.spki,
      subject: caSubject('NZ', 'SEE', 'Root'),
      serial: sampleSerial(3),
      notBefore: NOW,
      notAfter: after(20 * 365),
    };
    expect(() => prepareRoot({ ...input, ...change }, key)).toThrow(expect.objectContaining({ code: 'lint-failed' }));
  });

  it('is signed by the key that it names', () => {
    const input = {
      spki: sampleKey().spki,
      subject: caSubject('NZ', 'SEE', 'Root'),
      serial: sampleSerial(3),
      notBefore: NOW,
      notAfter: after(20 * 365),
    };
    const other = sampleKey();
    const linted = prepareRoot({ ...input, spki: other.spki }, other);
    return expect(linted.sign(sampleKey())).rejects.toThrow(expect.objectContaining({ code: 'other-key' }));
  });
});

describe('an issuing CA', () => {
  it.each<CaId>(['gateway', 'individual', 'tls', 'operations'])(
    '%s has its purpose and its constraints (PRF-I)',
    async (id) => {
      const ca = await sampleCa(root, id);
      const certificate = parseCertificate(ca.certificate);
      const value = (type: string) => certificate.extension(type)?.value ?? new Uint8Array(0);
      expect(certificate.issuerDer).toEqual(root.subjectDer);
      expect(parseBasicConstraints(value(oid.basicConstraints))).toEqual({ cA: true, pathLen: 0 });
      expect(parseKeyUsage(value(oid.keyUsage))).toEqual(['keyCertSign', 'cRLSign']);
      expect(parseExtKeyUsage(value(oid.extKeyUsage))).toEqual(caExtKeyUsage(id));
      expect(caExtKeyUsage(id)).not.toContain(oid.ocspSigning);
      expect(value(oid.nameConstraints)).toEqual(nameConstraints(caConstraints(id, NAMES)).value);
      expect(parseCertificatePolicies(value(oid.certificatePolicies))).toEqual([{ oid: '2.5.29.32.0' }]);
      expect(parseCrlDistributionPoints(value(oid.crlDistributionPoints))).toEqual([
        { fullName: [{ kind: 'uniformResourceIdentifier', value: `${VA_URL}/crl/root.crl` }] },
      ]);
      expect(parseAuthorityInfoAccess(value(oid.authorityInfoAccess))).toMatchObject({
        caIssuers: [`${VA_URL}/ca/root.cer`],
      });
      expect(parseAuthorityInfoAccess(value(oid.authorityInfoAccess)).ocsp ?? []).toEqual([]);
      const critical = certificate.extensions
        .filter((extension) => extension.critical)
        .map((extension) => extension.oid);
      expect(critical.sort()).toEqual([oid.basicConstraints, oid.keyUsage, oid.nameConstraints].sort());
    },
  );

  it('is not made to last longer than the root', () => {
    const key = sampleKey();
    const input = {
      spki: key.spki,
      subject: caSubject('NZ', 'SEE', 'Gateway CA'),
      serial: sampleSerial(3),
      notBefore: NOW,
      notAfter: after(21 * 365),
    };
    expect(() => prepareIssuingCa(input, 'gateway', root, VA_URL, NAMES)).toThrow(
      expect.objectContaining({ code: 'lint-failed' }),
    );
  });
});
