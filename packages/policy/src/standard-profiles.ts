import type { CanonicalValue } from '@see/statement';

type Content = { readonly [key: string]: CanonicalValue };

const EMAIL_PROTECTION = '1.3.6.1.5.5.7.3.4';
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9';
const AES256_GCM = '2.16.840.1.101.3.4.1.46';
const AES256_CBC = '2.16.840.1.101.3.4.1.42';

const from = (attribute: string, source: string, optional = false): Content => ({
  attribute,
  from: source,
  value: null,
  optional,
});
const fixed = (attribute: string, value: string): Content => ({ attribute, value, from: null, optional: false });

const AGENCY: readonly Content[] = [
  from('countryName', 'configuration.country'),
  from('organizationName', 'agency.organizationName'),
  from('organizationIdentifier', 'agency.organizationIdentifier'),
];
const PERSON: readonly Content[] = [
  ...AGENCY,
  from('givenName', 'person.givenName', true),
  from('surname', 'person.surname'),
  from('commonName', 'person.qualifiedName'),
  from('serialNumber', 'person.id'),
];
const PERSON_TYPES = [
  'passport',
  'business-card',
  'associate',
  'business-role',
  'associate-role',
  'business-card-software',
];
const SUBSCRIBER_REASONS = [
  'unspecified',
  'keyCompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'privilegeWithdrawn',
];
const TLS_REASONS = ['keyCompromise', 'affiliationChanged', 'superseded', 'cessationOfOperation', 'privilegeWithdrawn'];
const RSA = { min: 3072, max: 4096 };

const base: Content = {
  version: 1,
  exception: null,
  curves: ['P-384'],
  rsaBits: RSA,
  smimeCapabilities: [],
  ocspNoCheck: false,
  validityDays: 397,
  maxValidityDays: 825,
  quorum: 1,
  holdPermitted: false,
  revocationReasons: SUBSCRIBER_REASONS,
  keySources: ['csr', 'code'],
  codeKey: 'P-384',
};

const gateway: Content = {
  ...base,
  ca: 'gateway',
  types: ['gateway'],
  quorum: 2,
  extKeyUsage: [EMAIL_PROTECTION],
  keySources: ['csr'],
  renewal: { windowDays: 30, overlapDays: 30 },
};

const user: Content = {
  ...base,
  ca: 'individual',
  types: PERSON_TYPES,
  subject: PERSON,
  names: { form: 'rfc822Name', localPart: null },
  renewal: { windowDays: 60, overlapDays: 30 },
};

/** The profiles that init proposes (design, section 6; PRF-GS, PRF-GE, PRF-UA, PRF-US, PRF-UE, PRF-T, PRF-O, 3.8). */
export const STANDARD_PROFILES: readonly Content[] = [
  {
    ...gateway,
    id: 'gateway-sign',
    title: 'Gateway signing',
    description: "The domain signing authority of an agency's mail gateway (RFC 3183).",
    policy: { arc: 1 },
    subject: [...AGENCY, fixed('commonName', 'domain-signing-authority')],
    names: { form: 'rfc822Name', localPart: 'domain-signing-authority' },
    keyUsage: { ec: ['digitalSignature'], rsa: ['digitalSignature'] },
  },
  {
    ...gateway,
    id: 'gateway-encrypt',
    title: 'Gateway encryption',
    description:
      "The domain confidentiality authority of an agency's mail gateway (RFC 3183). RSA by default: most gateways need keyEncipherment.",
    policy: { arc: 2 },
    subject: [...AGENCY, fixed('commonName', 'domain-confidentiality-authority')],
    names: { form: 'rfc822Name', localPart: 'domain-confidentiality-authority' },
    keyUsage: { ec: ['keyAgreement'], rsa: ['keyEncipherment'] },
    smimeCapabilities: [AES256_GCM, AES256_CBC],
    directory: 'renewal-confirmed',
  },
  {
    ...user,
    id: 'user-auth',
    title: 'Personal authentication',
    description: 'Signing in to shared applications over mutual TLS.',
    policy: { arc: 3 },
    keyUsage: { ec: ['digitalSignature'], rsa: ['digitalSignature'] },
    extKeyUsage: [CLIENT_AUTH],
    holdPermitted: true,
  },
  {
    ...user,
    id: 'user-sign',
    title: 'Personal e-mail signature',
    description: 'Signing e-mail (S/MIME).',
    policy: { arc: 4 },
    keyUsage: { ec: ['digitalSignature'], rsa: ['digitalSignature'] },
    extKeyUsage: [EMAIL_PROTECTION],
  },
  {
    ...user,
    id: 'user-encrypt',
    title: 'Personal e-mail encryption',
    description: 'Receiving encrypted e-mail (S/MIME). The key is not escrowed: keep a copy.',
    policy: { arc: 5 },
    keyUsage: { ec: ['keyAgreement'], rsa: ['keyEncipherment'] },
    extKeyUsage: [EMAIL_PROTECTION],
    smimeCapabilities: [AES256_GCM, AES256_CBC],
    directory: 'renewal-confirmed',
    // Mail programs and gateways ask for keyEncipherment, which EC keys do not have (DIR-12, fact 20).
    codeKey: 'RSA-3072',
  },
  {
    ...base,
    id: 'tls-server',
    ca: 'tls',
    title: 'TLS server',
    description: 'A web server of an agency.',
    policy: { arc: 6 },
    types: ['device'],
    subject: [
      from('countryName', 'configuration.country'),
      from('localityName', 'agency.locality'),
      from('organizationName', 'agency.organizationName'),
      from('commonName', 'order.firstDnsName'),
    ],
    names: { form: 'dNSName', localPart: null },
    keyUsage: { ec: ['digitalSignature'], rsa: ['digitalSignature'] },
    extKeyUsage: [SERVER_AUTH],
    validityDays: 90,
    maxValidityDays: 200,
    revocationReasons: TLS_REASONS,
    keySources: ['csr'],
  },
  {
    ...base,
    id: 'ocsp-responder',
    ca: 'any',
    title: 'OCSP responder',
    description: 'A short-lived delegate that answers for one CA key (RFC 6960 4.2.2.2).',
    policy: null,
    exception: 'EXC-3: P-256 keys, where the configuration names them',
    curves: ['P-384', 'P-256'],
    types: [],
    subject: [
      from('countryName', 'configuration.country'),
      fixed('organizationName', 'Secure Electronic Environment'),
      from('commonName', 'responder.name'),
    ],
    names: { form: 'none', localPart: null },
    keyUsage: { ec: ['digitalSignature'], rsa: ['digitalSignature'] },
    extKeyUsage: [OCSP_SIGNING],
    ocspNoCheck: true,
    validityDays: 14,
    maxValidityDays: 14,
    keySources: ['csr'],
  },
  {
    ...base,
    id: 'operator',
    ca: 'operations',
    title: 'Operator',
    description: 'Signing in to the console, the API and the command line over mutual TLS.',
    policy: { arc: 9 },
    types: ['business-card', 'business-card-software'],
    subject: PERSON,
    names: { form: 'rfc822Name', localPart: null },
    keyUsage: { ec: ['digitalSignature'], rsa: ['digitalSignature'] },
    extKeyUsage: [CLIENT_AUTH],
    maxValidityDays: 397,
    quorum: 2,
    holdPermitted: true,
  },
];
