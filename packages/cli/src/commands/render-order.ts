import { isDual, type OrderContent, readOrderContent } from '@see/domain';
import { decodeNames } from '@see/policy';
import { statementDigest } from '@see/statement';
import { formatName, printable } from '@see/x509';

/** What an approver reads before signing: every field of the bytes, in words. */
export interface RenderedOrder {
  readonly content: OrderContent;
  readonly digest: Uint8Array;
  readonly text: string;
}

/**
 * Renders the canonical bytes that will be signed. Everything comes from these bytes, nothing from what the service says
 * about them, so what is seen is what is signed. Throws when they are not canonical or not an order.
 */
export function renderOrder(bytes: Uint8Array): RenderedOrder {
  const content = readOrderContent(bytes);
  const lines: [string, string][] = [
    ['Order', content.orderId],
    ['Kind', content.kind === 'csr' ? 'keys come with the order' : 'a person, who makes the keys with a one-time code'],
    ['Agency', content.agencyId],
    ['Agency scope', content.scope],
    ['Applicant', content.applicant],
    ['Sponsor', content.sponsor],
    ['Registration agent', content.agent ?? 'none'],
    ['Made', time(content.createdAt)],
    ['Approve before', time(content.approveBefore)],
    ['Use before', time(content.useBefore)],
    ['Approvals needed', approvalsNeeded(content)],
    ...(content.risk?.reasons ?? []).map(({ code, reason }): [string, string] => [`  ${code}`, printable(reason)]),
    ['Replaces', content.replaces.join(', ') || 'nothing'],
    ['Evidence digest', content.evidence],
    ...(content.deliverTo === null ? [] : ([['Code goes to', printable(content.deliverTo)]] as [string, string][])),
    ...(content.commitment === null ? [] : ([['Code commitment', content.commitment]] as [string, string][])),
  ];
  for (const [index, item] of content.items.entries()) {
    const names = decodeNames(item);
    if (!names) throw new TypeError(`item ${index + 1} holds names that are not in their one DER form`);
    lines.push(
      ['', ''],
      [`Certificate ${index + 1}`, `${item.profileId}, type ${item.typeId}, by CA ${item.ca}`],
      ['  Subject', printable(formatName(names.subject))],
      [
        '  Names',
        names.altNames.map((name) => ('value' in name ? printable(String(name.value)) : name.kind)).join(', '),
      ],
      ['  Valid for', `${Math.round((item.validitySeconds / 86_400) * 10) / 10} days`],
      ['  Key (SHA-256)', item.spkiSha256 ?? 'made with the code'],
      ['  Policies', item.policyOids.join(', ')],
      ['  Profile digest', item.profileDigest],
      ['  Issuer key', item.issuerSki],
    );
  }
  const width = Math.max(...lines.map(([label]) => label.length));
  const text = lines.map(([label, value]) => (label === '' ? '' : `${label.padEnd(width)}  ${value}`)).join('\n');
  return { content, digest: statementDigest('order', bytes), text };
}

function approvalsNeeded(content: OrderContent): string {
  const kind = isDual(content) ? ', one of them by a key file or a passkey that stays on its device' : '';
  const why = content.risk ? `, ${content.risk.quorumWithout} without these risks:` : '';
  return `${content.quorum}${kind}${why}`;
}

function time(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', ' UTC').replace('T', ' ');
}
