import { setImmediate } from 'node:timers/promises';
import {
  assertPublishable,
  CombinedEntries,
  type CrlForm,
  type CrlIssuer,
  type CrlScope,
  crlUrl,
  DeltaEntries,
  entriesLeaving,
  RevokedSet,
  type SerialRange,
  shardRange,
  signCrl,
} from '@see/issuance';
import type { CertificateList, RevokedCursor } from '@see/x509';
import type { RevocationBook } from './revocation-book.ts';
import type { SealedLists } from './sealed-lists.ts';

/** In milliseconds. */
const VALID_FOR = 48 * 3_600_000;

/** Lists of one CA that are made at one moment, and so have the same number (REV-9). */
export interface Moment {
  readonly ca: CrlIssuer;
  readonly number: bigint;
  readonly thisUpdate: Date;
  readonly scopes: readonly CrlScope[];
  /** Whether the CA has deltas. */
  readonly delta: boolean;
  readonly vaUrl: string;
}

/** A list that may be published. */
export interface MadeList {
  readonly scope: CrlScope;
  readonly crl: CertificateList;
}

/** What a list is made from. */
interface Plan {
  readonly form: CrlForm;
  readonly last: CertificateList | undefined;
  readonly base?: CertificateList | undefined;
  /** What is revoked or held, of the certificates that the list covers. */
  readonly stands: () => RevokedCursor;
  readonly told: () => RevokedCursor;
  /** What the list says. */
  readonly entries: () => RevokedCursor;
  /** The list on which entries that expired were shown for the last time. */
  readonly shown: CertificateList | undefined;
}

/**
 * Makes the lists of one moment from the book, each in one pass, and has each looked at by the gate. Nothing is sealed or
 * published. The book does not change meanwhile. Throws IssuanceError `lint-failed`, `crl-gate`.
 */
export async function makeLists(moment: Moment, book: RevocationBook, sealed: SealedLists): Promise<MadeList[]> {
  const { ca, number, thisUpdate } = moment;
  const nextUpdate = new Date(thisUpdate.getTime() + VALID_FOR);
  const full = moment.scopes.some((scope) => scope === 'full' || scope === 'delta')
    ? sealed.read(ca.id, 'full')
    : undefined;
  const made: MadeList[] = [];
  for (const scope of moment.scopes) {
    const { form, entries, stands, told, last, base, shown } = planOf(scope, moment, full, book, sealed);
    const leaving = shown ? entriesLeaving(told(), stands()) : [];
    const vouched = shown ? await book.vouchFor(leaving, shown.thisUpdate) : new Set<string>();
    // A list of a million entries takes a second: orders are not to wait for all of it.
    await setImmediate();
    const der = await signCrl({ ca, form, number, thisUpdate, nextUpdate, entries });
    await setImmediate();
    const crl = assertPublishable(der, {
      ca,
      form,
      last,
      base,
      entries: stands,
      told,
      mayLeave: (serial) => vouched.has(serial),
    });
    made.push({ scope, crl });
  }
  return made;
}

/** What clients were told by the last full list and the delta after it. */
export function toldBy(full: CertificateList | undefined, delta: CertificateList | undefined): RevokedCursor {
  if (!full) return NOTHING.cursor();
  return new CombinedEntries(full.entries.scan(), isOn(delta, full) ? delta.entries.scan() : undefined);
}

const NOTHING = new RevokedSet();

function isOn(delta: CertificateList | undefined, full: CertificateList): delta is CertificateList {
  return delta?.baseCrlNumber !== undefined && delta.baseCrlNumber === full.crlNumber;
}

function planOf(
  scope: CrlScope,
  { ca, vaUrl, ...moment }: Moment,
  full: CertificateList | undefined,
  book: RevocationBook,
  sealed: SealedLists,
): Plan {
  const range: SerialRange | undefined = scope === 'full' || scope === 'delta' ? undefined : shardRange(scope);
  const stands = () => book.set.cursor(range);
  const last = scope === 'full' ? full : sealed.read(ca.id, scope);
  if (scope === 'full') {
    const freshest = moment.delta ? crlUrl(vaUrl, ca.id, 'delta') : undefined;
    const delta = sealed.read(ca.id, 'delta');
    const told = () => toldBy(full, delta);
    return { form: { kind: 'full', freshest }, last, stands, told, entries: stands, shown: full };
  }
  if (scope === 'delta') {
    if (!full) throw new Error(`a delta of ${ca.id} without a full list before it`);
    const earlier = isOn(last, full) ? last : undefined;
    const entries = () => new DeltaEntries(stands(), full.entries.scan(), earlier?.entries.scan());
    const form = { kind: 'delta', base: full.crlNumber ?? 0n } as const;
    return { form, last, base: full, stands, told: () => toldBy(full, earlier), entries, shown: full };
  }
  const told = () => last?.entries.scan() ?? NOTHING.cursor();
  return { form: { kind: 'part', url: crlUrl(vaUrl, ca.id, scope) }, last, stands, told, entries: stands, shown: last };
}
