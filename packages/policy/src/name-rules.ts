import { type AgencyScope, type CertificateType, isWithin, type Refusal } from '@see/domain';
import type { GeneralName, Name } from '@see/x509';
import { readDnsName } from './dns-name.ts';
import { readMailAddress } from './mail-address.ts';
import { type Profile, SUBJECT_ATTRIBUTES, type SubjectAttribute } from './profile.ts';
import { isReservedName, RESERVED_NAMES } from './reserved-names.ts';
import { subjectAttribute } from './subject.ts';

/** What the final names are held against. */
export interface NameContext {
  readonly profile: Profile;
  readonly scope: AgencyScope;
  readonly type: CertificateType;
  readonly country: string;
  /** The person the certificate stands for (serialNumber); null for gateways and servers. */
  readonly subjectPerson: string | null;
}

/** Upper bounds of RFC 5280 appendix A.1. */
const UPPER_BOUND = 64;

/**
 * Checks complete names, as they stand in an order or a TBS, against the agency's signed scope and the profile. This
 * is the check that runs at request, at approval and in the signer, on the same bytes (promise 5). All violations are
 * returned.
 */
export function nameViolations(subject: Name, altNames: readonly GeneralName[], context: NameContext): Refusal[] {
  return [...subjectViolations(subject, context), ...altNameViolations(altNames, subject, context)];
}

function subjectViolations(subject: Name, context: NameContext): Refusal[] {
  const { profile, scope } = context;
  const found: Refusal[] = [];
  const add = (code: string, message: string, path: string, source: string, remedy?: string) =>
    found.push({ code, message, path: `subject.${path}`, source, ...(remedy ? { remedy } : {}) });
  const allowed = new Set(profile.subject.map((rule) => SUBJECT_ATTRIBUTES[rule.attribute] as string));
  const seen = new Set<string>();
  for (const rdn of subject) {
    for (const { type } of rdn) {
      if (!allowed.has(type))
        add('attribute-not-allowed', `attribute ${type} is not part of profile ${profile.id}`, type, profile.id);
      if (seen.has(type)) add('attribute-repeated', `attribute ${type} occurs twice`, type, 'RFC 3183 3.1.1');
      seen.add(type);
    }
    if (rdn.length !== 1) add('multi-valued-rdn', 'one attribute an RDN', 'rdn', 'SEE-22');
  }
  for (const rule of profile.subject) {
    const value = subjectAttribute(subject, rule.attribute);
    if (value === undefined) {
      if (!rule.optional) add('attribute-missing', `${rule.attribute} is missing`, rule.attribute, profile.id);
      continue;
    }
    if (value.length > UPPER_BOUND) {
      add(
        'value-too-long',
        `${rule.attribute} has ${value.length} characters; at most ${UPPER_BOUND}`,
        rule.attribute,
        'RFC 5280 A.1',
        'give a shorter name; nothing is cut silently',
      );
    }
    const fault = valueFault(rule.attribute, rule.value, value, context);
    if (fault) add(fault.code, fault.message, rule.attribute, fault.source);
  }
  if (found.length === 0 && scope.status !== 'active' && scope.status !== 'scoped')
    add('agency-not-active', `agency ${scope.agencyId} is ${scope.status}`, 'organizationName', 'WF-M');
  return found;
}

type ValueFault = { readonly code: string; readonly message: string; readonly source: string } | undefined;

function valueFault(
  attribute: SubjectAttribute,
  fixed: string | null,
  value: string,
  context: NameContext,
): ValueFault {
  const { scope, profile, type } = context;
  if (fixed !== null) {
    return value === fixed
      ? undefined
      : { code: 'value-not-fixed', message: `${attribute} is "${value}", not "${fixed}"`, source: profile.id };
  }
  switch (attribute) {
    case 'countryName':
      return value === context.country
        ? undefined
        : { code: 'wrong-country', message: `C is ${value}, not ${context.country}`, source: 'PRF-G' };
    case 'organizationName':
      return scope.organizationNames.includes(value)
        ? undefined
        : {
            code: 'organization-not-in-scope',
            message: `"${value}" is no name of agency ${scope.agencyId}`,
            source: 'SEE-26',
          };
    case 'organizationIdentifier':
      return value === scope.organizationIdentifier
        ? undefined
        : { code: 'organization-identifier', message: `"${value}" is not the agency's identifier`, source: 'PRF-G' };
    case 'localityName':
      return value === scope.locality
        ? undefined
        : { code: 'locality-not-in-scope', message: `"${value}" is not the agency's locality`, source: 'PRF-T' };
    case 'serialNumber':
      return value === context.subjectPerson
        ? undefined
        : { code: 'person-mismatch', message: 'serialNumber is not the id of the person who applies', source: 'RP-5' };
    case 'commonName':
      return commonNameFault(value, type, profile);
    case 'givenName':
    case 'surname':
      return isReservedName(value) ? reserved(value) : undefined;
  }
}

