import { Fields, profileDigest, REVOCATION_REASONS, type RevocationReason, refused } from '@see/domain';
import type { CanonicalValue } from '@see/statement';
import { isReservedName } from './reserved-names.ts';

export const CA_IDS = ['gateway', 'individual', 'tls', 'operations'] as const;
export type IssuingCaId = (typeof CA_IDS)[number];

export const PROFILE_IDS = [
  'gateway-sign',
  'gateway-encrypt',
  'user-auth',
  'user-sign',
  'user-encrypt',
  'tls-server',
  'ocsp-responder',
  'operator',
] as const;
export type ProfileId = (typeof PROFILE_IDS)[number];

/** Where a subject attribute's value comes from. Never from a CSR. */
export const SUBJECT_SOURCES = [
  'configuration.country',
  'agency.locality',
  'agency.organizationName',
  'agency.organizationIdentifier',
  'person.givenName',
  'person.surname',
  'person.qualifiedName',
  'person.id',
  'order.firstDnsName',
  'responder.name',
] as const;
export type SubjectSource = (typeof SUBJECT_SOURCES)[number];

export const SUBJECT_ATTRIBUTES = {
  countryName: '2.5.4.6',
  localityName: '2.5.4.7',
  organizationName: '2.5.4.10',
  organizationIdentifier: '2.5.4.97',
  commonName: '2.5.4.3',
  givenName: '2.5.4.42',
  surname: '2.5.4.4',
  serialNumber: '2.5.4.5',
} as const;
export type SubjectAttribute = keyof typeof SUBJECT_ATTRIBUTES;

/** One attribute of the subject, in the order of the RDNs: a fixed value or a source. `optional` when it may be absent. */
export interface SubjectRule {
  readonly attribute: SubjectAttribute;
  readonly value: string | null;
  readonly from: SubjectSource | null;
  readonly optional: boolean;
}

/** The only form of subjectAltName that a profile's certificates carry. */
export type NameRule =
  | { readonly form: 'rfc822Name'; readonly localPart: string | null }
  | { readonly form: 'dNSName' }
  | { readonly form: 'none' };

const KEY_USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
] as const;
export type ProfileKeyUsage = (typeof KEY_USAGES)[number];

/**
 * What one kind of certificate looks like and who has to agree. Versioned data: immutable once activated, named in
 * orders by the digest of its content.
 */
export interface Profile {
  readonly id: ProfileId;
  readonly version: number;
  readonly title: string;
  readonly description: string;
  readonly ca: IssuingCaId | 'any';
  /** Arc below `<policyArc>.2`; null when the certificates carry no policies. */
  readonly policyArc: number | null;
  /** Standing exception from NZISM, shown and audited; null when the class is `nzism` (GOV-1, GOV-2). */
  readonly exception: string | null;
  readonly curves: readonly ('P-384' | 'P-256' | 'P-521' | 'Ed25519')[];
  /** Least and most bits of an RSA modulus; null when RSA is not allowed. */
  readonly rsaBits: { readonly min: number; readonly max: number } | null;
  readonly types: readonly string[];
  readonly subject: readonly SubjectRule[];
  readonly names: NameRule;
  readonly keyUsage: { readonly ec: readonly ProfileKeyUsage[]; readonly rsa: readonly ProfileKeyUsage[] };
  readonly extKeyUsage: readonly string[];
  readonly smimeCapabilities: readonly string[];
  readonly ocspNoCheck: boolean;
  readonly validityDays: number;
  readonly maxValidityDays: number;
  readonly quorum: number;
  readonly holdPermitted: boolean;
  readonly revocationReasons: readonly RevocationReason[];
  /** The key that a person's browser or command line makes for this profile (DIR-12 for encryption). */
  readonly codeKey: 'P-384' | 'RSA-3072';
  /** `csr`: the key comes with the order. `code`: a person brings it with an enrolment code. */
  readonly keySources: readonly ('csr' | 'code')[];
  /** `recovery-agents`: a copy of the key is kept, which two recovery agents together open (WF-K); null when none is. */
  readonly escrow: 'recovery-agents' | null;
  /** When holders may renew, and how long old and new certificate are good side by side; null when nothing is renewed. */
  readonly renewal: RenewalRule | null;
  /** Since when the directory has the profile's encryption certificates. */
  readonly directory: DirectoryRule;
  readonly digest: string;
}

