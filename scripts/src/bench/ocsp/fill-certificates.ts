import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { withTransaction } from '@see/db';
import {
  assembleSigned,
  authorityKeyIdentifier,
  buildTbsCertificate,
  encodeName,
  keyUsage,
  oid,
  signatureAlgorithm,
} from '@see/x509';
import { newKey, type World } from '../../../../test/support/world.ts';

const AT_ONCE = 500;

/** Puts so many certificates of a CA into the database, signed by its key, and returns their serial numbers. */
export async function fillCertificates(world: World, caId: string, count: number): Promise<Uint8Array[]> {
  const serials: Uint8Array[] = [];
  while (serials.length < count)
    serials.push(...(await fillSome(world, caId, Math.min(AT_ONCE, count - serials.length))));
  return serials;
}

async function fillSome(world: World, caId: string, count: number): Promise<Uint8Array[]> {
  const ca = world.signer.cas.get(caId);
  if (!ca) throw new Error(`no CA ${caId}`);
  const { spki } = newKey();
  const algorithm = signatureAlgorithm('ecdsa-sha384');
  const notBefore = wholeSecond(Date.now() - 60_000);
  const notAfter = wholeSecond(Date.now() + 365 * 86_400_000);
  const made = await Promise.all(
    Array.from({ length: count }, async () => {
      const serial = new Uint8Array(randomBytes(16));
      serial[0] = 0x40 | ((serial[0] as number) & 0x3f);
      const tbs = buildTbsCertificate({
        serialNumber: serial,
        signatureAlgorithmDer: algorithm,
        issuerDer: ca.subjectDer,
        notBefore,
        notAfter,
        subjectDer: encodeName([[{ type: oid.commonName, value: 'Measured' }]]),
        spki,
        extensions: [authorityKeyIdentifier(ca.ski), keyUsage(['digitalSignature'])],
      });
      return { serial, tbs, der: assembleSigned(tbs, algorithm, await ca.key.sign(tbs)) };
    }),
  );
  const spkiSha256 = sha256(spki);
  await withTransaction(world.owner, async (tx) => {
    const order = new Uint8Array(randomBytes(48));
    await tx
      .insertInto('signed_orders')
      .values({ order_digest: order, order_id: randomUUID(), claimed_at: new Date() })
      .execute();
    const intents = await tx
      .insertInto('intents')
      .values(
        made.map(({ serial, tbs }, item) => ({
          ca: caId,
          serial,
          order_digest: order,
          item,
          ocsp_request_id: null,
          profile_id: 'user-auth',
          profile_digest: new Uint8Array(48),
          spki_sha256: spkiSha256,
          subject_key: 'bench',
          tbs,
          created_at: new Date(),
        })),
      )
      .returning(['id', 'serial'])
      .execute();
    const ids = new Map(intents.map((row) => [row.serial.toHex(), row.id]));
    const rows = made.map((one) => ({ ...one, id: ids.get(one.serial.toHex()) ?? 0 }));
    await tx
      .insertInto('certificates')
      .values(
        rows.map(({ id, serial, der }) => ({
          id,
          ca: caId,
          serial,
          order_id: null,
          agency_id: null,
          person_id: null,
          profile_id: 'user-auth',
          subject: 'CN=Measured',
          names: [],
          not_before: notBefore,
          not_after: notAfter,
          spki_sha256: spkiSha256,
          sha256: sha256(der),
          issued_at: new Date(),
        })),
      )
      .execute();
    await tx
      .insertInto('certificate_bytes')
      .values(rows.map(({ id, der }) => ({ certificate_id: id, der })))
      .execute();
  });
  return made.map(({ serial }) => serial);
}

function sha256(octets: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(octets).digest());
}

function wholeSecond(time: number): Date {
  return new Date(Math.floor(time / 1000) * 1000);
}
