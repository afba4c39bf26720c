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
export async function memberList(
  instance: string,
  agencies: Iterable<AgencyScope>,
  dates: (agencyId: string) => AgencyDates | undefined,
  directory: DirectoryIndex,
  now: Date,
): Promise<Uint8Array> {
  const scopes = listed(agencies);
  const found = await directory.withMails(addresses(scopes, [CONFIDENTIALITY, SIGNING]), now.getTime());
  const members = scopes.map((scope) => member(scope, dates(scope.agencyId), found));
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
export async function encryptionCertificates(
  agencies: Iterable<AgencyScope>,
  directory: DirectoryIndex,
  now: Date,
): Promise<readonly MemberCertificate[]> {
  const scopes = listed(agencies);
  const found = await directory.withMails(addresses(scopes, [CONFIDENTIALITY]), now.getTime());
  return scopes.flatMap((scope) =>
    scope.domains.flatMap((domain) =>
      (found.get(`${CONFIDENTIALITY}@${domain}`) ?? [])
        .filter(({ record }) => record.encrypts)
        .map((certificate) => ({ agency: scope.agencyId, domain, certificate })),
    ),
  );
}

/** Local part of the address for which a gateway decrypts (RFC 3183). */
const CONFIDENTIALITY = 'domain-confidentiality-authority';
/** Local part of the address for which a gateway signs. */
const SIGNING = 'domain-signing-authority';

function addresses(scopes: readonly AgencyScope[], localParts: readonly string[]): string[] {
  return scopes.flatMap(({ domains }) => domains.flatMap((domain) => localParts.map((part) => `${part}@${domain}`)));
}

/** Agencies that are in the list, by id. */
function listed(agencies: Iterable<AgencyScope>): readonly AgencyScope[] {
  return [...agencies]
    .filter(({ status, membership }) => status === 'active' && membership?.certification)
    .sort((one, other) => (one.agencyId < other.agencyId ? -1 : 1));
}

function member(
  scope: AgencyScope,
  dates: AgencyDates | undefined,
  found: ReadonlyMap<string, readonly DirectoryCertificate[]>,
) {
  const ofDomains = (localPart: string, wanted: (one: DirectoryCertificate) => boolean) =>
    scope.domains.flatMap((domain) =>
      (found.get(`${localPart}@${domain}`) ?? [])
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
    dsa: ofDomains(SIGNING, (one) => !one.record.encrypts),
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
