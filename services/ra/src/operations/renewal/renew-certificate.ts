import { createHash } from 'node:crypto';
import { type AuditActor, onCommit, sqlState, withTransaction, writeAudit } from '@see/db';
import { findOrder, findRenewal, findReplacingOrder, insertOrders, insertRenewal, type OrderRow } from '@see/db/ra';
import { activeProfile, type OrderDraft } from '@see/domain';
import { Refusal } from '@see/http';
import { overlapWarning, profileOf, renewalViolations } from '@see/policy';
import { oid } from '@see/x509';
import type { Ra } from '../../ra.ts';
import { refusedFor } from '../../refusal.ts';
import { knownKey } from '../create-order.ts';
import { assertFreshDomains } from '../domain-evidence.ts';
import { evaluateWish } from '../evaluate-wish.ts';
import { orderToStore } from '../order-to-store.ts';
import { noReadings } from '../risk-readings.ts';
import { findSigner, type HeldCertificate } from './find-signer.ts';
import { readAskedRenewal, replacedCertificate } from './read-renewal.ts';
import { readSignedRequest, type SignedRequest } from './read-signed-request.ts';
import { renewalRequest } from './renewal-request.ts';

/** How long after its signing a request is taken, and how far a signer's clock may be ahead; milliseconds. */
const GOOD_FOR = 24 * 3_600_000;
const AHEAD = 600_000;
const UNIQUE_VIOLATION = '23505';

/**
 * Makes the order of a renewal that its holder signed with a current certificate (section 8.4). The signature is the whole
 * authority to ask; what it asks for is what the replaced certificate has, under a new key, and operators approve as ever.
 * The same content signed by the same certificate answers the same order, whenever it comes.
 */
export async function renewCertificate(
  ra: Ra,
  by: AuditActor,
  body: string | Uint8Array,
): Promise<{ readonly order: OrderRow; readonly created: boolean }> {
  const request = readSignedRequest(body);
  const signer = await findSigner(ra, request);
  const orderId = renewalOrderId(ra.instance, signer, request);
  const before = await findOrder(ra.db, orderId);
  if (before && (await findRenewal(ra.db, orderId))) return { order: before, created: false };
  assertFresh(ra, request);
  const asked = readAskedRenewal(request.signed.content);
  const target = await replacedCertificate(ra, signer, asked.replaced);
  assertRenewable(ra, signer, target);
  await assertNotReplaced(ra, target);
  const { orderRequest, missing, applicantId } = await renewalRequest(ra, signer, target, asked.csr);
  // The name is the one that was approved before, so whose it is close to is not asked again.
  const known = (spkiSha256: Uint8Array) => knownKey(ra, spkiSha256);
  const evaluation = await evaluateWish(ra, orderRequest, orderId, known, noReadings);
  if (!evaluation.ok) {
    const aboutCsr = evaluation.violations.every((violation) => violation.path?.endsWith('csr'));
    throw refusedFor(aboutCsr ? 'csr-refused' : 'order-refused', [...evaluation.violations, ...missing]);
  }
  if (missing.length > 0) throw refusedFor('evidence-missing', missing);
  assertSameData(evaluation.draft, target);
  if (target.facts.profileId.startsWith('gateway-'))
    await assertFreshDomains(ra, orderRequest.agencyId, target.row.names);
  const short = overlapWarning(target.facts, ra.now());
  const warned = { ...evaluation, warnings: [...evaluation.warnings, ...(short ? [short] : [])] };
  const actor = { ...by, personId: applicantId, method: 'certificate-key' };
  const detail = { renews: target.row.sha256.toHex(), signedBy: signer.row.sha256.toHex() };
  const { order, event } = orderToStore(warned, orderRequest, actor, applicantId, { byWord: false, detail });
  try {
    await withTransaction(ra.db, async (tx) => {
      await insertOrders(tx, [order]);
      await insertRenewal(tx, {
        orderId,
        certificateId: target.row.id,
        signedBy: signer.row.id,
        request: request.der,
        signedAt: request.signed.signingTime,
      });
      await writeAudit(tx, [event]);
      onCommit(tx, () => ra.log('info', 'renewal ordered', { orderId }));
    });
  } catch (error) {
    // The same request came twice at once and the other one was first.
    if (sqlState(error) !== UNIQUE_VIOLATION) throw error;
  }
  const stored = await findOrder(ra.db, orderId);
  if (!stored) throw new Refusal('not-found', 'The order was made and is gone.');
  return { order: stored, created: true };
}

/** A UUID (version 8, RFC 9562 5.8) that follows from what was signed and by which certificate. */
function renewalOrderId(instance: string, signer: HeldCertificate, { signed }: SignedRequest): string {
  const hash = createHash('sha256')
    .update(`see-pki/renewal-id/v1\0${instance}\0${signer.row.sha256.toHex()}\0`)
    .update(signed.content)
    .digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return hash
    .toString('hex')
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Refuses requests that were signed long ago, which somebody may have kept. */
export function assertFresh(ra: Ra, { signed }: SignedRequest): void {
  const age = ra.now().getTime() - signed.signingTime.getTime();
  if (age <= GOOD_FOR && age >= -AHEAD) return;
  throw new Refusal(
    'signature-refused',
    'The request was signed more than 24 hours ago, or your clock is wrong. Sign it again.',
  );
}

function assertRenewable(ra: Ra, signer: HeldCertificate, target: HeldCertificate): void {
  const active = activeProfile(ra.authority.current, target.facts.profileId);
  const same = signer.row.id === target.row.id;
  const faults = renewalViolations(
    active && profileOf(active.content),
    same ? target.facts : signer.facts,
    target.facts,
    ra.now(),
  );
  if (faults.length > 0) throw refusedFor('renewal-refused', faults);
}

/** Says which order is in the way; two at the same moment are told apart by the schema (SE035). */
async function assertNotReplaced(ra: Ra, target: HeldCertificate): Promise<void> {
  const other = await findReplacingOrder(ra.db, target.row.id);
  if (other === undefined) return;
  throw new Refusal(
    'wrong-state',
    `Order ${other} replaces this certificate already. Renew the certificate that comes of it, or have that order withdrawn first.`,
  );
}

/** A renewal changes the key and the dates and nothing else: whoever has a new name or domain is ordered anew. */
function assertSameData({ items: [item] }: OrderDraft, { certificate }: HeldCertificate): void {
  const subject = Buffer.from(certificate.subjectDer).toString('base64');
  const altNames = Buffer.from(certificate.extension(oid.subjectAltName)?.value ?? []).toString('base64');
  if (item?.subject === subject && item.subjectAltName === altNames) return;
  throw refusedFor('renewal-refused', [
    {
      code: 'data-changed',
      message: 'the registry has other names today than the certificate that is to be replaced',
      source: 'section 8.4',
      path: 'request',
      remedy: 'have your sponsor order the new certificate, with replaces',
    },
  ]);
}
