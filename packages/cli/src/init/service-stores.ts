import { createPrivateKey, createPublicKey, randomBytes } from 'node:crypto';
import { chownSync, lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Authority } from '@see/domain';
import { generatePkcs8, SealedStore } from '@see/keys';
import { accountOf, hasSeparateAccounts, type Layout, serviceStateDir } from '@see/process';
import { credentialId, type PublicJwk } from '@see/statement';
import type { Hierarchy } from './hierarchy.ts';

/** A key of one of our own processes, before it is registered. */
export interface NewServiceKey {
  readonly service: 'va' | 'worker' | 'box' | 'log';
  readonly pkcs8: Uint8Array;
  readonly publicKey: PublicJwk;
  readonly keyId: string;
}

export async function newServiceKey(service: NewServiceKey['service']): Promise<NewServiceKey> {
  const pkcs8 = await generatePkcs8('P-384');
  const { x = '', y = '' } = createPublicKey(
    createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' }),
  ).export({ format: 'jwk' });
  const publicKey: PublicJwk = { kty: 'EC', crv: 'P-384', x, y };
  return { service, pkcs8, publicKey, keyId: credentialId(publicKey) };
}

export interface StorePassphrases {
  readonly root: Uint8Array;
  readonly signer: Uint8Array;
  readonly va: Uint8Array;
  readonly worker: Uint8Array;
}

/** Seals every private key where it belongs: the root apart, issuing keys with the signer, identities with their process. */
export function sealStores(
  layout: Layout,
  passphrases: StorePassphrases,
  hierarchy: Hierarchy,
  keys: readonly NewServiceKey[],
  anchor: Uint8Array,
  authority: Authority,
  now: Date,
): void {
  const keyOf = (service: NewServiceKey['service']): Uint8Array => {
    const key = keys.find((candidate) => candidate.service === service);
    if (!key) throw new Error(`no key for ${service}`);
    return key.pkcs8;
  };
  const root = SealedStore.create(join(layout.stateDir, 'root'), passphrases.root);
  root.write('ca-root', hierarchy.root.pkcs8);
  root.write('crl-root', hierarchy.rootCrl.der);
  const signer = SealedStore.create(serviceStateDir(layout, 'signer'), passphrases.signer);
  for (const { id, pkcs8 } of hierarchy.issuing) signer.write(`ca-${id}`, pkcs8);
  signer.write('box', keyOf('box'));
  signer.write('log', keyOf('log'));
  signer.write('anchor', anchor);
  const memory = {
    headSeq: authority.headSeq,
    headDigest: authority.headDigest,
    crlNumbers: {},
    checkpoint: { size: 0, root: '' },
    highestTime: now.getTime(),
  };
  signer.write('state', Buffer.from(JSON.stringify(memory)));
  const va = SealedStore.create(serviceStateDir(layout, 'va'), passphrases.va);
  va.write('identity', keyOf('va'));
  const worker = SealedStore.create(serviceStateDir(layout, 'worker'), passphrases.worker);
  worker.write('identity', keyOf('worker'));
  worker.write('code-secret', randomBytes(32));
  for (const service of ['signer', 'va', 'worker'] as const) giveTo(layout, service);
}

/** As root, a process's files belong to its own account. */
function giveTo(layout: Layout, service: 'signer' | 'va' | 'worker'): void {
  if (!hasSeparateAccounts()) return;
  const { uid, gid } = accountOf(service);
  const folder = serviceStateDir(layout, service);
  for (const name of readdirSync(folder)) chownSync(join(folder, name), uid, gid);
}

/** Removes what an init that was interrupted left in the process folders. Only while there is no instance. */
export function clearStores(layout: Layout): void {
  for (const folder of ['root', 'signer', 'va', 'worker'].map((name) => join(layout.stateDir, name))) {
    if (!lstatSync(folder, { throwIfNoEntry: false })?.isDirectory()) continue;
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
  }
  rmSync(layout.evaluationDir, { recursive: true, force: true });
}
