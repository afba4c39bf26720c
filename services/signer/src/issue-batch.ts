import { createHash, randomBytes } from 'node:crypto';
import { type AuditEvent, type Database, notify, onCommit, type Tx, withTransaction, writeAudit } from '@see/db';
import {
  assertLease,
  type CertificateInputRow,
  insertCertificates,
  insertIntents,
  insertSignedOrders,
  type KeyFact,
  lockOrders,
  moveOrders,
  readKeyFacts,
  refuseOrder,
} from '@see/db/signer';
import { type Authority, type Configuration, type CrlPlan, crlPlanOf, type Refusal } from '@see/domain';
import {
  IssuanceError,
  type IssuingCa,
  itemInput,
  type LintedTbs,
  prepareCertificate,
  type SerialNumber,
  serialNumber,
} from '@see/issuance';
import { keyGuard, subjectKey } from '@see/policy';
import { formatName, parseCertificate, parseGeneralNames } from '@see/x509';
import type { CaRing } from './ca-ring.ts';
import { LEASE } from './lease-keeper.ts';
import type { SignedJournal } from './signed-journal.ts';
import type { TrustedClock } from './trusted-clock.ts';
import type { VerifiedItem, VerifiedOrder } from './verify-order.ts';

export interface IssuanceDeps {
  readonly db: Database;
  readonly clock: TrustedClock;
  readonly ring: CaRing;
  readonly journal: SignedJournal;
  readonly holder: string;
  readonly vaUrl: () => string;
  /** Every configuration that the authority chain has had, the present one first. */
  readonly configurations: () => readonly Configuration[];
  /** The plan by which a CA's certificates are made now; each list that they can name is published then. */
  readonly crlPlan: (ca: string) => Promise<CrlPlan>;
  /** Lets one transaction of intents run at a time, so that keys are compared with everything before them. */
  readonly exclusive: <T>(work: () => Promise<T>) => Promise<T>;
  /** Called between the numbered steps; tests stop the process there. */
  readonly step: (name: string) => void;
}

/** A certificate that is ready to be signed. */
interface Prepared {
  readonly order: VerifiedOrder;
  readonly index: number;
  readonly one: VerifiedItem;
  readonly ca: IssuingCa;
  readonly serial: SerialNumber;
  readonly tbs: LintedTbs;
}

/**
 * Issues verified orders (docs/issuance-cycle.md; the numbers are its steps). Effects in order: intents durable, journal
 * durable, signatures, certificates durable. Orders that turn out not to be issuable are refused and left out.
 * `alongside` runs in the transaction of the intents. Returns the ids of the certificates.
 */
export async function issueBatch(
  deps: IssuanceDeps,
  authority: Authority,
  orders: readonly VerifiedOrder[],
  from: 'approved' | 'redeemable',
  alongside: (tx: Tx, order: VerifiedOrder) => Promise<void> = async () => undefined,
): Promise<number[]> {
  const pointers = await readPointers(deps, orders);
  const at = deps.clock.now();
  const prepared: Prepared[] = [];
  const refusals = new Map<VerifiedOrder, Refusal>();
  for (const order of orders) {
    try {
      prepared.push(
        ...order.items.map((one, index) => prepare(deps, order, one, index, at, pointers.get(one.item.ca))),
      );
    } catch (error) {
      if (!(error instanceof IssuanceError)) throw error;
      refusals.set(order, { code: error.code, message: error.message });
    }
  }
  deps.step('1-prepared');
  const taken = await deps.exclusive(() =>
    withTransaction(deps.db, async (tx) => {
      await assertLease(tx, LEASE, deps.holder);
      const locked = await lockOrders(
        tx,
        orders.map((order) => order.id),
        from,
      );
      const facts = await readKeyFacts(
        tx,
        prepared.map(({ one }) => one.csr.key.sha256),
      );
      for (const order of orders.filter((candidate) => locked.has(candidate.id) && !refusals.has(candidate))) {
        const fault = claimKeys(facts, order);
        if (fault) refusals.set(order, fault);
      }
      await refuse(tx, refusals, at);
      const good = prepared.filter(({ order }) => locked.has(order.id) && !refusals.has(order));
      const goodOrders = [...new Set(good.map(({ order }) => order))];
      if (goodOrders.length === 0) return { good, ids: [] };
      await insertSignedOrders(tx, goodOrders, at);
      const ids = await insertIntents(
        tx,
        good.map((one) => intentOf(one)),
        at,
      );
      await moveOrders(
        tx,
        goodOrders.map((order) => order.id),
        'take-up',
      );
      await writeAudit(
        tx,
        goodOrders.map((order) =>
          orderEvent('signing.intended', order, {
            serials: good.filter((one) => one.order === order).map((one) => one.serial.toHex()),
          }),
        ),
      );
      for (const order of goodOrders) await alongside(tx, order);
      onCommit(tx, () => deps.step('2-intents-committed'));
      return { good, ids };
    }),
  );
  deps.journal.append(journalEntries(taken.good));
  deps.step('3-journal-durable');
  return signAndRecord(
    deps,
    taken.good.map((one, index) => ({ ...one, id: taken.ids[index] ?? 0 })),
    authority,
    at,
  );
}

