import { type BatchContent, batchQuorum } from '@see/domain';
import { html, type SafeHtml, type Speech, t } from '@see/language';
import { type BatchMember, batchOutliers } from '@see/policy';
import { momentIn } from '../../components/time.ts';
import { drawDigest, drawSection, englishItem } from '../approval/draw-order.ts';
import { part, write } from '../part.ts';
import { say } from '../say.ts';
import type { BatchToApprove } from './batch-to-approve.ts';

/** Draws what the orders have in common, what stands out, and every order in a line. All of it from the bytes. */
export function drawBatch({ content, digest, members }: BatchToApprove): void {
  const facts = [
    { key: t`Orders`, lines: [String(content.count)] },
    { key: t`Signatures`, lines: [signatures(content)] },
    { key: t`Agency`, lines: [content.agencyId] },
    { key: t`Certificates`, lines: profilesOf(members) },
    { key: t`Made`, lines: [html`${(speech: Speech) => momentIn(new Date(content.createdAt * 1000), speech)}`] },
    { key: t`Import`, lines: [content.import ?? t`none`], code: true as const },
    { key: t`Profile digests`, lines: content.profiles, code: true as const },
    { key: t`Root of the tree`, lines: [content.root], code: true as const },
    { key: t`Batch`, lines: [content.batchId], code: true as const },
  ];
  part('batch-facts').replaceChildren(...drawSection({ title: t`What they have in common`, facts }));
  const outliers = batchOutliers(members);
  write('batch-outlier-count', say(t`${outliers.length} of ${members.length} orders differ from the others.`));
  part('batch-outliers').replaceChildren(
    ...outliers.map(({ member, reasons }) => {
      const item = drawMember(member);
      const list = document.createElement('ul');
      list.className = 'govuk-list govuk-list--bullet';
      list.append(...reasons.map(englishItem));
      item.append(list);
      return item;
    }),
  );
  part('batch-orders').replaceChildren(...members.map(drawMember));
  drawDigest(digest);
}

function signatures(content: BatchContent): SafeHtml {
  const quorum = batchQuorum(content);
  return quorum === 1
    ? t`yours is enough`
    : t`${quorum} different persons sign; orders with a risk wait for all of them`;
}

/** The sets of profiles that are ordered, each with how many orders it. */
function profilesOf(members: readonly BatchMember[]): string[] {
  const counts = new Map<string, number>();
  for (const { order } of members) {
    const profiles = order.items.map((item) => item.profileId).join(' + ');
    counts.set(profiles, (counts.get(profiles) ?? 0) + 1);
  }
  return [...counts].map(([profiles, count]) => `${count} × ${profiles}`);
}

function drawMember({ leaf, name, names, organization, order, orderId }: BatchMember): HTMLElement {
  const item = document.createElement('li');
  const strong = document.createElement('strong');
  strong.textContent = name;
  const small = document.createElement('span');
  small.className = 'see-serial see-muted';
  small.textContent = say(t`${leaf + 1}: order ${orderId}, applicant ${order.applicant}`);
  item.append(
    strong,
    say(html`, ${organization}, ${names.join(', ')}. ${t`Code to ${order.deliverTo ?? t`nobody`}.`}`),
    document.createElement('br'),
    small,
  );
  return item;
}
