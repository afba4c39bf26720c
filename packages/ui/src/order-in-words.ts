import { isDual, type OrderContent, type OrderItem } from '@see/domain';
import { decodeBase64, formatName, type GeneralName, parseGeneralNames, parseName } from '@see/x509';

/** One fact of an order: what it is and what it says. Several lines where there are several values. */
export interface WordedFact {
  readonly key: string;
  readonly lines: readonly string[];
  /** Hashes and encodings, which are compared and not read. */
  readonly code?: true;
}

export interface WordedSection {
  readonly title: string;
  readonly facts: readonly WordedFact[];
}

/** What the reader knows that the content names by id. An id without a name is shown as it is. */
export interface OrderNames {
  readonly person: (id: string) => string | undefined;
  readonly agency: (id: string) => string | undefined;
  readonly profile: (id: string) => string | undefined;
  readonly type: (id: string) => string | undefined;
}

/**
 * Every field of an order's content in words, none left out: what an approver reads is what is signed. Names are
 * decoded from their DER here. Throws X509Error when they are not DER; `readOrderContent` has checked the rest.
 */
export function orderInWords(content: OrderContent, names: OrderNames): readonly WordedSection[] {
  const who = (id: string | null): readonly string[] =>
    id === null ? ['nobody'] : [...(names.person(id) === undefined ? [] : [names.person(id) ?? '']), id];
  return [
    ...content.items.map((item, index) => ({
      title: `Certificate ${index + 1} of ${content.items.length}: ${names.profile(item.profileId) ?? item.profileId}`,
      facts: itemFacts(item, content, names),
    })),
    {
      title: 'Who',
      facts: [
        { key: 'Agency', lines: [names.agency(content.agencyId) ?? content.agencyId] },
        { key: 'Applicant', lines: who(content.applicant) },
        { key: 'Sponsor', lines: who(content.sponsor) },
        { key: 'Registration agent', lines: who(content.agent) },
        { key: 'Code goes to', lines: [content.deliverTo ?? 'no code: the keys are in the order'] },
        { key: 'Approvals needed', lines: [approvalsNeeded(content)] },
        ...(content.risk ? [{ key: 'Why so many', lines: content.risk.reasons.map(({ reason }) => reason) }] : []),
        {
          key: 'Replaces',
          lines: content.replaces.length > 0 ? content.replaces : ['no certificate'],
          ...(content.replaces.length > 0 ? { code: true as const } : {}),
        },
      ],
    },
    {
      title: 'When and where',
      facts: [
        { key: 'Made', lines: [moment(content.createdAt)] },
        { key: 'Approve before', lines: [moment(content.approveBefore)] },
        { key: 'Use before', lines: [moment(content.useBefore)] },
        { key: 'Order', lines: [content.orderId], code: true },
        { key: 'Instance', lines: [content.instance], code: true },
        { key: 'Scope of the agency', lines: [content.scope], code: true },
        { key: 'Evidence', lines: [content.evidence], code: true },
        { key: 'Nonce', lines: [content.nonce], code: true },
        {
          key: 'Format',
          lines: [`version ${content.v}, ${content.kind === 'csr' ? 'keys in the order' : 'keys by code'}`],
        },
      ],
    },
  ];
}

/** How many, and of which kind; without the risks where there are some. */
function approvalsNeeded(content: OrderContent): string {
  const kind = isDual(content) ? ', one of them by a key file or a passkey that stays on its device' : '';
  const without = content.risk ? ` (${content.risk.quorumWithout} without the risks)` : '';
  return `${content.quorum}${kind}${without}`;
}

function itemFacts(item: OrderItem, content: OrderContent, names: OrderNames): readonly WordedFact[] {
  const key: WordedFact =
    item.spkiSha256 === null
      ? {
          key: 'Key',
          lines: ['made by whoever proves the code with the commitment', content.commitment ?? ''],
          code: true,
        }
      : { key: 'Key (SHA-256)', lines: [item.spkiSha256], code: true };
  return [
    { key: 'Subject', lines: subjectLines(item.subject) },
    { key: 'Alternative names', lines: alternativeNames(item.subjectAltName) },
    { key: 'Valid for', lines: [duration(item.validitySeconds)] },
    key,
    { key: 'Type', lines: [names.type(item.typeId) ?? item.typeId] },
    { key: 'Issued by', lines: [`CA ${item.ca}`, `key ${item.issuerSki}`], code: true },
    { key: 'Policies', lines: item.policyOids, code: true },
    { key: 'Profile', lines: [item.profileId, item.profileDigest], code: true },
  ];
}

/** One attribute a line, in the order of the certificate. */
function subjectLines(base64: string): readonly string[] {
  const name = parseName(octets(base64));
  if (name.length === 0) return ['empty'];
  return name.map((rdn) => formatName([rdn]));
}

function alternativeNames(base64: string): readonly string[] {
  const lines = parseGeneralNames(octets(base64)).map(nameLine);
  return lines.length > 0 ? lines : ['none'];
}

const KINDS: Readonly<Partial<Record<GeneralName['kind'], string>>> = { rfc822Name: 'mail', dNSName: 'host' };

function nameLine(name: GeneralName): string {
  const value = 'value' in name && typeof name.value === 'string' ? name.value : 'in another form';
  return `${KINDS[name.kind] ?? name.kind}: ${value}`;
}

function octets(base64: string): Uint8Array {
  const found = decodeBase64(base64);
  if (!found) throw new TypeError('not base64');
  return found;
}

function duration(seconds: number): string {
  const days = seconds / 86_400;
  return Number.isInteger(days) ? `${days} ${days === 1 ? 'day' : 'days'}` : `${seconds} seconds`;
}

function moment(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().replace('T', ' ').slice(0, 19)} UTC`;
}
