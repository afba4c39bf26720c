import { type GeneralSubtree, type Name, oid } from '@see/x509';

export type CaId = 'gateway' | 'individual' | 'tls' | 'operations';

/** What the name constraints are made of. */
export interface CaNames {
  readonly country: string;
  /** Suffixes below which members have their domains, e.g. `govt.nz`; also single hosts such as `localhost`. */
  readonly permittedDomains: readonly string[];
}

const EMAIL_PROTECTION = '1.3.6.1.5.5.7.3.4';
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';

/**
 * Extended key usage of an issuing CA. OCSPSigning is left out on purpose: with it the CA would pass as the root's
 * own OCSP responder (RFC 6960 4.2.2.2).
 */
export function caExtKeyUsage(id: CaId): string[] {
  return {
    gateway: [EMAIL_PROTECTION],
    individual: [CLIENT_AUTH, EMAIL_PROTECTION],
    tls: [SERVER_AUTH],
    operations: [CLIENT_AUTH],
  }[id];
}

const ALL_IPV4 = new Uint8Array(8);
const ALL_IPV6 = new Uint8Array(32);

/**
 * Name constraints of an issuing CA (PRF-I3). Mail CAs permit the members' hosts, both as host and as sub-domains, and
 * exclude every DNS name and address; the TLS CA permits DNS names below the suffixes and excludes mail and addresses.
 * All confine directory names to the country.
 */
export function caConstraints(id: CaId, names: CaNames): { permitted: GeneralSubtree[]; excluded: GeneralSubtree[] } {
  const country: Name = [[{ type: oid.countryName, value: names.country }]];
  const permitted: GeneralSubtree[] = [{ kind: 'directoryName', name: country }];
  const excluded: GeneralSubtree[] = [
    { kind: 'iPAddress', bytes: ALL_IPV4 },
    { kind: 'iPAddress', bytes: ALL_IPV6 },
  ];
  if (id === 'tls') {
    for (const value of names.permittedDomains) permitted.push({ kind: 'dNSName', value });
  } else {
    for (const domain of names.permittedDomains.filter((candidate) => candidate.includes('.'))) {
      permitted.push({ kind: 'rfc822Name', value: domain }, { kind: 'rfc822Name', value: `.${domain}` });
    }
    excluded.unshift({ kind: 'dNSName', value: '' });
  }
  return { permitted, excluded };
}
