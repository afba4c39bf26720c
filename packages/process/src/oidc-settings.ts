import { isAbsolute } from 'node:path';
import { ConfigurationError } from './configuration-error.ts';

/** The OpenID provider at which people sign in, for sites that have one. */
export interface OidcSettings {
  /** The issuer identifier, exactly as the provider writes it. */
  readonly issuer: string;
  readonly clientId: string;
  /** Absolute path of the file with the client secret; undefined for a client without one. */
  readonly clientSecretFile: string | undefined;
  /** Authentication context classes of which an ID token must have one. */
  readonly acrValues: readonly string[];
  /** Seconds since the person last showed the provider who they are, at most. */
  readonly maxAge: number;
  /** What people call the provider. */
  readonly name: string;
  /** JWS algorithms that ID tokens may be signed with. */
  readonly algorithms: readonly string[];
}

/** SHA-384 and more. Those with SHA-256 must be named, as an exception that the site takes (GOV-3). */
const ALGORITHMS = ['ES384', 'PS384', 'PS512', 'RS384', 'RS512'];
const BY_EXCEPTION = ['ES256', 'PS256', 'RS256'];
const LONGEST = 43_200;
/** As long as a session may be idle: whoever was signed out for it shows the provider again who they are. */
const MAX_AGE = 600;

/** Reads SEE_OIDC_…; undefined when SEE_OIDC_ISSUER is not set. Throws {@link ConfigurationError}. */
export function readOidcSettings(environment: Readonly<Record<string, string | undefined>>): OidcSettings | undefined {
  const issuer = environment['SEE_OIDC_ISSUER'];
  if (!issuer) {
    const lonely = Object.keys(environment).find((name) => name.startsWith('SEE_OIDC_') && environment[name]);
    if (lonely) throw new ConfigurationError(`${lonely} is set but SEE_OIDC_ISSUER is not`);
    return undefined;
  }
  assertIssuer(issuer);
  const clientId = environment['SEE_OIDC_CLIENT_ID'];
  if (!clientId) throw new ConfigurationError('SEE_OIDC_CLIENT_ID is missing');
  const clientSecretFile = environment['SEE_OIDC_CLIENT_SECRET_FILE'] || undefined;
  if (clientSecretFile !== undefined && !isAbsolute(clientSecretFile))
    throw new ConfigurationError('SEE_OIDC_CLIENT_SECRET_FILE is an absolute path, for services work elsewhere');
  const acrValues = words(environment['SEE_OIDC_ACR_VALUES']);
  if (acrValues.length === 0) {
    throw new ConfigurationError(
      'SEE_OIDC_ACR_VALUES is missing: it lists the acr values by which the provider says that somebody signed in with more than a password',
    );
  }
  return {
    issuer,
    clientId,
    clientSecretFile,
    acrValues,
    maxAge: readMaxAge(environment['SEE_OIDC_MAX_AGE']),
    name: environment['SEE_OIDC_NAME']?.trim() || new URL(issuer).hostname,
    algorithms: readAlgorithms(environment['SEE_OIDC_ALGORITHMS']),
  };
}

function assertIssuer(issuer: string): void {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  if (url?.protocol !== 'https:' || url.search !== '' || url.hash !== '') {
    throw new ConfigurationError(
      `SEE_OIDC_ISSUER must be an https address without a query, like https://login.example.govt.nz, it is "${issuer}"`,
    );
  }
}

function readMaxAge(text: string | undefined): number {
  if (!text) return MAX_AGE;
  const seconds = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (!(seconds <= LONGEST)) throw new ConfigurationError(`SEE_OIDC_MAX_AGE is 0 to ${LONGEST} seconds`);
  return seconds;
}

function readAlgorithms(text: string | undefined): readonly string[] {
  if (!text) return ALGORITHMS;
  const named = words(text);
  const known = [...ALGORITHMS, ...BY_EXCEPTION];
  const unknown = named.find((name) => !known.includes(name));
  if (unknown !== undefined || named.length === 0)
    throw new ConfigurationError(`SEE_OIDC_ALGORITHMS lists some of ${known.join(', ')}`);
  return named;
}

function words(text: string | undefined): readonly string[] {
  return (text ?? '').split(/[\s,]+/).filter((word) => word !== '');
}
