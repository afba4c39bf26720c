import { join } from 'node:path';
import { inject } from 'vitest';
import type { CaId } from './leaves.ts';
import { readCertificate } from './read-certificate.ts';

/** What {@link ./global-setup.ts} leaves for the tests: a running instance and a folder with all that it issued. */
export interface InteropFacts {
  readonly folder: string;
  readonly vaUrl: string;
  readonly portalUrl: string;
  /** SHA-256 of the root certificate, lower-case hex. */
  readonly rootFingerprint: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    interop: InteropFacts;
  }
}

/** The files and addresses of the shared instance. */
export interface World extends InteropFacts {
  /** Path of a file in the folder. */
  readonly at: (name: string) => string;
  readonly root: string;
  readonly chain: string;
  readonly crls: string;
  /** The CA's certificate, PEM file. */
  readonly ca: (id: CaId | 'root') => string;
  /** The CA's CRL, DER file. */
  readonly crl: (id: CaId | 'root') => string;
  /** The same, PEM file. */
  readonly crlPem: (id: CaId | 'root') => string;
  /** Certificate, its issuing CA and the root in one PEM file. */
  readonly path: (name: string) => string;
  readonly ocspUrl: string;
  /** Serial number of a certificate, lower-case hex. */
  readonly serial: (name: string) => string;
}

/** The world that the global setup made. */
export function world(): World {
  const facts = inject('interop');
  const at = (name: string) => join(facts.folder, name);
  return {
    ...facts,
    at,
    root: at('root.pem'),
    chain: at('chain.pem'),
    crls: at('crls.pem'),
    ca: (id) => at(`ca-${id}.pem`),
    crl: (id) => at(`crl-${id}.crl`),
    crlPem: (id) => at(`crl-${id}.pem`),
    path: (name) => at(`${name}.path.pem`),
    ocspUrl: `${facts.vaUrl}/ocsp`,
    serial: (name) => readCertificate(at(`${name}.pem`)).serialHex,
  };
}
