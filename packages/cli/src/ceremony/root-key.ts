import { join } from 'node:path';
import type { Database } from '@see/db';
import { readCas } from '@see/db/signer';
import { type CrlIssuer, keyIdentifier } from '@see/issuance';
import { SealedStore, SoftwareSigner } from '@see/keys';

/** The root, opened for a ceremony: its key is used in this process only, for as long as the ceremony lasts. */
export interface OpenRoot {
  readonly store: SealedStore;
  readonly ca: CrlIssuer;
}

/** Opens the root's own sealed store. Throws SealedStoreError, or when the database's root is another. */
export async function openRoot(stateDir: string, passphrase: Uint8Array, db: Database): Promise<OpenRoot> {
  const store = SealedStore.open(join(stateDir, 'root'), passphrase);
  const key = SoftwareSigner.fromPkcs8(store.read('ca-root'));
  const row = (await readCas(db)).find((ca) => ca.id === 'root');
  const ski = keyIdentifier(key.spki);
  if (!row || !Buffer.from(row.ski).equals(ski)) throw new Error('the database holds another root than the sealed key');
  return {
    store,
    ca: { id: 'root', subjectDer: row.subject_der, ski, certificate: row.certificate, notAfter: row.not_after, key },
  };
}
