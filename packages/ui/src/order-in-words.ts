import { isDual, type OrderContent, type OrderItem } from '@see/domain';
import { html, type SafeHtml, type Speech, t } from '@see/language';
import { decodeBase64, formatName, type GeneralName, parseGeneralNames, parseName } from '@see/x509';
import { counted, momentIn } from './components/time.ts';

/** One fact of an order: what it is and what it says. Several lines where there are several values. */
export interface WordedFact {
  readonly key: SafeHtml;
  readonly lines: readonly (SafeHtml | string)[];
  /** Hashes and encodings, which are compared and not read. */
  readonly code?: true;
  /** Words on record, which are in English whatever the page is in. */
  readonly english?: true;
}

export interface WordedSection {
  readonly title: SafeHtml;
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
  const who = (id: string | null): readonly (SafeHtml | string)[] =>
    id === null ? [t`nobody`] : [...(names.person(id) === undefined ? [] : [names.person(id) ?? '']), id];
  return [
    ...content.items.map((item, index) => ({
      title: t`Certificate ${index + 1} of ${content.items.length}: ${names.profile(item.profileId) ?? item.profileId}`,
      facts: itemFacts(item, content, names),
    })),
    {
      title: t`Who`,
      facts: [
        { key: t`Agency`, lines: [names.agency(content.agencyId) ?? content.agencyId] },
        { key: t`Applicant`, lines: who(content.applicant) },
        { key: t`Sponsor`, lines: who(content.sponsor) },
        { key: t`Registration agent`, lines: who(content.agent) },
        { key: t`Code goes to`, lines: [content.deliverTo ?? t`no code: the keys are in the order`] },
        { key: t`Approvals needed`, lines: [approvalsNeeded(content)] },
        ...(content.risk
          ? [{ key: t`Why so many`, lines: content.risk.reasons.map(({ reason }) => reason), english: true as const }]
          : []),
        {
          key: t`Replaces`,
          lines: content.replaces.length > 0 ? content.replaces : [t`no certificate`],
          ...(content.replaces.length > 0 ? { code: true as const } : {}),
        },
      ],
    },
    {
      title: t`When and where`,
      facts: [
        { key: t`Made`, lines: moment(content.createdAt) },
        { key: t`Approve before`, lines: moment(content.approveBefore) },
        { key: t`Use before`, lines: moment(content.useBefore) },
        { key: t`Order`, lines: [content.orderId], code: true },
        { key: t`Instance`, lines: [content.instance], code: true },
        { key: t`Scope of the agency`, lines: [content.scope], code: true },
        { key: t`Evidence`, lines: [content.evidence], code: true },
        { key: t`Nonce`, lines: [content.nonce], code: true },
        {
          key: t`Format`,
          lines: [
            content.kind === 'csr' ? t`version ${content.v}, keys in the order` : t`version ${content.v}, keys by code`,
          ],
        },
      ],
    },
  ];
}

/** How many, and of which kind; without the risks where there are some. */
function approvalsNeeded(content: OrderContent): SafeHtml {
  const kind = isDual(content) && t`, one of them by a key file or a passkey that stays on its device`;
  const without = content.risk && t` (${content.risk.quorumWithout} without the risks)`;
  return html`${content.quorum}${kind}${without}`;
}

function itemFacts(item: OrderItem, content: OrderContent, names: OrderNames): readonly WordedFact[] {
  const key: WordedFact =
    item.spkiSha256 === null
      ? {
          key: t`Key`,
          lines: [t`made by whoever proves the code with the commitment`, content.commitment ?? ''],
          code: true,
        }
      : { key: t`Key (SHA-256)`, lines: [item.spkiSha256], code: true };
  return [
    { key: t`Subject`, lines: subjectLines(item.subject) },
    { key: t`Alternative names`, lines: alternativeNames(item.subjectAltName) },
    { key: t`Valid for`, lines: [duration(item.validitySeconds)] },
    key,
    { key: t`Type`, lines: [names.type(item.typeId) ?? item.typeId] },
    { key: t`Issued by`, lines: [`CA ${item.ca}`, t`key ${item.issuerSki}`], code: true },
    { key: t`Policies`, lines: item.policyOids, code: true },
    { key: t`Profile`, lines: [item.profileId, item.profileDigest], code: true },
  ];
}

/** One attribute a line, in the order of the certificate. */
function subjectLines(base64: string): readonly (SafeHtml | string)[] {
  const name = parseName(octets(base64));
  if (name.length === 0) return [t`empty`];
  return name.map((rdn) => formatName([rdn]));
}

function alternativeNames(base64: string): readonly (SafeHtml | string)[] {
  const lines = parseGeneralNames(octets(base64)).map(nameLine);
  return lines.length > 0 ? lines : [t`none`];
}

const KINDS: Readonly<Partial<Record<GeneralName['kind'], SafeHtml>>> = {
  rfc822Name: t`mail`,
  dNSName: t`host`,
};

function nameLine(name: GeneralName): SafeHtml {
  const value = 'value' in name && typeof name.value === 'string' ? name.value : t`in another form`;
  return html`${KINDS[name.kind] ?? name.kind}: ${value}`;
}

function octets(base64: string): Uint8Array {
  const found = decodeBase64(base64);
  if (!found) throw new TypeError('not base64');
  return found;
}

function duration(seconds: number): SafeHtml {
  const days = seconds / 86_400;
  return Number.isInteger(days) ? counted(days, t`1 day`, t`${days} days`) : t`${seconds} seconds`;
}

/** A moment in the reader's zone, and exactly as it is signed. */
function moment(seconds: number): readonly (SafeHtml | string)[] {
  const time = new Date(seconds * 1000);
  const exact = `${time.toISOString().replace('T', ' ').slice(0, 19)} UTC`;
  return [html`${(speech: Speech) => momentIn(time, speech)}`, exact];
}
