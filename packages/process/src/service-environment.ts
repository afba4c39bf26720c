import type { ServiceName } from '@see/db';
import { accountOf, hasSeparateAccounts } from './accounts.ts';
import { compileCacheFolder } from './compile-cache.ts';
import type { SignInMethod } from './configuration.ts';
import type { Instance } from './instance.ts';
import { type Layout, serviceStateDir } from './layout.ts';

/** What of the caller's own environment one service is given beside PATH and NODE_*: mail, which the worker alone sends, where va alone sends its spans, and what ra alone listens with and signs people in by. */
const OF_THE_CALLER: Partial<Record<ServiceName, readonly string[]>> = {
  worker: ['SEE_SMTP_URL', 'SEE_MAIL_FROM'],
  va: ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_HEADERS'],
  ra: [
    'SEE_TLS_ADDRESS',
    'SEE_TLS_CERTIFICATE',
    'SEE_TLS_KEY',
    'SEE_OIDC_ISSUER',
    'SEE_OIDC_CLIENT_ID',
    'SEE_OIDC_CLIENT_SECRET_FILE',
    'SEE_OIDC_ACR_VALUES',
    'SEE_OIDC_MAX_AGE',
    'SEE_OIDC_NAME',
    'SEE_OIDC_ALGORITHMS',
  ],
};

/** The descriptor on which a service reads a passphrase that was typed. */
export const PASSPHRASE_FD = 4;

/** What the supervisor knows of one service. */
export interface ServiceAssignment {
  readonly service: ServiceName;
  readonly instance: Instance;
  readonly layout: Layout;
  /** The service's own login. Contains a password. */
  readonly databaseUrl: string;
  /** The ways to sign in that are on, for ra, which alone signs anybody in; all of them when absent. */
  readonly signIn?: readonly SignInMethod[];
  /** Where the service reads its passphrase before it gives up its privileges: a file, or the pipe at {@link PASSPHRASE_FD}. */
  readonly passphrase?: { readonly file: string } | 'pipe';
}

/**
 * The whole environment of a service: of the caller's only PATH, NODE_*, for the worker the mail server, for va where spans go and for
 * ra the settings of its TLS doors and of the OpenID provider; of the instance's secrets only its own.
 */
export function serviceEnvironment(
  { service, instance, layout, databaseUrl, signIn, passphrase }: ServiceAssignment,
  caller: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const upper = service.toUpperCase();
  const environment: Record<string, string> = {
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    SEE_SERVICE: service,
    SEE_INSTANCE: JSON.stringify(instance),
    SEE_STATE_DIR: serviceStateDir(layout, service),
    // Under a data folder that it cannot reach, a service finds its own part (the outbox) at the same place in the state folder.
    SEE_DATA_DIR: hasSeparateAccounts() ? layout.stateDir : layout.dataDir,
    [`SEE_DATABASE_URL_${upper}`]: databaseUrl,
  };
  if (service === 'ra' && signIn) environment['SEE_SIGN_IN'] = signIn.join(',');
  const cache = compileCacheFolder();
  if (cache !== undefined) environment['NODE_COMPILE_CACHE'] = cache;
  const wanted = ['PATH', ...(OF_THE_CALLER[service] ?? [])];
  for (const [name, value] of Object.entries(caller)) {
    const isNode = name.startsWith('NODE_') && name !== 'NODE_CHANNEL_FD';
    if (value !== undefined && (isNode || wanted.includes(name))) environment[name] = value;
  }
  if (passphrase === 'pipe') environment[`SEE_${upper}_PASSPHRASE_FD`] = String(PASSPHRASE_FD);
  else if (passphrase) environment[`SEE_${upper}_PASSPHRASE_FILE`] = passphrase.file;
  if (hasSeparateAccounts()) {
    const { uid, gid } = accountOf(service);
    environment['SEE_RUN_UID'] = String(uid);
    environment['SEE_RUN_GID'] = String(gid);
  }
  return environment;
}