/** Claims an order's keys, so that the next order of the batch meets them; or says why they can not be certified. */
function claimKeys(facts: Map<string, KeyFact>, order: VerifiedOrder): Refusal | undefined {
  const subject = subjectOf(order);
  for (const { csr, profile } of order.items) {
    const fault = keyGuard(facts.get(csr.key.sha256.toHex()), subject, profile.id);
    if (fault) return fault;
  }
  for (const { csr, profile } of order.items) {
    const { sha256 } = csr.key;
    const known = facts.get(sha256.toHex());
    const uses = [...(known?.uses ?? []), { profileId: profile.id, subjectKey: subject }];
    facts.set(sha256.toHex(), { spkiSha256: sha256, blocked: known?.blocked ?? null, uses });
  }
  return undefined;
}

/** Steps 4 and 5 of the cycle, also for intents that an earlier run left behind. */
async function signAndRecord(
  deps: IssuanceDeps,
  intents: readonly (Prepared & { readonly id: number })[],
  _authority: Authority,
  at: Date,
): Promise<number[]> {
  if (intents.length === 0) return [];
  const rows = await Promise.all(
    intents.map(async (one): Promise<CertificateInputRow> => recordOf(one, await one.tbs.sign(one.ca.key))),
  );
  deps.step('4-signed');
  await withTransaction(deps.db, async (tx) => {
    await assertLease(tx, LEASE, deps.holder);
    await insertCertificates(tx, rows, at);
    await moveOrders(tx, [...new Set(intents.map((one) => one.order.id))], 'record');
    await writeAudit(
      tx,
      rows.map((row) => issuedEvent(row)),
    );
    await notify(tx, 'see_issued', Math.max(...rows.map((row) => row.id)));
  });
  deps.step('5-certificates-committed');
  return rows.map((row) => row.id);
}

/**
 * Finishes intents of one order that were durable before a crash: the same TBS, octet for octet, or nothing. They name the lists
 * of the configuration under which they were prepared, like the certificates that were issued before it was replaced: an order
 * is signed once, so that what was prepared can not be made anew, and a signature may have been made. A configuration that the
 * authority chain never had is not tried.
 */
export async function finishIntents(
  deps: IssuanceDeps,
  authority: Authority,
  order: VerifiedOrder,
  open: readonly {
    readonly id: number;
    readonly item: number;
    readonly serial: Uint8Array;
    readonly tbs: Uint8Array;
    readonly notBefore: Date;
  }[],
): Promise<number[]> {
  const intents = open.map((intent) => {
    const one = order.items[intent.item];
    if (!one) throw new IssuanceError('second-reading-differs', 'the intent names no item of its order');
    const serial = intent.serial as SerialNumber;
    const found = pointersSoFar(deps, one.item.ca)
      .map((pointers) => prepare(deps, order, one, intent.item, intent.notBefore, pointers, serial))
      .find(({ tbs }) => Buffer.from(tbs.bytes).equals(intent.tbs));
    if (!found)
      throw new IssuanceError('second-reading-differs', 'the intent does not hold what the approved order leads to');
    return { ...found, id: intent.id };
  });
  if (deps.journal.serialsOf(order.digest.toHex()) === undefined) deps.journal.append(journalEntries(intents));
  return signAndRecord(deps, intents, authority, deps.clock.now());
}

/** Where certificates of a CA point. */
interface Pointers {
  readonly vaUrl: string;
  readonly crls: CrlPlan;
}

/** Where certificates of the CAs of orders point now. Waits until each list that they can name is published. */
async function readPointers(deps: IssuanceDeps, orders: readonly VerifiedOrder[]): Promise<Map<string, Pointers>> {
  const cas = new Set(orders.flatMap(({ items }) => items.map(({ item }) => item.ca as string)));
  const found = Array.from(cas, async (ca) => [ca, { crls: await deps.crlPlan(ca), vaUrl: deps.vaUrl() }] as const);
  return new Map(await Promise.all(found));
}

