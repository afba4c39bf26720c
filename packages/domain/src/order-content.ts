import { type CanonicalValue, canonicalBytes, parseCanonical, statementDigest } from '@see/statement';
import { Fields } from './fields.ts';
import { type OrderRisk, readOrderRisk } from './order-risk.ts';
import { isPersonId, type PersonId } from './person-id.ts';
import { refused } from './refusal.ts';

/** One certificate of an order: everything that its TBS is rebuilt from, except the key of a person's order. */
export interface OrderItem {
  readonly ca: 'gateway' | 'individual' | 'tls' | 'operations';
  /** subjectKeyIdentifier of the issuing CA, hex. */
  readonly issuerSki: string;
  readonly profileId: string;
  /** Digest of the profile's content, hex (48 octets). */
  readonly profileDigest: string;
  readonly typeId: string;
  /** Complete subject and subjectAltName value as DER, base64. */
  readonly subject: string;
  readonly subjectAltName: string;
  readonly policyOids: readonly string[];
  /** notAfter - notBefore + 1 s: validity is inclusive at both ends. */
  readonly validitySeconds: number;
  /** SHA-256 of the SubjectPublicKeyInfo, hex; null in a person's order. */
  readonly spkiSha256: string | null;
}

/**
 * What an approver sees and what is signed (design, section 3, "The order digest"). Times are seconds since 1970 UTC,
 * digests lower-case hex. Exactly one of the items' `spkiSha256` and `commitment` binds the keys.
 */
export interface OrderContent {
  readonly v: 1;
  readonly instance: string;
  readonly orderId: string;
  readonly nonce: string;
  readonly kind: 'csr' | 'person';
  readonly createdAt: number;
  readonly approveBefore: number;
  readonly useBefore: number;
  readonly agencyId: string;
  /** Digest of the agency-scope statement in force when the order was made, hex. */
  readonly scope: string;
  readonly applicant: PersonId;
  readonly sponsor: PersonId;
  readonly agent: PersonId | null;
  readonly evidence: string;
  readonly replaces: readonly string[];
  readonly quorum: number;
  /** Absent where nothing raises the quorum: so orders of before it keep their bytes. */
  readonly risk?: OrderRisk;
  /** The only address that a code is sent to; null for 'csr' orders. */
  readonly deliverTo: string | null;
  readonly items: readonly OrderItem[];
  /** SHA-384(K) of the enrolment code, hex; null for 'csr' orders. */
  readonly commitment: string | null;
}

/** A person's order before the worker has bound the code to it. */
export type OrderDraft = Omit<OrderContent, 'commitment'>;

interface Quorum {
  readonly quorum: number;
  readonly risk?: OrderRisk | null;
}

/** Approvals that the order would need without the risks that it names: what its profiles and names ask for. */
export function quorumWithoutRisk({ quorum, risk }: Quorum): number {
  return risk?.quorumWithout ?? quorum;
}

/** From this quorum on, risks aside, an order is a dual one: one approval is by a key that cannot be copied (design 3). */
export const DUAL_QUORUM = 2;

/** Whether what is ordered is on the `dual` list (section 8.1), not only raised by a risk. */
export function isDual(order: Quorum): boolean {
  return quorumWithoutRisk(order) >= DUAL_QUORUM;
}

export const APPROVE_WITHIN_SECONDS = 7 * 86_400;

const HEX32 = /^[0-9a-f]{64}$/;
const HEX48 = /^[0-9a-f]{96}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const OID = /^[0-2](\.(0|[1-9][0-9]*))+$/;
const MAX_TIME = 253_402_300_799;

/** Canonical bytes and digest of an order's content. */
export function writeOrderContent(content: OrderContent): { bytes: Uint8Array; digest: Uint8Array } {
  const bytes = canonicalBytes(content);
  readOrderContent(bytes);
  return { bytes, digest: statementDigest('order', bytes) };
}

/**
 * Reads order bytes: canonical, every member known, in range and consistent with each other. Throws RefusedError or
 * CanonicalError. Not checked: whether the authority allows any of it, and whether the DER means what policy says.
 */
export function readOrderContent(bytes: Uint8Array): OrderContent {
  const value = parseCanonical(bytes);
  const fields = new Fields(value, '$');
  fields.integer('v', 1, 1);
  fields.text('instance', UUID);
  fields.text('orderId', UUID);
  fields.text('nonce', /^[A-Za-z0-9_-]{22,64}$/);
  const kind = fields.oneOf('kind', ['csr', 'person']);
  const createdAt = fields.integer('createdAt', 0, MAX_TIME);
  const approveBefore = fields.integer('approveBefore', createdAt + 1, createdAt + APPROVE_WITHIN_SECONDS);
  fields.integer('useBefore', approveBefore, createdAt + 60 * 86_400);
  fields.text('agencyId', /^[a-z0-9][a-z0-9-]{0,62}$/);
  fields.text('scope', HEX48);
  const parties = [fields.text('applicant'), fields.text('sponsor'), fields.optionalText('agent')];
  fields.text('evidence', HEX48);
  fields.list('replaces', 0, 3, (item, path) => hex(item, path, HEX32));
  const quorum = fields.integer('quorum', 1, 5);
  if (fields.has('risk')) readOrderRisk(fields.object('risk'), quorum);
  const deliverTo = fields.optionalText('deliverTo', /^[\x21-\x7e]+@[\x21-\x7e]+$/, 254);
  const commitment = fields.optionalText('commitment', HEX48);
  const items = fields.list('items', 1, 3, (item, path) => readItem(new Fields(item, path)));
  fields.end();
  checkParties(parties);
  const person = kind === 'person';
  if (
    person !== (commitment !== null) ||
    person !== (deliverTo !== null) ||
    items.some((item) => person !== (item === null))
  ) {
    throw refused('bad-order', "a person's order binds a code and an address, any other order binds its keys");
  }
  return value as unknown as OrderContent;
}

function readItem(item: Fields): string | null {
  item.oneOf('ca', ['gateway', 'individual', 'tls', 'operations']);
  item.text('issuerSki', /^[0-9a-f]{40}$/);
  item.text('profileId', /^[a-z][a-z0-9-]{1,40}$/);
  item.text('profileDigest', HEX48);
  item.text('typeId', /^[a-z][a-z0-9-]{1,40}$/);
  item.text('subject', BASE64, 8192);
  item.text('subjectAltName', BASE64, 32_768);
  item.texts('policyOids', 1, 4, OID);
  item.integer('validitySeconds', 3600, 825 * 86_400);
  const spki = item.optionalText('spkiSha256', HEX32);
  item.end();
  return spki;
}

function hex(value: CanonicalValue, path: string, pattern: RegExp): string {
  if (typeof value !== 'string' || !pattern.test(value))
    throw refused('bad-subject', `${path}: hex is expected`, { path });
  return value;
}

/** WF-INV1 for the parties that the content names: they are persons, pairwise different. */
function checkParties(parties: readonly (string | null)[]): void {
  const present = parties.filter((party) => party !== null);
  if (!present.every(isPersonId)) throw refused('bad-order', 'parties are person ids');
  if (new Set(present).size !== present.length) {
    throw refused('parties-not-different', 'applicant, sponsor and registration agent are different persons', {
      source: 'WF-INV1',
    });
  }
}
