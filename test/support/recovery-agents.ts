import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AgentKey,
  type ApprovalKey,
  generateAgentKey,
  generateApprovalKey,
  writeAgentKey,
  writeApprovalKey,
} from '@see/cli';
import { buildPairEnvelopes, keyIdOf } from '@see/cms';
import { withTransaction } from '@see/db';
import { insertPerson } from '@see/db/ra';
import { personId } from '@see/domain';
import { STANDARD_PROFILES } from '@see/policy';
import type { CanonicalValue } from '@see/statement';
import { assembleSigned, buildCsrInfo, encodeName, signatureAlgorithm } from '@see/x509';
import { expect } from 'vitest';
import type { Calls } from './registration-calls.ts';
import { propose } from './statements.ts';
import type { World } from './world.ts';

/** A recovery agent with the files and the token of their own machine. */
export interface TestAgent {
  readonly personId: string;
  readonly label: string;
  readonly agencyId: string;
  readonly approval: ApprovalKey;
  readonly approvalFile: string;
  readonly key: AgentKey;
  readonly keyFile: string;
  /** The private key as openssl reads it. */
  readonly pemFile: string;
  readonly token: string;
}

/** Somebody with role `ca-operations`, an approval key, an agent's key and a token. Not named as an agent by this. */
export async function appointAgent(
  world: World,
  calls: Calls,
  folder: string,
  label: string,
  agencyId: string,
): Promise<TestAgent> {
  const id = personId(new Uint8Array(randomBytes(10)));
  const day = new Date();
  await withTransaction(world.ra, (tx) =>
    insertPerson(tx, {
      id,
      agencyId,
      givenName: null,
      surname: label,
      displayName: label,
      email: null,
      lastVerifiedAt: day,
      verifiedBy: null,
      nextReviewAt: day,
    }),
  );
  const approval = generateApprovalKey(label);
  const registered = { personId: id, publicKey: { ...approval.publicKey }, label };
  expect(await propose(world, 'credential-register', registered, world.administrators)).toBe(1);
  expect(await propose(world, 'role-grant', { personId: id, role: 'ca-operations' }, world.administrators)).toBe(1);
  await calls.registration.ra.authority.refresh();
  const stem = join(folder, label.replaceAll(' ', '-'));
  const key = generateAgentKey(label);
  writeApprovalKey(`${stem}.approval`, approval, undefined);
  writeAgentKey(`${stem}.agent`, key, undefined);
  writeFileSync(`${stem}.pem`, key.privateKey.export({ format: 'pem', type: 'pkcs8' }));
  return {
    personId: id,
    label,
    agencyId,
    approval,
    approvalFile: `${stem}.approval`,
    key,
    keyFile: `${stem}.agent`,
    pemFile: `${stem}.pem`,
    token: await calls.registration.token('ca-operations', id),
  };
}

/** What two administrators sign to name agents. */
export function agentsSubject(agents: readonly TestAgent[]): { readonly [key: string]: CanonicalValue } {
  const named = agents.map(({ personId: id, label, agencyId, key }) => ({
    personId: id,
    label,
    agencyId,
    publicKey: key.publicKey.toBase64(),
  }));
  return { threshold: 2, agents: named };
}

/** The copy of a key for these agents, as a browser makes it. */
export async function copyOf(privateKey: KeyObject, agents: readonly TestAgent[]): Promise<Uint8Array[]> {
  const recipients = agents.map(({ key: { publicKey } }) => ({
    spki: publicKey,
    identifier: { kind: 'key', keyId: keyIdOf(publicKey) } as const,
  }));
  return buildPairEnvelopes(privateKey.export({ format: 'der', type: 'pkcs8' }), recipients, {
    subtle: globalThis.crypto.subtle,
    randomBytes: (length) => new Uint8Array(randomBytes(length)),
  });
}

/** user-encrypt as a profile that keeps keys. */
export const KEEPING_PROFILE: CanonicalValue = {
  ...STANDARD_PROFILES.find(({ id }) => id === 'user-encrypt'),
  version: 2,
  description: 'Receiving encrypted e-mail (S/MIME). A copy of the key is kept for your agency.',
  keySources: ['code'],
  escrow: 'recovery-agents',
};

/** An RSA key with a CSR for it, as an encryption certificate needs. */
export function rsaRequest(): { readonly privateKey: KeyObject; readonly csr: Uint8Array; readonly spki: Uint8Array } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 3072 });
  const spki = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }));
  const info = buildCsrInfo({ subjectDer: encodeName([]), spki });
  const signature = sign('sha384', info, privateKey);
  return { privateKey, spki, csr: assembleSigned(info, signatureAlgorithm('rsa-sha384'), signature) };
}