/** Section 8.4, "Timers". Days before the end from which on holders renew, and days for which the old certificate is left alone. */
export interface RenewalRule {
  readonly windowDays: number;
  readonly overlapDays: number;
}

/**
 * `issued`: at once. `renewal-confirmed`: one that replaces another with a key that came with its order once the holder has
 * confirmed it, others at once. `confirmed`: none before that (WF-E, step 12).
 */
export const DIRECTORY_RULES = ['issued', 'renewal-confirmed', 'confirmed'] as const;
export type DirectoryRule = (typeof DIRECTORY_RULES)[number];

/** Least days for which a gateway's old certificate goes on beside its new one (SEE-7). */
export const LEAST_GATEWAY_OVERLAP_DAYS = 5;

const GATEWAY_RENEWAL: RenewalRule = { windowDays: 30, overlapDays: 30 };
const PERSON_RENEWAL: RenewalRule = { windowDays: 60, overlapDays: 30 };

/** What holds for a profile that says nothing of renewal (section 8.4). */
const USUAL_RENEWAL: Readonly<Record<ProfileId, RenewalRule | null>> = {
  'gateway-sign': GATEWAY_RENEWAL,
  'gateway-encrypt': GATEWAY_RENEWAL,
  'user-auth': PERSON_RENEWAL,
  'user-sign': PERSON_RENEWAL,
  'user-encrypt': PERSON_RENEWAL,
  operator: PERSON_RENEWAL,
  'tls-server': { windowDays: 30, overlapDays: 5 },
  'ocsp-responder': null,
};

const OID = /^[0-2](\.(0|[1-9][0-9]*))+$/;

/**
 * Reads a profile's content and checks that it makes sense: PRF-* limits that hold for every profile of this CA are
 * enforced here, so a statement can not activate what the rules forbid. Throws RefusedError (`bad-subject`,
 * `bad-profile`). `digest` is that of the content given.
 */
export function readProfile(content: unknown): Profile {
  const fields = new Fields(content as CanonicalValue, '$.profile');
  const id = fields.oneOf('id', PROFILE_IDS);
  const rsa = fields.optionalObject('rsaBits');
  const policy = fields.optionalObject('policy');
  const usage = fields.object('keyUsage');
  const profile: Profile = {
    id,
    version: fields.integer('version', 1, 9999),
    title: fields.text('title', undefined, 100),
    description: fields.text('description', undefined, 1000),
    ca: fields.oneOf('ca', [...CA_IDS, 'any']),
    policyArc: policy?.integer('arc', 1, 9999) ?? null,
    exception: fields.optionalText('exception', undefined, 200),
    curves: fields.list('curves', 0, 4, (item, path) => oneOf(item, path, ['P-384', 'P-256', 'P-521', 'Ed25519'])),
    rsaBits: rsa === null ? null : { min: rsa.integer('min', 3072, 8192), max: rsa.integer('max', 3072, 8192) },
    types: fields.texts('types', 0, 20),
    subject: fields.list('subject', 1, 12, (item, path) => readSubjectRule(new Fields(item, path))),
    names: readNameRule(fields.object('names')),
    keyUsage: { ec: readUsages(usage, 'ec'), rsa: readUsages(usage, 'rsa') },
    extKeyUsage: fields.texts('extKeyUsage', 1, 4, OID),
    smimeCapabilities: fields.texts('smimeCapabilities', 0, 10, OID),
    ocspNoCheck: fields.boolean('ocspNoCheck'),
    validityDays: fields.integer('validityDays', 1, 825),
    maxValidityDays: fields.integer('maxValidityDays', 1, 825),
    quorum: fields.integer('quorum', 1, 5),
    holdPermitted: fields.boolean('holdPermitted'),
    revocationReasons: fields.list('revocationReasons', 1, 8, (item, path) =>
      oneOf(item, path, Object.keys(REVOCATION_REASONS) as RevocationReason[]),
    ),
    keySources: fields.list('keySources', 1, 2, (item, path) => oneOf(item, path, ['csr', 'code'])),
    codeKey: fields.oneOf('codeKey', ['P-384', 'RSA-3072']),
    // Absent where there is none: so the profiles of before it keep their digests.
    escrow: fields.has('escrow') ? fields.oneOf('escrow', ['recovery-agents']) : null,
    renewal: fields.has('renewal') ? readRenewal(fields.object('renewal')) : USUAL_RENEWAL[id],
    directory: fields.has('directory') ? fields.oneOf('directory', DIRECTORY_RULES) : 'renewal-confirmed',
    digest: profileDigest(content),
  };
  rsa?.end();
  policy?.end();
  usage.end();
  fields.end();
  checkProfile(profile);
  return profile;
}

