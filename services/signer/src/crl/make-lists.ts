import { setImmediate } from 'node:timers/promises';
import {
  assertPublishable,
  type CrlForm,
  type CrlInput,
  type CrlIssuer,
  type CrlScope,
  crlUrl,
  deltaEntries,
  entriesLeaving,
  type SerialRange,
  shardRange,
  signCrl,
  type ToldEntries,
} from '@see/issuance';
import type { CertificateList } from '@see/x509';
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
  /** The serial numbers that the list covers, where it is a part. */
  readonly range?: SerialRange;
  readonly told: ToldEntries;
  /** What the list says. */
  readonly entries: () => CrlInput['entries'];
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
  const pause = (): Promise<void> => setImmediate();
  for (const scope of moment.scopes) {
    const { form, entries, range, told, last, base, shown } = planOf(scope, moment, full, book, sealed);
    const leaving = shown ? entriesLeaving(told, book.set, range) : [];
    const vouched = shown ? await book.vouchFor(leaving, shown.thisUpdate) : new Set<string>();
    // Comparing a million entries takes tens of milliseconds: orders are not to wait for all of it.
    await pause();
    const der = await signCrl({ ca, form, number, thisUpdate, nextUpdate, entries: entries(), pause });
    await pause();
    const mayLeave = (serial: string): boolean => vouched.has(serial);
    const crl = await assertPublishable(der, { ca, form, last, base, set: book.set, range, told, mayLeave });
    made.push({ scope, crl });
  }
  return made;
}

/** What clients were told by the last full list and the delta after it. */
export function toldBy(full: CertificateList | undefined, delta: CertificateList | undefined): ToldEntries {
  return { list: full?.entries, delta: full && isOn(delta, full) ? delta.entries : undefined };
}

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
  const { set } = book;
  const last = scope === 'full' ? full : sealed.read(ca.id, scope);
  if (scope === 'full') {
    const freshest = moment.delta ? crlUrl(vaUrl, ca.id, 'delta') : undefined;
    const told = toldBy(full, sealed.read(ca.id, 'delta'));
    return { form: { kind: 'full', freshest }, last, told, entries: () => set.entries(), shown: full };
  }
  if (scope === 'delta') {
    if (!full) throw new Error(`a delta of ${ca.id} without a full list before it`);
    const earlier = isOn(last, full) ? last : undefined;
    const entries = () => deltaEntries(set, full.entries, earlier?.entries).entries();
    const form = { kind: 'delta', base: full.crlNumber ?? 0n } as const;
    return { form, last, base: full, told: toldBy(full, earlier), entries, shown: full };
  }
  const range = shardRange(scope);
  const form = { kind: 'part', url: crlUrl(vaUrl, ca.id, scope) } as const;
  return { form, last, range, told: { list: last?.entries }, entries: () => set.entries(range), shown: last };
}
