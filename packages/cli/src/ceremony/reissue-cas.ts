import { createHash, randomBytes } from 'node:crypto';
import { type Database, insertCaReissue, notify, withTransaction, writeAudit } from '@see/db';
import { readCas } from '@see/db/signer';
import type { Configuration } from '@see/domain';
import { prepareIssuingCa, serialNumber } from '@see/issuance';
import { parseCertificate } from '@see/x509';
import type { OpenRoot } from './root-key.ts';

const ISSUING = ['gateway', 'individual', 'tls', 'operations'] as const;

/**
 * Makes the issuing CAs' certificates again, for the same keys and names and until the same date, with the name
 * constraints of the configuration in force. Certificates that were issued stay good under either. Returns the new
 * certificates' SHA-256 by CA; processes read them when they start.
 */
export async function reissueCas(
  db: Database,
  root: OpenRoot,
  configuration: Configuration,
  now: Date,
): Promise<Record<string, string>> {
  const notBefore = new Date(Math.floor(now.getTime() / 1000) * 1000);
  const names = { country: configuration.country, permittedDomains: configuration.permittedDomains };
  const made: Record<string, string> = {};
  const rows = (await readCas(db)).filter((row) => row.id !== 'root');
  await withTransaction(db, async (tx) => {
    for (const row of rows) {
      const id = ISSUING.find((candidate) => candidate === row.id);
      if (!id) continue;
      const { spki, subject, notAfter } = parseCertificate(row.certificate);
      const serial = serialNumber(randomBytes(16));
      const tbs = prepareIssuingCa(
        { spki, subject, serial, notBefore, notAfter },
        id,
        root.ca,
        configuration.vaUrl,
        names,
      );
      const certificate = await tbs.sign(root.ca.key);
      await insertCaReissue(tx, id, certificate, notAfter);
      made[id] = createHash('sha256').update(certificate).digest('hex');
    }
    await writeAudit(
      tx,
      Object.entries(made).map(([id, sha256]) => ({
        kind: 'ca.reissued',
        outcome: 'success' as const,
        actor: { process: 'ceremony' },
        objectType: 'ca',
        objectId: id,
        detail: { sha256, permittedDomains: configuration.permittedDomains },
      })),
    );
    await notify(tx, 'see_chain', 0);
  });
  return made;
}
