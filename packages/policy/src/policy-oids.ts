import type { CertificateType } from '@see/domain';
import type { Profile } from './profile.ts';

/** What a certificate asserts: its type (`arc.1.n`) and its profile (`arc.2.n`). */
export function policyOids(policyArc: string, type: CertificateType, profile: Profile): string[] {
  return profile.policyArc === null ? [] : [`${policyArc}.1.${type.arc}`, `${policyArc}.2.${profile.policyArc}`];
}

/** Where the policy page describes a type (cpsUri). */
export function cpsUri(vaUrl: string, type: CertificateType): string {
  return `${vaUrl}/cp#${type.id}`;
}
