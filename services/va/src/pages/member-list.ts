import type { AgencyScope } from '@see/domain';
import { canonicalBytes } from '@see/statement';
import type { DirectoryCertificate, DirectoryIndex } from './directory-index.ts';

/** When an agency was admitted and when its present scope was signed, in seconds since 1970. */
export interface AgencyDates {
  readonly since: number;
  readonly updatedAt: number;
}

const VALID_FOR_MS = 24 * 3_600_000;

/**
 * The list of members for machines (DIR-8, SEE-9): every active agency whose site is certified, with its mail domains, the SHA-256 of each domain's
 * gateway certificates that are valid now, and dates by which stale data is seen. Canonical JSON (RFC 8785). Agencies and
 * domains come from statements that this process verified, certificates from verified octets: a certificate belongs to a
 * domain because the CA certified the RFC 3183 name in it.
 */
export function memberList(
  instance: string,
  agencies: Iterable<AgencyScope>,
  dates: (agencyId: string) => AgencyDates | undefined,
  directory: DirectoryIndex,
  now: Date,
): Uint8Array {
  const members = listed(agencies).map((scope) => member(scope, dates(scope.agencyId), directory, now.getTime()));
  return canonicalBytes({
    v: 1,
    instance,
    issuedAt: iso(now.getTime()),
    validUntil: iso(now.getTime() + VALID_FOR_MS),
    members,
  });
}

/** What mail to a member's domain is encrypted to now. */
export interface MemberCertificate {
  readonly agency: string;
  readonly domain: string;
  readonly certificate: DirectoryCertificate;
}

/** The certificates of `dca` of every member, in the order of the list. */
export function encryptionCertificates(
  agencies: Iterable<AgencyScope>,
  directory: DirectoryIndex,
  now: Date,
): readonly MemberCertificate[] {
  return listed(agencies).flatMap((scope) =>
    scope.domains.flatMap((domain) =>
      directory
        .withMail(`${CONFIDENTIALITY}@${domain}`, now.getTime())
        .filter(({ record }) => record.encrypts)
        .map((certificate) => ({ agency: scope.agencyId, domain, certificate })),
    ),
  );
}

/** Local part of the address for which a gateway decrypts (RFC 3183). */
const CONFIDENTIALITY = 'domain-confidentiality-authority';

/** Agencies that are in the list, by id. */
function listed(agencies: Iterable<AgencyScope>): readonly AgencyScope[] {
  return [...agencies]
    .filter(({ status, membership }) => status === 'active' && membership?.certification)
    .sort((one, other) => (one.agencyId < other.agencyId ? -1 : 1));
}

function member(scope: AgencyScope, dates: AgencyDates | undefined, directory: DirectoryIndex, now: number) {
  const ofDomains = (localPart: string, wanted: (one: DirectoryCertificate) => boolean) =>
    scope.domains.flatMap((domain) =>
      directory
        .withMail(`${localPart}@${domain}`, now)
        .filter(wanted)
        .map(({ record }) => ({ domain, sha256: record.sha256, validUntil: iso(record.notAfter) })),
    );
  return {
    agency: scope.agencyId,
    name: scope.name,
    organizationNames: scope.organizationNames,
    domains: scope.domains,
    status: scope.status,
    dca: ofDomains(CONFIDENTIALITY, (one) => one.record.encrypts),
    dsa: ofDomains('domain-signing-authority', (one) => !one.record.encrypts),
    since: dates ? iso(dates.since * 1000) : null,
    updatedAt: dates ? iso(dates.updatedAt * 1000) : null,
    lastVerifiedAt: iso(scope.lastVerifiedAt * 1000),
    validUntil: iso(scope.nextReviewAt * 1000),
  };
}

/** ISO 8601 to the second. */
function iso(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
