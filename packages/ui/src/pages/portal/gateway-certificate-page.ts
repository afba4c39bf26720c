import { html, type SafeHtml, t } from '@see/language';
import { backLink } from '../../components/back-link.ts';
import { fingerprint } from '../../components/command.ts';
import { insetText, warningText } from '../../components/notice.ts';
import { summaryList } from '../../components/summary-list.ts';
import { dayText, distanceText, momentHtml } from '../../components/time.ts';
import { type TimelineBar, timeline } from '../../components/timeline.ts';
import { portalPage } from '../../layout/portal-page.ts';
import { profileWords } from '../../profile-words.ts';
import type { View } from '../../view.ts';
import { certificateTag } from '../console/states.ts';

export interface GatewayCertificateFacts {
  readonly now: Date;
  readonly sha256: string;
  readonly serial: string;
  readonly profile: string;
  /** Title of the profile, where there are no words of ours for it. */
  readonly title: string;
  readonly agency: string;
  readonly names: readonly string[];
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly status: 'good' | 'held' | 'revoked' | 'expired';
  /** Since when it is revoked or on hold. */
  readonly since: Date | undefined;
  readonly renewal: {
    readonly opensAt: Date | undefined;
    readonly overlapEndsAt: Date | undefined;
    readonly successor: { readonly sha256: string; readonly notBefore: Date; readonly notAfter: Date } | undefined;
    /** It is for encryption, and its holder has yet to say that they can decrypt with it. */
    readonly waits: boolean;
  };
}

/** A certificate of a gateway or server, for whoever knows its fingerprint: state, days, files. No person is named. */
export function gatewayCertificatePage(view: View, facts: GatewayCertificateFacts): string {
  const file = (name: string): string => `/gateways/certificates/${facts.sha256}/${name}`;
  const use = profileWords(facts.profile, facts.title);
  const title = facts.names[0] ?? use;
  return portalPage(view, {
    title,
    place: 'gateways',
    beforeContent: backLink(t`Mail gateways and servers`, '/gateways'),
    content: html`<h1 class="govuk-heading-l see-break">${title}</h1>
<p class="govuk-body">${certificateTag(facts.status)}${facts.since && html` ${t`since ${momentHtml(facts.since)}`}`}</p>
${facts.renewal.waits && warningText(t`Nobody encrypts to it yet. Say that the new key is in use on your gateway: see cert confirm.`)}
${summaryList(
  [
    { key: t`What for`, value: use },
    { key: t`Agency`, value: facts.agency },
    { key: t`Names`, value: facts.names.length > 0 && facts.names.join(', ') },
    { key: t`Valid`, value: t`from ${dayText(facts.notBefore)} until ${dayText(facts.notAfter)}` },
    { key: t`Serial number`, value: html`<span class="see-serial">${facts.serial}</span>` },
    { key: 'SHA-256', value: fingerprint(facts.sha256) },
  ],
  'see-dense',
)}
<h2 class="govuk-heading-m">${t`Download`}</h2>
<ul class="govuk-list govuk-list--bullet">
<li><a class="govuk-link" href="${file('certificate.pem')}" download>${'PEM'}</a>: ${t`the certificate alone`}</li>
<li><a class="govuk-link" href="${file('certificate.cer')}" download>${'DER'}</a>: ${t`the certificate alone, for Windows and Java`}</li>
<li><a class="govuk-link" href="${file('chain.pem')}" download>${t`PEM with its chain`}</a>: ${t`up to the root; what servers want`}</li>
<li><a class="govuk-link" href="${file('certificate.p7c')}" download>${'PKCS#7'}</a>: ${t`with its chain, for mail gateways`}</li>
</ul>
<h2 class="govuk-heading-m">${t`Renewal`}</h2>
${days(facts)}
${insetText(t`<a class="govuk-link" href="/api/v1/certificates/${facts.sha256}/renewal.ics">The days for your calendar</a>. How to renew: <a class="govuk-link" href="/gateways">Mail gateways and servers</a>.`)}`,
  });
}

function days(facts: GatewayCertificateFacts): SafeHtml {
  const { now, notBefore, notAfter } = facts;
  const { opensAt, successor, overlapEndsAt } = facts.renewal;
  const over = facts.status !== 'good';
  const bars: TimelineBar[] = [
    { name: t`This certificate`, from: notBefore, until: notAfter, look: over ? 'over' : 'now' },
    ...(opensAt && !successor && !over
      ? [{ name: t`Time to renew`, from: opensAt, until: notAfter, look: 'window' as const }]
      : []),
    ...(successor
      ? [
          {
            name: t`The one that takes its place`,
            from: successor.notBefore,
            until: successor.notAfter,
            look: 'next' as const,
          },
        ]
      : []),
    ...(successor && overlapEndsAt && overlapEndsAt > successor.notBefore
      ? [{ name: t`Both are good`, from: successor.notBefore, until: overlapEndsAt, look: 'overlap' as const }]
      : []),
  ];
  return html`${timeline(sentence(facts), bars, now)}${successor && html`<p class="govuk-body"><a class="govuk-link" href="/gateways/certificates/${successor.sha256}">${t`The certificate that takes its place`}</a></p>`}`;
}

function sentence({ now, status, notAfter, renewal: { opensAt, successor, overlapEndsAt } }: GatewayCertificateFacts) {
  if (status === 'revoked') return t`This certificate is revoked: nobody accepts it any more.`;
  if (status === 'expired') return t`This certificate has ended.`;
  if (successor && overlapEndsAt)
    return t`It was renewed. Both certificates are good until ${dayText(overlapEndsAt)}: put the new one into use before that day.`;
  if (!opensAt)
    return t`It ends ${distanceText(notAfter, now)} and is not renewed by itself: order another one in time.`;
  if (opensAt > now)
    return t`It can be renewed from ${dayText(opensAt)}, ${distanceText(opensAt, now)}, and ends on ${dayText(notAfter)}.`;
  return t`It can be renewed now, and ends ${distanceText(notAfter, now)}, on ${dayText(notAfter)}.`;
}
