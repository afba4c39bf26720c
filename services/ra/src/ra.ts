import type { AuthorityFollower, Database } from '@see/db';
import type { DoorOrigins } from '@see/http';
import type { LogFields, LogLevel, SignInMethod } from '@see/process';
import type { Site } from '@see/ui';
import type { AccessReviewBook } from './access-review-book.ts';
import type { CaRegistry } from './ca-registry.ts';
import type { ClientCaBook } from './client-certificate/client-ca-book.ts';
import type { EventStreams } from './event-streams.ts';
import type { ImportRunner } from './import-runner.ts';
import type { OidcProvider } from './oidc/oidc-provider.ts';
import type { OrderWatch } from './order-watch.ts';
import type { PublishedStatus } from './published-status.ts';
import type { ServerCertificateBook } from './tls/server-certificate-book.ts';
import type { WakeUps } from './wake-up.ts';

/** Everything that the routes of the registration authority work with. Made once, in main.ts. */
export interface Ra {
  readonly db: Database;
  readonly authority: AuthorityFollower;
  readonly cas: CaRegistry;
  readonly clientCas: ClientCaBook;
  readonly serverCertificate: ServerCertificateBook;
  /** Under which origins people and programs reach each door. */
  readonly doors: DoorOrigins;
  readonly reviews: AccessReviewBook;
  readonly wakeUps: WakeUps;
  readonly orderWatch: OrderWatch;
  readonly importRunner: ImportRunner;
  readonly eventStreams: EventStreams;
  /** What clients get of us who ask about certificates. */
  readonly published: PublishedStatus;
  readonly site: Site;
  /** The ways to sign in that are switched on. */
  readonly signIn: readonly SignInMethod[];
  /** The OpenID provider of the site, where there is one. */
  readonly oidc: OidcProvider | undefined;
  /** Random UUID of the instance, part of every statement. */
  readonly instance: string;
  readonly now: () => Date;
  readonly randomBytes: (octets: number) => Uint8Array;
  /** The TXT records of a name, each as its parts; rejects with the DNS's code. */
  readonly resolveTxt: (name: string) => Promise<readonly (readonly string[])[]>;
  readonly log: (level: LogLevel, message: string, fields?: LogFields) => void;
}

/** Seconds since 1970 UTC, as statements and orders count them. */
export function seconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
