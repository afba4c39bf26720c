import type { AuditActor } from '@see/db';
import { notify, withTransaction, writeAudit } from '@see/db';
import { askForReissueLink, findLosers } from '@see/db/ra';
import type { Ra } from '../../ra.ts';

/**
 * Somebody says that the certificates of a mail address are lost: the address on record gets a link, at most every ten
 * minutes and five times a day. Whether anybody has the address is told to nobody.
 */
export async function askForReissue(ra: Ra, by: AuditActor, address: string): Promise<void> {
  for (const loser of await findLosers(ra.db, address, ra.now())) {
    await withTransaction(ra.db, async (tx) => {
      const checkId = crypto.randomUUID();
      if (!(await askForReissueLink(tx, checkId, loser))) return;
      await writeAudit(tx, [
        {
          kind: 'mailbox.reissue-asked',
          outcome: 'success',
          actor: by,
          objectType: 'person',
          objectId: loser.personId,
          detail: { checkId, address: loser.address },
        },
      ]);
      await notify(tx, 'see_mails', 0);
    });
  }
}
