import type { AgencyScope, CertificateType, Configuration } from '@see/domain';
import { type AttributeTypeAndValue, type GeneralName, type Name, nameAttribute } from '@see/x509';
import { type Profile, SUBJECT_ATTRIBUTES, type SubjectRule, type SubjectSource } from './profile.ts';

/** The person a certificate stands for, as the registry has them. */
export interface SubjectPerson {
  readonly id: string;
  readonly givenName: string | null;
  readonly surname: string;
  readonly displayName: string;
  readonly email: string;
}

/** Everything that a subject may be made of. */
export interface SubjectFacts {
  readonly configuration: Configuration;
  readonly scope: AgencyScope;
  /** Which of the scope's names goes into O. */
  readonly organizationName: string;
  readonly person: SubjectPerson | null;
  readonly type: CertificateType;
  /** Mail domains (gateways) or host names (servers) as A-labels. */
  readonly dnsNames: readonly string[];
}

/** The CN of a person: display name and, where the type has one, its qualifier (SEE-22). */
export function qualifiedName(displayName: string, type: CertificateType): string {
  return type.qualifier === null ? displayName : `${displayName} [${type.qualifier}]`;
}

/** The subject of a certificate, one attribute an RDN, in the order of the profile. */
export function subjectName(profile: Profile, facts: SubjectFacts): Name {
  const rdns: AttributeTypeAndValue[][] = [];
  for (const rule of profile.subject) {
    const value = subjectValue(rule, facts);
    if (value !== null && value !== '') rdns.push([{ type: SUBJECT_ATTRIBUTES[rule.attribute], value }]);
  }
  return rdns;
}

function subjectValue(rule: SubjectRule, facts: SubjectFacts): string | null {
  if (rule.from === null) return rule.value;
  return SOURCES[rule.from](facts);
}

const SOURCES: Readonly<Record<SubjectSource, (facts: SubjectFacts) => string | null>> = {
  'configuration.country': (facts) => facts.configuration.country,
  'agency.locality': (facts) => facts.scope.locality,
  'agency.organizationName': (facts) => facts.organizationName,
  'agency.organizationIdentifier': (facts) => facts.scope.organizationIdentifier,
  'person.givenName': (facts) => facts.person?.givenName ?? null,
  'person.surname': (facts) => facts.person?.surname ?? null,
  'person.qualifiedName': (facts) => (facts.person ? qualifiedName(facts.person.displayName, facts.type) : null),
  'person.id': (facts) => facts.person?.id ?? null,
  'order.firstDnsName': (facts) => facts.dnsNames[0] ?? null,
  'responder.name': () => null,
};

/** The subjectAltName of a certificate (PRF-G, PRF-U*, PRF-T). */
export function subjectAltNames(profile: Profile, facts: SubjectFacts): GeneralName[] {
  const rule = profile.names;
  if (rule.form === 'dNSName') return facts.dnsNames.map((value) => ({ kind: 'dNSName', value }));
  if (rule.form === 'none') return [];
  const { localPart } = rule;
  if (localPart !== null)
    return facts.dnsNames.map((domain) => ({ kind: 'rfc822Name', value: `${localPart}@${domain}` }));
  return facts.person ? [{ kind: 'rfc822Name', value: facts.person.email }] : [];
}

/** The attribute of a name by our name for it. */
export function subjectAttribute(name: Name, attribute: keyof typeof SUBJECT_ATTRIBUTES): string | undefined {
  return nameAttribute(name, SUBJECT_ATTRIBUTES[attribute]);
}
