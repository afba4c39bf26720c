import { oid } from '@see/x509';
import type { Purpose } from './lint-context.ts';

const keys: readonly string[] = [oid.authorityKeyIdentifier, oid.subjectKeyIdentifier, oid.keyUsage];
const subscriber: readonly string[] = [
  ...keys,
  oid.extKeyUsage,
  oid.subjectAltName,
  oid.basicConstraints,
  oid.certificatePolicies,
  oid.crlDistributionPoints,
  oid.freshestCrl,
  oid.authorityInfoAccess,
  oid.noRevAvail,
];
const encryption = [...subscriber, oid.smimeCapabilities];
const pointers = [oid.crlDistributionPoints, oid.freshestCrl, oid.authorityInfoAccess, oid.certificatePolicies];

/**
 * What may stand in a certificate at all, by purpose. Some of it is refused by a rule of its own that says why, and stands
 * here so that one fault gives one finding.
 */
export const allowedExtensions: Readonly<Record<Purpose, readonly string[]>> = {
  root: [...keys, oid.basicConstraints, oid.extKeyUsage, oid.nameConstraints, ...pointers],
  'issuing-ca': [...keys, oid.basicConstraints, oid.extKeyUsage, oid.nameConstraints, ...pointers],
  'gateway-sign': [...encryption, oid.nameConstraints],
  'gateway-encrypt': [...encryption, oid.nameConstraints],
  'user-auth': [...subscriber, oid.nameConstraints],
  'user-sign': [...encryption, oid.nameConstraints],
  'user-encrypt': [...encryption, oid.nameConstraints],
  'tls-server': [...subscriber, oid.tlsFeature, oid.nameConstraints],
  'ocsp-responder': [
    ...keys,
    oid.extKeyUsage,
    oid.ocspNoCheck,
    oid.basicConstraints,
    oid.subjectAltName,
    oid.nameConstraints,
    oid.crlDistributionPoints,
    oid.authorityInfoAccess,
  ],
  operator: [...subscriber, oid.nameConstraints],
};
