import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import {
  type CanonicalValue,
  credentialId,
  type PublicJwk,
  type ReadStatement,
  type Statement,
  signDigest,
  writeStatement,
} from '@see/statement';
import type { PersonId } from '../person-id.ts';
import { acceptStatement, type SignedBy } from './accept-statement.ts';
import type { Authority } from './authority.ts';
import { genesisAuthority, NO_PREVIOUS } from './genesis.ts';

type Subject = { readonly [key: string]: CanonicalValue };

/** A key with the person who has it. */
export interface SampleKey {
  readonly personId: PersonId;
  readonly credentialId: string;
  readonly publicKey: PublicJwk & { readonly [key: string]: string };
  readonly privateKey: KeyObject;
}

export function samplePerson(number: number): PersonId {
  return `PERS0N${String(number).padStart(10, '0')}`;
}

export function sampleKey(personId: PersonId): SampleKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const { kty, crv, x, y } = publicKey.export({ format: 'jwk' }) as unknown as PublicJwk;
  const jwk = { kty, crv, x, y };
  return { personId, credentialId: credentialId(jwk), publicKey: jwk, privateKey };
}

const keyOf = (number: number): SampleKey => sampleKey(samplePerson(number));
export const administrators = [keyOf(1), keyOf(2), keyOf(3)] as const;
export const recovery = [keyOf(11), keyOf(12), keyOf(13)] as const;
export const operators = [keyOf(21), keyOf(22), keyOf(23)] as const;

export const INSTANCE = '3f0c9a52-7f53-4c9b-9a43-000000000001';
/** The time at which the sample statements are accepted, in seconds. */
export const NOW = 1_790_000_000;

export const configuration = {
  preset: 'evaluation',
  vaUrl: 'http://localhost:8080',
  portalUrl: 'http://localhost:8081',
  deskUrl: 'http://localhost:8082',
  rpId: 'localhost',
  policyArc: '2.25.1',
  country: 'NZ',
  permittedDomains: ['govt.nz', 'mil.govt.nz', 'localhost'],
} as const;

export const genesisSubject = {
  configuration,
  administrators: administrators.map(({ personId, publicKey }) => ({ personId, name: 'A', publicKey })),
  recoveryKeys: recovery.map(({ publicKey }) => publicKey),
} satisfies Subject;

/** A first statement; `change` replaces members of it. */
export function genesis(change: Partial<Statement> = {}): ReadStatement {
  return writeStatement({
    v: 1,
    instance: INSTANCE,
    kind: 'genesis',
    seq: 0,
    prev: NO_PREVIOUS,
    subject: genesisSubject,
    notBefore: NOW,
    notAfter: NOW,
    nonce: 'nonce-nonce-nonce',
    ...change,
  });
}

/** The statement that continues a chain; `change` replaces members of it. */
export function next(
  authority: Authority,
  kind: string,
  subject: Subject,
  change: Partial<Statement> = {},
): ReadStatement {
  return writeStatement({
    v: 1,
    instance: INSTANCE,
    kind,
    seq: authority.headSeq + 1,
    prev: authority.headDigest,
    subject,
    notBefore: NOW - 60,
    notAfter: NOW + 60,
    nonce: 'nonce-nonce-nonce',
    ...change,
  });
}

export function signedBy(read: Pick<ReadStatement, 'digest'>, ...keys: readonly SampleKey[]): SignedBy[] {
  return keys.map((key) => ({
    credentialId: key.credentialId,
    signature: signDigest(read.digest, key.credentialId, key.privateKey),
  }));
}

/** The authority after one more statement, signed by two administrators unless others are named. */
export function accept(authority: Authority, kind: string, subject: Subject, ...keys: readonly SampleKey[]): Authority {
  const read = next(authority, kind, subject);
  const signers = keys.length > 0 ? keys : administrators.slice(0, 2);
  return acceptStatement(authority, read, signedBy(read, ...signers), NOW);
}

export function firstAuthority(): Authority {
  const read = genesis();
  return genesisAuthority(read, read.digest);
}

const label = 'file on a memory stick';

/** Registers a key and grants its person a role. */
export function appoint(authority: Authority, key: SampleKey, role: string): Authority {
  const { personId, publicKey } = key;
  return accept(accept(authority, 'credential-register', { personId, publicKey, label }), 'role-grant', {
    personId,
    role,
  });
}

/** An authority with three administrators and three operators. */
export const sampleAuthority: Authority = operators.reduce(
  (authority, key) => appoint(authority, key, 'operator'),
  firstAuthority(),
);

export const SCOPE = {
  agencyId: 'treasury',
  name: 'The Treasury',
  organizationNames: ['The Treasury'],
  organizationIdentifier: 'GOVNZ',
  locality: 'Wellington',
  domains: ['treasury.govt.nz'],
  profiles: ['gateway-sign'],
  delegations: [
    { personId: samplePerson(31), role: 'sponsor', from: NOW - 1000, until: NOW + 1000, instrument: 'letter of 1 May' },
  ],
  lastVerifiedAt: NOW - 1000,
  nextReviewAt: NOW + 1000,
} satisfies Subject;

/** The code with which work is refused; `accepted` when it is not. */
export function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return 'accepted';
}
