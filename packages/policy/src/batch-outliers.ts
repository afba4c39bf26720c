import type { OrderContent } from '@see/domain';
import { decodeBase64, nameAttribute, oid, parseGeneralNames, parseName } from '@see/x509';

/** One order of a batch as its approver reads it in a line. */
export interface BatchMember {
  readonly leaf: number;
  readonly orderId: string;
  /** The common name of the first certificate. */
  readonly name: string;
  readonly surname: string;
  readonly organization: string;
  /** Every mail address and host name, in all certificates. */
  readonly names: readonly string[];
  readonly order: OrderContent;
}

/** A member that differs from the others, and how, in sentences. */
export interface BatchOutlier {
  readonly member: BatchMember;
  readonly reasons: readonly string[];
}

/** Reads the line of an order. Throws X509Error when a name in it is not DER. */
export function batchMember(leaf: number, order: OrderContent): BatchMember {
  const subject = parseName(der(order.items[0]?.subject ?? ''));
  const names = order.items.flatMap((item) =>
    parseGeneralNames(der(item.subjectAltName)).map((name) =>
      'value' in name && typeof name.value === 'string' ? name.value : name.kind,
    ),
  );
  return {
    leaf,
    orderId: order.orderId,
    name: nameAttribute(subject, oid.commonName) ?? '',
    surname: nameAttribute(subject, oid.surname) ?? '',
    organization: nameAttribute(subject, oid.organizationName) ?? '',
    names: [...new Set(names)],
    order,
  };
}

/** Octets of base64; none, which no name is, when it is not that. */
function der(base64: string): Uint8Array {
  return decodeBase64(base64) ?? new Uint8Array(0);
}

/** A value that fewer of the members have than one in this many is unusual. */
const UNUSUAL = 20;

/** What most members of a batch have in common. */
const COMMON: readonly { readonly what: string; readonly of: (member: BatchMember) => string }[] = [
  { what: 'the organisation', of: ({ organization }) => organization },
  { what: 'the mail domain', of: ({ names }) => [...new Set(names.map(domainOf))].join(', ') },
  { what: 'the sponsor', of: ({ order }) => order.sponsor },
  { what: 'the registration agent', of: ({ order }) => order.agent ?? 'nobody' },
  { what: 'the profiles', of: ({ order }) => order.items.map((item) => item.profileId).join(', ') },
  { what: 'the type', of: ({ order }) => [...new Set(order.items.map((item) => item.typeId))].join(', ') },
  { what: 'the validity', of: ({ order }) => order.items.map((item) => `${item.validitySeconds} s`).join(', ') },
  { what: 'the scope of the agency', of: ({ order }) => order.scope },
];

/**
 * The members of a batch that stand out, those that need more than one approval first, then those with most reasons: what few
 * others have, names that occur twice,
 * addresses that do not look like the name, letters of other scripts. All of it is read from what is signed. That nothing
 * stands out is no reason to approve.
 */
export function batchOutliers(members: readonly BatchMember[]): readonly BatchOutlier[] {
  const rare = COMMON.map(({ what, of }) => rareValues(what, members, of));
  const names = countOf(members, ({ name }) => name.toLowerCase());
  const found = members.map((member) => ({
    member,
    raised: member.order.risk !== undefined,
    reasons: [
      ...(member.order.risk?.reasons.map(({ reason }) => `it needs ${member.order.quorum} approvals: ${reason}`) ?? []),
      ...rare.flatMap((reasonOf) => reasonOf(member)),
      ...ownReasons(member),
      ...((names.get(member.name.toLowerCase()) ?? 0) > 1 ? ['somebody else of the batch has this name'] : []),
    ],
  }));
  return found
    .filter(({ reasons }) => reasons.length > 0)
    .sort(
      (one, other) =>
        Number(other.raised) - Number(one.raised) ||
        other.reasons.length - one.reasons.length ||
        one.member.leaf - other.member.leaf,
    )
    .map(({ member, reasons }) => ({ member, reasons }));
}

/** Says of a member that few others have its value; nothing in batches that are too small to have a rule. */
function rareValues(
  what: string,
  members: readonly BatchMember[],
  of: (member: BatchMember) => string,
): (member: BatchMember) => string[] {
  const counts = countOf(members, of);
  const most = Math.max(...counts.values());
  return (member) => {
    const count = counts.get(of(member)) ?? 0;
    if (count === most || count * UNUSUAL > members.length) return [];
    return [
      `${what} is ${of(member)}: ${count === 1 ? 'nobody else' : `${count} of ${members.length}`} in the batch has that`,
    ];
  };
}

function countOf(members: readonly BatchMember[], of: (member: BatchMember) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const member of members) counts.set(of(member), (counts.get(of(member)) ?? 0) + 1);
  return counts;
}

/** What is unusual about one member by itself. */
function ownReasons({ name, surname, names, order }: BatchMember): string[] {
  const reasons: string[] = [];
  const letters = plain(surname);
  const address = order.deliverTo;
  if (address !== null && letters.length > 1 && !plain(address.slice(0, address.lastIndexOf('@'))).includes(letters))
    reasons.push(`the address ${address} does not look like the surname ${surname}`);
  const person = name.replace(/ \[[^\]]*\]$/, '');
  if (/\p{N}/u.test(person)) reasons.push('the name has digits in it');
  if (/[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(person + names.join('')))
    reasons.push('the name has letters that are not Latin');
  if (order.replaces.length > 0) reasons.push(`it replaces ${order.replaces.length} certificates`);
  return reasons;
}

/** The letters of a name without marks, in lower case. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/[^\p{L}]/gu, '')
    .toLowerCase();
}

function domainOf(name: string): string {
  return name.slice(name.lastIndexOf('@') + 1);
}