function oneOf<const T extends string>(item: CanonicalValue, path: string, values: readonly T[]): T {
  const found = values.find((value) => value === item);
  if (found === undefined) throw refused('bad-subject', `${path}: one of ${values.join(', ')} is expected`, { path });
  return found;
}

function readSubjectRule(fields: Fields): SubjectRule {
  const rule: SubjectRule = {
    attribute: fields.oneOf('attribute', Object.keys(SUBJECT_ATTRIBUTES) as SubjectAttribute[]),
    value: fields.optionalText('value', undefined, 64),
    from: fields.optionalText('from') as SubjectSource | null,
    optional: fields.boolean('optional'),
  };
  fields.end();
  if ((rule.value === null) === (rule.from === null))
    throw refused('bad-profile', `${rule.attribute} has a value or a source`);
  if (rule.from !== null && !SUBJECT_SOURCES.includes(rule.from))
    throw refused('bad-profile', `unknown source ${rule.from}`);
  return rule;
}

function readNameRule(fields: Fields): NameRule {
  const form = fields.oneOf('form', ['rfc822Name', 'dNSName', 'none']);
  const localPart = fields.optionalText('localPart', /^[a-z0-9.-]+$/, 64);
  fields.end();
  if (form === 'rfc822Name') return { form, localPart };
  if (localPart !== null) throw refused('bad-profile', `a ${form} has no local part`);
  return { form };
}

function readRenewal(fields: Fields): RenewalRule {
  const rule = {
    windowDays: fields.integer('windowDays', 1, 365),
    overlapDays: fields.integer('overlapDays', 0, 365),
  };
  fields.end();
  return rule;
}

function readUsages(fields: Fields, name: string): ProfileKeyUsage[] {
  return fields.list(name, 0, 5, (item, path) => oneOf(item, path, KEY_USAGES));
}

/** The rules that no profile may leave. */
function checkProfile(profile: Profile): void {
  const fault = (message: string, source: string) =>
    refused('bad-profile', `profile ${profile.id}: ${message}`, { source });
  const nzism = profile.curves.every((curve) => curve === 'P-384');
  if (!nzism && profile.exception === null) throw fault('a curve other than P-384 needs a named exception', 'GOV-2');
  if (profile.validityDays > profile.maxValidityDays) throw fault('validity exceeds its own maximum', 'PRF-G');
  if (profile.rsaBits && profile.rsaBits.min > profile.rsaBits.max)
    throw fault('RSA bits are the wrong way round', 'GOV-2');
  for (const [kind, usages] of Object.entries(profile.keyUsage)) checkUsages(usages, kind, fault);
  const allowed = kindsAllowed(profile);
  if (allowed.length === 0) throw fault('no key is allowed', 'PRF-0.6');
  for (const kind of allowed)
    if (profile.keyUsage[kind].length === 0) throw fault(`no keyUsage for ${kind} keys`, 'PRF-0.10');
  if (profile.codeKey === 'RSA-3072' && !profile.rsaBits)
    throw fault('codeKey is RSA, which the profile does not take', 'PRF-UE');
  if (profile.holdPermitted && profile.id !== 'user-auth' && profile.id !== 'operator')
    throw fault('hold is not permitted', 'REV-8');
  if (profile.revocationReasons.includes('certificateHold'))
    throw fault('certificateHold is not a reason to revoke', 'REV-8');
  if (profile.revocationReasons.includes('cACompromise')) throw fault('cACompromise is for CA certificates', 'REV-5');
  checkEscrow(profile, fault);
  checkRenewal(profile, fault);
  checkNames(profile, fault);
  if (profile.id in GATEWAY_NAMES && profile.quorum < 2)
    throw fault('gateway certificates need two persons', 'section 8.1');
  if (profile.id === 'operator' && profile.quorum < 2)
    throw fault('operator certificates need two persons', 'section 8.1');
  const max = profile.id === 'tls-server' ? 200 : profile.id === 'ocsp-responder' ? 14 : 825;
  if (profile.maxValidityDays > max)
    throw fault(`at most ${max} days`, profile.id === 'ocsp-responder' ? 'PRF-O' : 'PRF-T');
  if ((profile.policyArc === null) !== (profile.id === 'ocsp-responder'))
    throw fault('all but OCSP certificates carry policies', 'SEE-R1');
}

