import type { CertificateType, CrlPlan, OrderItem } from '@see/domain';
import { lintCertificate } from '@see/lint';
import { cpsUri, type Profile } from '@see/policy';
import {
  authorityInfoAccess,
  authorityKeyIdentifier,
  buildTbsCertificate,
  certificatePolicies,
  crlDistributionPoints,
  type Extension,
  encodeName,
  extKeyUsage,
  freshestCrl,
  keyUsage,
  ocspNoCheck,
  oid,
  parseSpki,
  signatureAlgorithm,
  smimeCapabilities,
  subjectKeyIdentifier,
} from '@see/x509';
import { keyIdentifier } from './key-identifier.ts';
import { admitLinted, IssuanceError, type LintedTbs } from './linted-tbs.ts';
import { type CrlPointers, caPointers, crlPointers } from './pointers.ts';
import { assertSecondReading } from './second-reading.ts';
import type { SerialNumber } from './serial-number.ts';
import type { SigningKey } from './signing-key.ts';

/** A CA as issuance sees it: its certificate's names and its key. */
export interface IssuingCa {
  readonly id: string;
  readonly subjectDer: Uint8Array;
  readonly ski: Uint8Array;
  readonly certificate: Uint8Array;
  readonly notAfter: Date;
  readonly key: SigningKey;
}

export interface CertificateInput {
  readonly ca: IssuingCa;
  readonly profile: Profile;
  readonly vaUrl: string;
  /** Which lists the CA has, by the authority chain: what the certificate points to. */
  readonly crls: CrlPlan;
  readonly serial: SerialNumber;
  readonly subjectDer: Uint8Array;
  /** Value of subjectAltName, or null for none. */
  readonly subjectAltNameDer: Uint8Array | null;
  readonly type: CertificateType | null;
  readonly policyOids: readonly string[];
  readonly spki: Uint8Array;
  /** Whole seconds. */
  readonly notBefore: Date;
  readonly validitySeconds: number;
}

/**
 * Builds the TBS of an end-entity certificate from the profile and the approved names alone, has it read by a second
 * implementation and linted, and returns the one-use token to sign it. Throws IssuanceError.
 *
 * notAfter is notBefore + validity - 1 s (inclusive, PRF-0.3), and never beyond the CA's.
 */
export function prepareCertificate(input: CertificateInput): LintedTbs {
  const { ca, profile } = input;
  const wanted = input.notBefore.getTime() + (input.validitySeconds - 1) * 1000;
  const notAfter = new Date(Math.min(wanted, ca.notAfter.getTime()));
  if (notAfter <= input.notBefore)
    throw new IssuanceError('no-time-left', `CA ${ca.id} ends before the certificate could start`);
  if (input.crls.ca !== ca.id) throw new TypeError(`the plan is that of CA ${input.crls.ca}`);
  // An OCSP responder is trusted without being looked up (PRF-O).
  const crls = profile.ocspNoCheck ? undefined : crlPointers(input.vaUrl, input.crls, input.serial);
  const tbs = buildTbsCertificate({
    serialNumber: input.serial,
    signatureAlgorithmDer: signatureAlgorithm(ca.key.algorithm),
    issuerDer: ca.subjectDer,
    notBefore: input.notBefore,
    notAfter,
    subjectDer: input.subjectDer,
    spki: input.spki,
    extensions: endEntityExtensions(input, crls),
  });
  assertSecondReading(tbs, ca.key, { serial: input.serial, spki: input.spki, notAfter, ...crls });
  const findings = lintCertificate(tbs, { purpose: profile.id, issuer: ca.certificate, now: input.notBefore });
  return admitLinted(tbs, ca.key.spki, findings);
}

function endEntityExtensions(input: CertificateInput, crls: CrlPointers | undefined): Extension[] {
  const { profile, ca, vaUrl, type } = input;
  const family = parseSpki(input.spki).kind === 'rsa' ? 'rsa' : 'ec';
  const pointers = caPointers(vaUrl, ca.id);
  const extensions: Extension[] = [
    authorityKeyIdentifier(ca.ski),
    subjectKeyIdentifier(keyIdentifier(input.spki)),
    keyUsage(profile.keyUsage[family]),
    extKeyUsage(profile.extKeyUsage),
  ];
  if (input.subjectAltNameDer !== null) {
    // RFC 5280 4.2.1.6: critical if and only if the subject is empty.
    const critical = Buffer.from(input.subjectDer).equals(EMPTY_NAME);
    extensions.push({ oid: oid.subjectAltName, critical, value: input.subjectAltNameDer });
  }
  if (input.policyOids.length > 0) {
    extensions.push(
      certificatePolicies(
        input.policyOids.map((policy, index) =>
          index === 0 && type ? { oid: policy, cpsUri: cpsUri(vaUrl, type) } : { oid: policy },
        ),
      ),
    );
  }
  if (!crls) {
    extensions.push(ocspNoCheck());
  } else {
    extensions.push(
      crlDistributionPoints([crls.crl]),
      authorityInfoAccess({ ocsp: [pointers.ocsp], caIssuers: [pointers.caIssuers] }),
    );
    if (crls.freshest !== undefined) extensions.push(freshestCrl([crls.freshest]));
  }
  if (profile.smimeCapabilities.length > 0) extensions.push(smimeCapabilities(profile.smimeCapabilities));
  return extensions;
}

const EMPTY_NAME = encodeName([]);

/** The inputs that an approved item fixes. */
export function itemInput(
  item: OrderItem,
): Pick<CertificateInput, 'subjectDer' | 'subjectAltNameDer' | 'policyOids' | 'validitySeconds'> {
  return {
    subjectDer: Uint8Array.fromBase64(item.subject),
    subjectAltNameDer: Uint8Array.fromBase64(item.subjectAltName),
    policyOids: item.policyOids,
    validitySeconds: item.validitySeconds,
  };
}
