import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { notify, withTransaction } from '@see/db';
import { serialNumber } from '@see/issuance';
import { assembleSigned, buildTbsCertificate, parseCertificate, signatureAlgorithm } from '@see/x509';
import type { World } from './world.ts';

const DAY = 86_400_000;

/** A certificate as tests renew it. */
export interface AgedCertificate {
  readonly id: number;
  readonly der: Uint8Array;
  readonly sha256: string;
  readonly serial: string;
}

/**
 * The same certificate as one that was issued, by the same CA and for the same order, but long ago: it ends so many days from
 * now, after a life of 397 days or of `lifeDays`. Signers date by the clock of today, so nothing else makes one that is near its end.
 */
export async function ageCertificate(
  world: World,
  sha256: string,
  daysLeft: number,
  lifeDays = 397,
): Promise<AgedCertificate> {
  const row = await world.owner
    .selectFrom('certificates as c')
    .innerJoin('certificate_bytes as b', 'b.certificate_id', 'c.id')
    .innerJoin('intents as i', 'i.id', 'c.id')
    .selectAll('c')
    .select(['b.der', 'i.profile_digest', 'i.subject_key'])
    .where('c.sha256', '=', Uint8Array.fromHex(sha256))
    .executeTakeFirstOrThrow();
  const ca = world.signer.cas.get(row.ca);
  if (!ca) throw new Error(`no CA ${row.ca}`);
  const issued = parseCertificate(row.der);
  const seconds = Math.floor(Date.now() / 1000) * 1000;
  const notAfter = new Date(seconds + daysLeft * DAY);
  const notBefore = new Date(notAfter.getTime() - lifeDays * DAY);
  const serial = serialNumber(new Uint8Array(randomBytes(16)));
  const tbs = buildTbsCertificate({
    serialNumber: serial,
    signatureAlgorithmDer: signatureAlgorithm('ecdsa-sha384'),
    issuerDer: issued.issuerDer,
    notBefore,
    notAfter,
    subjectDer: issued.subjectDer,
    spki: issued.spki,
    extensions: issued.extensions,
  });
  const der = assembleSigned(tbs, signatureAlgorithm('ecdsa-sha384'), await ca.key.sign(tbs));
  const digest = new Uint8Array(createHash('sha256').update(der).digest());
  const orderDigest = new Uint8Array(randomBytes(48));
  const id = await withTransaction(world.owner, async (tx) => {
    const claimed = { order_digest: orderDigest, order_id: randomUUID(), claimed_at: notBefore };
    await tx.insertInto('signed_orders').values(claimed).execute();
    const intent = await tx
      .insertInto('intents')
      .values({
        ca: row.ca,
        serial,
        order_digest: orderDigest,
        item: 0,
        ocsp_request_id: null,
        profile_id: row.profile_id,
        profile_digest: row.profile_digest,
        spki_sha256: row.spki_sha256,
        subject_key: row.subject_key,
        tbs,
        created_at: notBefore,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('certificates')
      .values({
        id: intent.id,
        ca: row.ca,
        serial,
        order_id: row.order_id,
        agency_id: row.agency_id,
        person_id: row.person_id,
        profile_id: row.profile_id,
        subject: row.subject,
        names: row.names,
        not_before: notBefore,
        not_after: notAfter,
        spki_sha256: row.spki_sha256,
        sha256: digest,
        issued_at: notBefore,
      })
      .execute();
    await tx.insertInto('certificate_bytes').values({ certificate_id: intent.id, der }).execute();
    await notify(tx, 'see_issued', intent.id);
    return intent.id;
  });
  return { id, der, sha256: digest.toHex(), serial: Buffer.from(serial).toString('hex') };
}
