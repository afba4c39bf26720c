import { type HtmlValue, html, t } from '@see/language';
import { backLink } from '../../components/back-link.ts';
import { insetText } from '../../components/notice.ts';
import { summaryList } from '../../components/summary-list.ts';
import { momentHtml } from '../../components/time.ts';
import { portalPage } from '../../layout/portal-page.ts';
import { profileWords } from '../../profile-words.ts';
import type { View } from '../../view.ts';
import { orderTag } from '../console/states.ts';

export interface GatewayOrderFacts {
  readonly id: string;
  readonly state: string;
  readonly profiles: readonly { readonly id: string; readonly title: string }[];
  readonly createdAt: Date;
  readonly approveBefore: Date;
  readonly approvals: number;
  readonly quorum: number;
  readonly certificates: readonly { readonly sha256: string; readonly profile: string; readonly title: string }[];
}

/** How far an order of a gateway or server is, for whoever has its address. No person, agency or host is named. */
export function gatewayOrderPage(view: View, facts: GatewayOrderFacts): string {
  return portalPage(view, {
    title: t`Your order`,
    place: 'gateways',
    beforeContent: backLink(t`Mail gateways and servers`, '/gateways'),
    content: html`<h1 class="govuk-heading-l">${t`Your order`}</h1>
<p class="govuk-body">${orderTag(facts.state)}</p>
<p class="govuk-body-l see-lead">${whatNext(facts)}</p>
${
  facts.certificates.length > 0 &&
  html`<h2 class="govuk-heading-m">${t`Certificates`}</h2><ul class="govuk-list govuk-list--bullet">${facts.certificates.map(({ sha256, profile, title }) => html`<li><a class="govuk-link" href="/gateways/certificates/${sha256}">${profileWords(profile, title)}</a></li>`)}</ul>`
}
${summaryList(
  [
    { key: t`What for`, value: facts.profiles.map(({ id, title }) => html`<div>${profileWords(id, title)}</div>`) },
    { key: t`Ordered`, value: momentHtml(facts.createdAt) },
    { key: t`Approvals`, value: t`${facts.approvals} of ${facts.quorum}` },
    { key: t`Reference`, value: html`<span class="see-serial">${facts.id}</span>` },
  ],
  'see-dense',
)}
${insetText(t`Keep the address of this page: it is how you come back, and whoever has it sees what you see. It names no person, agency or host before the certificates are there.`)}`,
  });
}

function whatNext({ state, approvals, quorum, approveBefore }: GatewayOrderFacts): HtmlValue {
  if (state === 'pending')
    return t`It waits for operators: ${quorum - approvals} more have to approve it, before ${momentHtml(approveBefore)}. Load this page again to see.`;
  if (state === 'approved' || state === 'issuing')
    return t`It is approved, and the certificates are being made. Load this page again in a moment.`;
  if (state === 'issued') return t`The certificates are there. Fetch them and set up your gateway.`;
  if (state === 'rejected') return t`An operator rejected it. Your registration agent can see why.`;
  if (state === 'refused') return t`The signer refused it. Your registration agent can see why.`;
  if (state === 'withdrawn') return t`It was withdrawn. Ask your registration agent.`;
  if (state === 'lapsed') return t`Nobody approved it in time. Have it ordered again.`;
  return t`It is being prepared.`;
}
