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

/** A name that nothing can have (RFC 6761 6.4). Where only it is permitted, the whole form is refused. */
const NOTHING = 'none.invalid';

/** Java compares a common name that looks like a host with the constraints on DNS names; those of RFC 3183 do. */
const GATEWAY_COMMON_NAMES = ['domain-signing-authority', 'domain-confidentiality-authority'];

/**
 * Name constraints of an issuing CA (PRF-I3). Mail CAs permit the members' hosts, both as host and as sub-domains, and
 * no DNS name that a host could have; the TLS CA permits DNS names below the suffixes and no mail address. All exclude
 * every address and confine directory names to the country. A form is closed by permitting a name that nothing has, not
 * by excluding the empty name: at that, Java fails (docs/interop.md). GnuTLS does not look
 * at directory names.
 */
export function caConstraints(id: CaId, names: CaNames): { permitted: GeneralSubtree[]; excluded: GeneralSubtree[] } {
  const country: Name = [[{ type: oid.countryName, value: names.country }]];
  const [mail, hosts] =
    id === 'tls'
      ? [[NOTHING], names.permittedDomains]
      : [
          names.permittedDomains.filter((candidate) => candidate.includes('.')),
          id === 'gateway' ? GATEWAY_COMMON_NAMES : [NOTHING],
        ];
  return {
    permitted: [
      { kind: 'directoryName', name: country },
      ...mail.flatMap((domain) => [mailBase(domain), mailBase(`.${domain}`)]),
      ...hosts.map((value): GeneralSubtree => ({ kind: 'dNSName', value })),
    ],
    excluded: [
      { kind: 'iPAddress', bytes: ALL_IPV4 },
      { kind: 'iPAddress', bytes: ALL_IPV6 },
    ],
  };
}

function mailBase(value: string): GeneralSubtree {
  return { kind: 'rfc822Name', value };
}
