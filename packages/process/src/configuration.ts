import { resolve } from 'node:path';
import { type ServiceName, serviceNames } from '@see/db/embedded';
import { ConfigurationError } from './configuration-error.ts';
import { type Face, faces, isOrigin, isPort } from './instance.ts';
import { readOidcSettings } from './oidc-settings.ts';
import { readTlsSettings } from './tls-settings.ts';

/**
 * The ways to sign in that there are: passkeys, tokens and accounts at an OpenID provider to the console, operator certificates
 * to console, API and command line.
 */
export const signInMethods = ['passkey', 'token', 'certificate', 'oidc'] as const;

/** One of them. */
export type SignInMethod = (typeof signInMethods)[number];

/** What the environment says about an instance. Public names count only when the instance is made; ports count at each start. */
export interface Configuration {
  /** Absolute path; it may not exist yet. */
  readonly dataDir: string;
  readonly ports: Readonly<Record<Face, number>>;
  /** The ports that were given and not defaulted. */
  readonly givenPorts: Partial<Readonly<Record<Face, number>>>;
  readonly urls: Readonly<Record<Face, string>>;
  /** The public names that were given and not defaulted. */
  readonly givenUrls: Partial<Readonly<Record<Face, string>>>;
  readonly rpId: string;
  /** The ways to sign in that are switched on; at least one. Counts at each start. */
  readonly signIn: readonly SignInMethod[];
  readonly database: EmbeddedDatabase | ExternalDatabase;
  /** Files with passphrases, when they are not those that the evaluation preset made. */
  readonly passphraseFiles: Partial<Readonly<Record<ServiceName, string>>>;
}

/** PostgreSQL is ours to start. */
export interface EmbeddedDatabase {
  readonly kind: 'embedded';
}

/** PostgreSQL is someone else's. The URLs contain passwords. */
export interface ExternalDatabase {
  readonly kind: 'external';
  readonly ownerUrl: string;
  readonly serviceUrls: Partial<Readonly<Record<ServiceName, string>>>;
}

const DEFAULT_PORTS: Readonly<Record<Face, number>> = { va: 8080, portal: 8081, desk: 8082, tls: 8443, mtls: 8444 };

/** Reads the environment (SEE_DATA_DIR, SEE_…_PORT, SEE_…_URL, SEE_RP_ID, SEE_SIGN_IN, SEE_DATABASE_URL…). Throws {@link ConfigurationError}. */
export function readConfiguration(
  environment: Readonly<Record<string, string | undefined>>,
  workingFolder: string,
): Configuration {
  const givenPorts: Partial<Record<Face, number>> = {};
  const givenUrls: Partial<Record<Face, string>> = {};
  const ports = { ...DEFAULT_PORTS };
  const urls: Partial<Record<Face, string>> = {};
  for (const face of faces) {
    const port = environment[`SEE_${face.toUpperCase()}_PORT`];
    if (port) givenPorts[face] = ports[face] = parsePort(`SEE_${face.toUpperCase()}_PORT`, port);
    const url = environment[`SEE_${face.toUpperCase()}_URL`];
    if (url) givenUrls[face] = parseOrigin(`SEE_${face.toUpperCase()}_URL`, url);
    const scheme = face === 'tls' || face === 'mtls' ? 'https' : 'http';
    urls[face] = givenUrls[face] ?? `${scheme}://localhost:${ports[face]}`;
  }
  const twice = faces.find((face, index) => faces.slice(0, index).some((other) => ports[other] === ports[face]));
  if (twice) throw new ConfigurationError(`SEE_${twice.toUpperCase()}_PORT ${ports[twice]} is used twice`);
  const desk = new URL(urls.desk ?? '');
  const signIn = readSignInMethods(environment['SEE_SIGN_IN']);
  assertRaSettings(environment, signIn);
  return {
    dataDir: resolve(workingFolder, environment['SEE_DATA_DIR'] || 'var'),
    ports,
    givenPorts,
    urls: urls as Record<Face, string>,
    givenUrls,
    rpId: environment['SEE_RP_ID'] || desk.hostname,
    signIn,
    database: readDatabase(environment),
    passphraseFiles: perService(environment, (service) => `SEE_${service.toUpperCase()}_PASSPHRASE_FILE`),
  };
}

/** Reads a list like `passkey,token`; all of them when there is none. Throws {@link ConfigurationError}. */
export function readSignInMethods(text: string | undefined): readonly SignInMethod[] {
  if (!text) return signInMethods;
  const named = text.split(',').map((name) => name.trim());
  const unknown = named.find((name) => !signInMethods.some((method) => method === name));
  if (unknown !== undefined) {
    throw new ConfigurationError(`SEE_SIGN_IN lists ${signInMethods.join(' and ')}, it has "${unknown}"`);
  }
  return signInMethods.filter((method) => named.includes(method));
}

/** What only ra uses: looked at here so that a start says what is wrong before anything runs. */
function assertRaSettings(
  environment: Readonly<Record<string, string | undefined>>,
  signIn: readonly SignInMethod[],
): void {
  readTlsSettings(environment, 'production');
  const oidc = readOidcSettings(environment);
  if (environment['SEE_SIGN_IN'] && signIn.includes('oidc') && !oidc)
    throw new ConfigurationError('SEE_SIGN_IN lists oidc, so SEE_OIDC_ISSUER and its settings are needed');
}

function readDatabase(environment: Readonly<Record<string, string | undefined>>): EmbeddedDatabase | ExternalDatabase {
  const ownerUrl = environment['SEE_DATABASE_URL'];
  const serviceUrls = perService(environment, (service) => `SEE_DATABASE_URL_${service.toUpperCase()}`);
  if (!ownerUrl) {
    const lonely = Object.keys(serviceUrls)[0];
    if (lonely)
      throw new ConfigurationError(`SEE_DATABASE_URL_${lonely.toUpperCase()} is set but SEE_DATABASE_URL is not`);
    return { kind: 'embedded' };
  }
  for (const [name, url] of [['', ownerUrl], ...Object.entries(serviceUrls)] as const) {
    if (!/^postgres(?:ql)?:\/\//.test(url)) {
      throw new ConfigurationError(`SEE_DATABASE_URL${name && `_${name.toUpperCase()}`} must begin with postgresql://`);
    }
  }
  return { kind: 'external', ownerUrl, serviceUrls };
}

function perService(
  environment: Readonly<Record<string, string | undefined>>,
  variable: (service: ServiceName) => string,
): Partial<Record<ServiceName, string>> {
  const found: Partial<Record<ServiceName, string>> = {};
  for (const service of serviceNames) {
    const value = environment[variable(service)];
    if (value) found[service] = value;
  }
  return found;
}

function parsePort(name: string, text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!isPort(port)) throw new ConfigurationError(`${name} must be a port number, it is "${text}"`);
  return port;
}

function parseOrigin(name: string, text: string): string {
  const origin = text.replace(/\/$/, '');
  if (!isOrigin(origin))
    throw new ConfigurationError(`${name} must be like https://pki.example.govt.nz, it is "${text}"`);
  return origin;
}