function kindsAllowed(profile: Profile): ('ec' | 'rsa')[] {
  return [...(profile.curves.length > 0 ? (['ec'] as const) : []), ...(profile.rsaBits ? (['rsa'] as const) : [])];
}

type Fault = (message: string, source: string) => Error;

/** Keys for signing and signing in are never held by anybody but their holder (promise 7, WF-K). */
function checkEscrow({ escrow, keyUsage, keySources }: Profile, fault: Fault): void {
  if (escrow === null) return;
  const usages = [...keyUsage.ec, ...keyUsage.rsa];
  if (usages.some((usage) => usage === 'digitalSignature' || usage === 'nonRepudiation'))
    throw fault('a key that signs is never kept by others', 'WF-K');
  if (keySources.some((source) => source !== 'code'))
    throw fault('a kept key is made with an enrolment code: a CSR brings no copy of it', 'WF-K');
}

/** A window in which the overlap fits, and for gateways the overlap that lets every site change over (SEE-7). */
function checkRenewal({ id, renewal, validityDays }: Profile, fault: Fault): void {
  if (!renewal) return;
  const { windowDays, overlapDays } = renewal;
  if (id in GATEWAY_NAMES && overlapDays < LEAST_GATEWAY_OVERLAP_DAYS)
    throw fault(`old and new gateway certificates overlap for ${LEAST_GATEWAY_OVERLAP_DAYS} days or more`, 'SEE-7');
  if (overlapDays > windowDays)
    throw fault('the overlap is longer than the window in which a renewal begins', 'section 8.4');
  if (windowDays >= validityDays) throw fault('the renewal window is longer than the certificate lives', 'section 8.4');
}

/** CN and local part of the gateways' certificates; nobody else has them (DOM-1, DOM-3). */
const GATEWAY_NAMES: Readonly<Partial<Record<ProfileId, string>>> = {
  'gateway-sign': 'domain-signing-authority',
  'gateway-encrypt': 'domain-confidentiality-authority',
};

function checkNames(profile: Profile, fault: Fault): void {
  const attributes = profile.subject.map((rule) => rule.attribute);
  if (new Set(attributes).size !== attributes.length) throw fault('an attribute occurs twice', 'RFC 3183 3.1.1');
  const name = GATEWAY_NAMES[profile.id] ?? null;
  if ((profile.names.form === 'rfc822Name' ? profile.names.localPart : null) !== name)
    throw fault(name ? `the local part is ${name}` : 'only gateways have a fixed local part', 'DOM-1');
  const commonName = profile.subject.find((rule) => rule.attribute === 'commonName');
  if (name !== null && (commonName?.value !== name || commonName.optional)) throw fault(`the CN is ${name}`, 'DOM-1');
  if (name === null && profile.subject.some((rule) => rule.value !== null && isReservedName(rule.value)))
    throw fault('a reserved name is for gateways only', 'DOM-3');
}

/** Separate keys for signing and for encryption, whatever a profile says (GOV-4, WF-K). */
function checkUsages(usages: readonly ProfileKeyUsage[], kind: string, fault: Fault): void {
  const signs = usages.some((usage) => usage === 'digitalSignature' || usage === 'nonRepudiation');
  const encrypts = usages.some((usage) => usage !== 'digitalSignature' && usage !== 'nonRepudiation');
  if (signs && encrypts) throw fault('one key never signs and encrypts', 'GOV-4');
  if (kind === 'ec' && usages.some((usage) => usage === 'keyEncipherment' || usage === 'dataEncipherment')) {
    throw fault('an EC key has no keyEncipherment', 'PRF-0.6');
  }
  if (kind === 'rsa' && usages.includes('keyAgreement')) throw fault('an RSA key has no keyAgreement', 'PRF-0.6');
}

const profiles = new WeakMap<object, Profile>();

/** The profile that an activated content means; read once a content. */
export function profileOf(content: unknown): Profile {
  const key = content as object;
  const known = profiles.get(key);
  if (known) return known;
  const profile = readProfile(content);
  profiles.set(key, profile);
  return profile;
}