function commonNameFault(value: string, type: CertificateType, profile: Profile): ValueFault {
  if (profile.names.form === 'dNSName') return undefined;
  const suffix = type.qualifier === null ? '' : ` [${type.qualifier}]`;
  if (!value.endsWith(suffix) || value.length === suffix.length) {
    return { code: 'qualifier-missing', message: `CN has to end with "${suffix}"`, source: 'SEE-22' };
  }
  const plain = value.slice(0, value.length - suffix.length);
  if (BRACKETS.test(plain))
    return { code: 'brackets-in-name', message: 'a name holds no brackets, they mark the type', source: 'SEE-22' };
  return isReservedName(plain) ? reserved(plain) : undefined;
}

/** Every kind of opening and closing bracket but round ones. */
const BRACKETS = /[^\P{Ps}(]|[^\P{Pe})]/u;

function reserved(value: string): ValueFault {
  return {
    code: 'reserved-name',
    message: `"${value}" is or looks like one of ${RESERVED_NAMES.join(', ')}`,
    source: 'DOM-3',
  };
}

function altNameViolations(names: readonly GeneralName[], subject: Name, context: NameContext): Refusal[] {
  const { profile, scope } = context;
  const found: Refusal[] = [];
  const add = (code: string, message: string, source: string, remedy?: string) =>
    found.push({ code, message, path: 'subjectAltName', source, ...(remedy ? { remedy } : {}) });
  const rule = profile.names;
  if (rule.form === 'none') {
    if (names.length > 0) add('names-not-allowed', `profile ${profile.id} has no subjectAltName`, profile.id);
    return found;
  }
  if (names.length === 0) add('names-missing', 'at least one name is needed', 'PRF-G');
  if (context.subjectPerson !== null && names.length > 1)
    add('too-many-names', `a person has one address, not ${names.length}`, 'PRF-UA');
  if (names.length > 100) add('too-many-names', `${names.length} names; at most 100`, profile.id);
  const seen = new Set<string>();
  for (const name of names.slice(0, 100)) {
    if (name.kind !== rule.form) {
      add('name-form', `a ${name.kind} is not allowed here`, profile.id);
      continue;
    }
    if (seen.has(name.value)) add('name-repeated', `${name.value} occurs twice`, 'PRF-0.10');
    seen.add(name.value);
    const domain = rule.form === 'dNSName' ? dnsDomain(name.value, add) : mailDomain(name.value, rule.localPart, add);
    if (domain !== undefined && !scope.domains.some((theirs) => isWithin(domain, theirs))) {
      add(
        'domain-not-in-scope',
        `${domain} is no domain of agency ${scope.agencyId} (${scope.domains.join(', ')})`,
        'SEE-26',
        "have two operators add the domain to the agency's scope",
      );
    }
  }
  const commonName = subjectAttribute(subject, 'commonName');
  if (rule.form === 'dNSName' && commonName !== undefined && !seen.has(commonName)) {
    add('common-name-not-a-name', `CN ${commonName} is not among the names`, 'PRF-T');
  }
  return found;
}

type Add = (code: string, message: string, source: string, remedy?: string) => void;

function dnsDomain(value: string, add: Add): string | undefined {
  if (readDnsName(value) !== value) {
    add('bad-dns-name', `${JSON.stringify(value)} is no host name in A-label form`, 'PRF-T');
    return undefined;
  }
  return value.startsWith('*.') ? value.slice(2) : value;
}

function mailDomain(value: string, localPart: string | null, add: Add): string | undefined {
  const address = readMailAddress(value);
  if (!address || `${address.localPart}@${address.domain}` !== value) {
    add('bad-mail-address', `${JSON.stringify(value)} is no mail address of the form local@domain`, 'PRF-0.9');
    return undefined;
  }
  if (localPart !== null && address.localPart !== localPart)
    add('local-part-fixed', `the local part is ${localPart}`, 'DOM-1');
  if (localPart === null && isReservedName(address.localPart)) {
    add('reserved-name', `the local part ${address.localPart} is or looks like a reserved one`, 'DOM-3');
  }
  return address.domain;
}
