import type { Refusal } from '@see/domain';
import { formatName, type GeneralName, type ParsedCsr } from '@see/x509';
import type { Profile } from './profile.ts';
import { keyViolations } from './public-key.ts';
import { verifyCsr } from './verify-csr.ts';

/** What we would make of a CSR: what is taken, what is ignored, what is wrong. */
export interface CsrInspection {
  readonly acceptable: boolean;
  readonly taken: { readonly key: string; readonly spkiSha256: string; readonly proofOfPossession: string } | null;
  readonly ignored: readonly { readonly what: string; readonly value: string; readonly why: string }[];
  readonly violations: readonly Refusal[];
}

/** Looks at a CSR without storing it. With a profile, also at what the profile has against its key. */
export async function inspectCsr(der: Uint8Array, profile: Profile | undefined): Promise<CsrInspection> {
  const result = await verifyCsr(der);
  const csr = result.ok ? result.verified.csr : result.csr;
  const ignored = csr ? ignoredParts(csr) : [];
  if (!result.ok) return { acceptable: false, taken: null, ignored, violations: result.violations };
  const { key } = result.verified;
  const violations = profile ? keyViolations(key.key, profile) : [];
  const name = key.key.kind === 'rsa' ? `RSA-${key.key.bits}` : key.key.kind === 'ec' ? key.key.curve : key.key.kind;
  return {
    acceptable: violations.length === 0,
    taken: { key: name, spkiSha256: key.sha256.toHex(), proofOfPossession: 'holds' },
    ignored,
    violations,
  };
}

const FROM_REGISTRY = "names come from the agency's registry entry, never from a CSR";

function ignoredParts(csr: ParsedCsr): CsrInspection['ignored'] {
  const parts: { what: string; value: string; why: string }[] = [];
  if (csr.subject.length > 0) parts.push({ what: 'subject', value: formatName(csr.subject), why: FROM_REGISTRY });
  if (csr.subjectAltName?.length)
    parts.push({ what: 'subjectAltName', value: csr.subjectAltName.map(show).join(', '), why: FROM_REGISTRY });
  for (const extension of csr.extensions) {
    if (extension.oid === '2.5.29.17') continue;
    parts.push({
      what: `extension ${extension.oid}`,
      value: extension.critical ? 'critical' : 'not critical',
      why: 'extensions come from the profile',
    });
  }
  if (csr.challengePassword !== undefined)
    parts.push({ what: 'challengePassword', value: 'present', why: 'not used, and not stored' });
  return parts;
}

function show(name: GeneralName): string {
  return 'value' in name && typeof name.value === 'string' ? `${name.kind}:${name.value}` : name.kind;
}
