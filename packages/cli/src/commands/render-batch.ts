import { type BatchContent, batchQuorum } from '@see/domain';
import { type BatchMember, batchOutliers } from '@see/policy';
import { printable } from '@see/x509';
import type { ReadBatch } from './read-batch.ts';

/** What an approver reads before signing for all orders of a batch: what they have in common, what stands out, each order. */
export function renderBatch({ content, digest, members }: ReadBatch): string {
  const outliers = batchOutliers(members);
  const facts: [string, string][] = [
    ['Batch', content.batchId],
    ['Agency', content.agencyId],
    ['Orders', String(content.count)],
    ['Signatures', signatures(content)],
    ['Import', content.import ?? 'none'],
    ['Made', new Date(content.createdAt * 1000).toISOString().replace('.000Z', ' UTC').replace('T', ' ')],
    ['Certificates', commonProfiles(members)],
    ['Profile digests', content.profiles.join('\n                 ')],
    ['Root of the tree', content.root],
    ['Digest', digest.toHex()],
  ];
  const lines = facts.map(([label, value]) => `${label.padEnd(17)}${value}`);
  lines.push('', `What stands out (${outliers.length} of ${members.length} orders)`);
  if (outliers.length === 0) lines.push('  nothing: look at some of them all the same');
  for (const { member, reasons } of outliers) {
    lines.push(`  ${line(member)}`, ...reasons.map((reason) => `    - ${printable(reason)}`));
  }
  lines.push('', 'All orders', ...members.map((member) => `  ${line(member)}`));
  return lines.join('\n');
}

function signatures(content: BatchContent): string {
  const quorum = batchQuorum(content);
  return quorum === 1
    ? 'yours is enough'
    : `${quorum} different persons sign it: orders with a risk wait for all of them`;
}

function line({ leaf, name, names, organization, order, orderId }: BatchMember): string {
  const text = `${name}, ${organization}, ${names.join(' ')}, code to ${order.deliverTo ?? 'nobody'}, applicant ${order.applicant}`;
  return `${String(leaf + 1).padStart(4)}  ${printable(text)}  ${orderId}`;
}

/** The sets of profiles that are ordered, each with how many orders it. */
function commonProfiles(members: readonly BatchMember[]): string {
  const sets = Map.groupBy(members, ({ order }) => order.items.map((item) => item.profileId).join(' + '));
  return [...sets].map(([profiles, of]) => `${of.length} x ${profiles}`).join(', ');
}
