import { type Database, notify, withTransaction, writeAudit } from '@see/db';
import { insertCrl } from '@see/db/signer';
import { assertPublishable, RevokedSet, signCrl } from '@see/issuance';
import { parseCrl } from '@see/x509';
import type { OpenRoot } from './root-key.ts';

const VALID_FOR = 365 * 86_400_000;

/**
 * Makes the next root CRL (REV-2: at least once a year), with the entries of the last one, and publishes it. Sealed
 * before it is published, so the number never goes back. Returns number and nextUpdate.
 */
export async function publishRootCrl(
  db: Database,
  root: OpenRoot,
  now: Date,
): Promise<{ number: number; nextUpdate: Date }> {
  const last = parseCrl(root.store.read('crl-root'));
  const set = new RevokedSet();
  set.putAll(last.entries.scan());
  const form = { kind: 'full', freshest: undefined } as const;
  const thisUpdate = new Date(Math.floor(now.getTime() / 1000) * 1000);
  const nextUpdate = new Date(thisUpdate.getTime() + VALID_FOR);
  const number = (last.crlNumber ?? 0n) + 1n;
  const der = await signCrl({ ca: root.ca, form, number, thisUpdate, nextUpdate, entries: set.entries() });
  const told = { list: last.entries };
  await assertPublishable(der, { ca: root.ca, form, last, set, told, mayLeave: () => false });
  root.store.write('crl-root', der);
  await withTransaction(db, async (tx) => {
    await insertCrl(tx, { ca: 'root', scope: 'full', number, der, entries: set.size, thisUpdate, nextUpdate });
    await writeAudit(tx, [
      {
        kind: 'ca.crl-published',
        outcome: 'success',
        actor: { process: 'ceremony' },
        objectType: 'crl',
        objectId: `root/${number}`,
        detail: {},
      },
    ]);
    await notify(tx, 'see_crls', number);
  });
  return { number: Number(number), nextUpdate };
}
