import { lintCertificate } from '@see/lint';
import {
  authorityInfoAccess,
  authorityKeyIdentifier,
  basicConstraints,
  buildTbsCertificate,
  certificatePolicies,
  crlDistributionPoints,
  type Extension,
  encodeName,
  extKeyUsage,
  keyUsage,
  type Name,
  nameConstraints,
  oid,
  signatureAlgorithm,
  subjectKeyIdentifier,
} from '@see/x509';
import { type CaId, type CaNames, caConstraints, caExtKeyUsage } from './ca-constraints.ts';
import { keyIdentifier } from './key-identifier.ts';
import { admitLinted, type LintedTbs } from './linted-tbs.ts';
import { caPointers } from './pointers.ts';
import type { IssuingCa } from './prepare-certificate.ts';
import { assertSecondReading } from './second-reading.ts';
import type { SerialNumber } from './serial-number.ts';
import type { SigningKey } from './signing-key.ts';

const ANY_POLICY = '2.5.29.32.0';

export interface CaInput {
  /** The CA's own key; of an issuing CA only its public part is used, the root signs. */
  readonly spki: Uint8Array;
  readonly subject: Name;
  readonly serial: SerialNumber;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** The self-signed root (PRF-R): CA, no path length, no EKU, no CDP. */
export function prepareRoot(input: CaInput, key: SigningKey): LintedTbs {
  const ski = keyIdentifier(input.spki);
  return prepareCa(input, { key, subjectDer: encodeName(input.subject) }, 'root', [
    authorityKeyIdentifier(ski),
    subjectKeyIdentifier(ski),
    basicConstraints({ cA: true }),
    keyUsage(['keyCertSign', 'cRLSign']),
  ]);
}

/**
 * An issuing CA under the root (PRF-I): pathLen 0, EKU of its purpose, critical name constraints (PRF-I3), a CDP for
 * the root's CRL and no OCSP pointer.
 */
export function prepareIssuingCa(input: CaInput, id: CaId, root: IssuingCa, vaUrl: string, names: CaNames): LintedTbs {
  const pointers = caPointers(vaUrl, 'root');
  const issuer = { key: root.key, subjectDer: root.subjectDer, certificate: root.certificate, crl: pointers.crl };
  return prepareCa(input, issuer, 'issuing-ca', [
    authorityKeyIdentifier(root.ski),
    subjectKeyIdentifier(keyIdentifier(input.spki)),
    basicConstraints({ cA: true, pathLen: 0 }),
    keyUsage(['keyCertSign', 'cRLSign']),
    extKeyUsage(caExtKeyUsage(id)),
    nameConstraints(caConstraints(id, names)),
    certificatePolicies([{ oid: ANY_POLICY }]),
    crlDistributionPoints([pointers.crl]),
    authorityInfoAccess({ caIssuers: [pointers.caIssuers] }),
  ]);
}

function prepareCa(
  input: CaInput,
  issuer: Pick<IssuingCa, 'key' | 'subjectDer'> & { readonly certificate?: Uint8Array; readonly crl?: string },
  purpose: 'root' | 'issuing-ca',
  extensions: Extension[],
): LintedTbs {
  const tbs = buildTbsCertificate({
    serialNumber: input.serial,
    signatureAlgorithmDer: signatureAlgorithm(issuer.key.algorithm),
    issuerDer: issuer.subjectDer,
    notBefore: input.notBefore,
    notAfter: input.notAfter,
    subjectDer: encodeName(input.subject),
    spki: input.spki,
    extensions,
  });
  const { serial, spki, notAfter } = input;
  assertSecondReading(tbs, issuer.key, { serial, spki, notAfter, crl: issuer.crl });
  const findings = lintCertificate(tbs, {
    purpose,
    now: input.notBefore,
    ...(issuer.certificate ? { issuer: issuer.certificate } : {}),
  });
  return admitLinted(tbs, issuer.key.spki, findings);
}

/** Subject of a CA: C, O and a CN of its own (PRF-R). */
export function caSubject(country: string, organization: string, commonName: string): Name {
  return [
    [{ type: oid.countryName, value: country }],
    [{ type: oid.organizationName, value: organization }],
    [{ type: oid.commonName, value: commonName }],
  ];
}
