/** A finding of someone else's linter that stays on purpose. Each is explained in docs/conformance.md under its anchor. */
export interface Deviation {
  /** Code of the finding. */
  readonly code: string;
  /** What the message has to say, so that the same code for another reason still fails. */
  readonly message: RegExp;
  /** What it may be found on: names of the linted documents. */
  readonly on: RegExp;
  /** Anchor in docs/conformance.md. */
  readonly anchor: string;
}

/** An evaluation instance answers on this machine; pkilint takes only names with a dot. Production refuses such names. */
const LOCAL_URL = /^Invalid URI syntax: "http:\/\/localhost:\d+\/[^"]*"$/;
const LOCAL_NAME = /^Invalid domain name syntax: "localhost"$/;

export const DEVIATIONS: readonly Deviation[] = [
  { code: 'pkix.invalid_uri_syntax', message: LOCAL_URL, on: /./, anchor: 'localhost' },
  { code: 'pkix.invalid_domain_name_syntax', message: LOCAL_NAME, on: /^(tls-server|ca-tls)$/, anchor: 'localhost' },
  {
    code: 'pkix.invalid_domain_name_syntax',
    message: /^Invalid domain name syntax: "domain-(signing|confidentiality)-authority"$/,
    on: /^ca-gateway$/,
    anchor: 'gateway-ca-dns-constraints',
  },
  {
    code: 'cabf.smime.common_name_value_unknown_source',
    message: /^Unknown CN value source: "domain-(signing|confidentiality)-authority"$/,
    on: /^gateway-/,
    anchor: 'rfc3183-common-name',
  },
  {
    code: 'cabf.smime.no_required_reserved_policy_oid',
    message: /^Required policy OID 2\.23\.140\.1\.5\.[23]\.3 is missing$/,
    on: /^(gateway|user)-(sign|encrypt)/,
    anchor: 'no-cabf-policy',
  },
  {
    code: 'cabf.internal_domain_name',
    message: /^Internal domain name: "localhost"$/,
    on: /^(gateway|user)-(sign|encrypt)/,
    anchor: 'localhost',
  },
  {
    code: 'cabf.crl_prohibited_reason_code',
    message: /^Prohibited reason code "certificateHold"$/,
    on: /^CRL of individual$/,
    anchor: 'hold',
  },
  // zlint runs this rule on every CRL, whatever sources it is told to use.
  { code: 'e_cab_crl_has_valid_reason_code', message: /./, on: /^CRL of individual$/, anchor: 'hold' },
];

/** The deviation that a finding is, if it is one. */
export function deviationOf(code: string, message: string, name: string): Deviation | undefined {
  return DEVIATIONS.find((one) => one.code === code && one.on.test(name) && one.message.test(message));
}