/** Where certificates of a CA pointed under each configuration so far, the present one first. */
function pointersSoFar(deps: IssuanceDeps, ca: string): Pointers[] {
  const all = deps.configurations().map(({ vaUrl, status }) => ({ vaUrl, crls: crlPlanOf(status, ca) }));
  return [...new Map(all.map((pointers) => [JSON.stringify(pointers), pointers])).values()];
}

function prepare(
  deps: IssuanceDeps,
  order: VerifiedOrder,
  one: VerifiedItem,
  index: number,
  at: Date,
  pointers: Pointers | undefined,
  known?: SerialNumber,
): Prepared {
  const ca = deps.ring.cas.get(one.item.ca);
  if (!ca || !pointers) throw new IssuanceError('other-key', `this signer holds no key of CA ${one.item.ca}`);
  const serial = known ?? serialNumber(randomBytes(16));
  const tbs = prepareCertificate({
    ca,
    profile: one.profile,
    ...pointers,
    serial,
    ...itemInput(one.item),
    type: one.type,
    spki: one.csr.key.spki,
    notBefore: at,
  });
  return { order, index, one, ca, serial, tbs };
}

function subjectOf(order: VerifiedOrder): string {
  return subjectKey(personOf(order), order.content.agencyId);
}

/** The person in the certificates: the applicant where the profile names one. */
function personOf(order: VerifiedOrder): string | null {
  const personal = order.items.some(
    (one) => one.profile.names.form === 'rfc822Name' && one.profile.names.localPart === null,
  );
  return personal ? order.content.applicant : null;
}

function intentOf(prepared: Prepared) {
  return {
    ca: prepared.ca.id,
    serial: prepared.serial,
    orderDigest: prepared.order.digest,
    item: prepared.index,
    ocspRequestId: null,
    profileId: prepared.one.profile.id,
    profileDigest: Uint8Array.fromHex(prepared.one.profile.digest),
    spkiSha256: prepared.one.csr.key.sha256,
    subjectKey: subjectOf(prepared.order),
    tbs: prepared.tbs.bytes,
  };
}

function journalEntries(prepared: readonly Prepared[]) {
  const byOrder = new Map<VerifiedOrder, string[]>();
  for (const one of prepared) byOrder.set(one.order, [...(byOrder.get(one.order) ?? []), one.serial.toHex()]);
  return [...byOrder].map(([order, serials]) => ({
    digest: order.digest.toHex(),
    useBefore: order.content.useBefore,
    serials,
  }));
}

function recordOf(one: Prepared & { readonly id: number }, der: Uint8Array): CertificateInputRow {
  return {
    ...certificateRow(one.id, one.ca.id, der),
    orderId: one.order.id,
    agencyId: one.order.content.agencyId,
    personId: personOf(one.order),
    profileId: one.one.profile.id,
    spkiSha256: one.one.csr.key.sha256,
  };
}

/** The columns that follow from the certificate itself. */
export function certificateRow(id: number, ca: string, der: Uint8Array) {
  const certificate = parseCertificate(der);
  return {
    id,
    ca,
    serial: certificate.serialNumber,
    subject: formatName(certificate.subject),
    names: altNames(certificate),
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    sha256: new Uint8Array(createHash('sha256').update(der).digest()),
    der,
  };
}

function altNames(certificate: ReturnType<typeof parseCertificate>): string[] {
  const extension = certificate.extension('2.5.29.17');
  if (!extension) return [];
  return parseGeneralNames(extension.value).flatMap((name) =>
    'value' in name && typeof name.value === 'string' ? [name.value.toLowerCase()] : [],
  );
}

async function refuse(tx: Tx, refusals: ReadonlyMap<VerifiedOrder, Refusal>, at: Date): Promise<void> {
  for (const [order, refusal] of refusals) {
    await refuseOrder(tx, order.id, order.digest, refusal.code, refusal.message, at);
    await writeAudit(tx, [
      { ...orderEvent('signing.refused', order, { code: refusal.code, message: refusal.message }), outcome: 'failure' },
    ]);
    await notify(tx, 'see_orders', 0);
  }
}

function orderEvent(kind: string, order: VerifiedOrder, detail: Record<string, unknown>): AuditEvent {
  return {
    kind,
    outcome: 'success',
    actor: { process: 'signer' },
    objectType: 'order',
    objectId: order.id,
    detail: { digest: order.digest.toHex(), ...detail },
  };
}

export function issuedEvent(row: CertificateInputRow): AuditEvent {
  return {
    kind: 'certificate.issued',
    outcome: 'success',
    actor: { process: 'signer' },
    objectType: 'certificate',
    objectId: `${row.ca}/${row.serial.toHex()}`,
    detail: {
      certificateId: row.id,
      orderId: row.orderId,
      profile: row.profileId,
      sha256: row.sha256.toHex(),
      subject: row.subject,
    },
  };
}
