import { type HtmlValue, html, t } from '@see/language';
import { warningText } from '../../components/notice.ts';
import { deskPage } from '../../layout/desk-page.ts';
import type { IslandName } from '../../site.ts';
import type { View } from '../../view.ts';

export interface ApprovalFrame {
  readonly title: HtmlValue;
  /** `Approve this order?` */
  readonly question: HtmlValue;
  readonly island: IslandName;
  /** What the island is about, as data attributes: name and id. */
  readonly subject: readonly [string, string];
  readonly rpId: string;
  /** Where the approval goes, in the fragment. */
  readonly back: string;
  /** The command that does the same with a key file. */
  readonly byCommand: HtmlValue;
  /** What the island fills in for the reader to decide on. */
  readonly facts: HtmlValue;
  readonly digestHint: HtmlValue;
}

/**
 * A page on which a passkey approves something. Nothing about it is in the page: the island fetches the bytes, shows
 * what they say and has their digest signed. It looks the same whether such a thing exists or not.
 */
export function approvalFrame(view: View, frame: ApprovalFrame): string {
  const { title, back, facts, byCommand } = frame;
  const [name, id] = frame.subject;
  return deskPage(view, {
    title,
    scripts: [frame.island],
    content: html`<div id="approval" data-${name}="${id}" data-rp="${frame.rpId}" data-console="${back}">
<div id="no-script">
<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">${t`This page hashes what you approve on your own machine, so it needs a current browser with scripts switched on. Without it, use your key file:`}</p>
${byCommand}
</div>
<section data-step="old-browser" hidden>
<h1 class="govuk-heading-l">${t`This browser has no passkeys`}</h1>
<p class="govuk-body">${t`Open this page in a current Chrome, Edge, Firefox or Safari, under its own address. Or use your key file:`}</p>
${byCommand}
</section>
<section data-step="reading" hidden>
<h1 class="govuk-heading-l">${t`Fetching what you approve`}</h1>
<p class="govuk-body" id="reading-progress" role="status">${t`It takes a moment.`}</p>
</section>
<section data-step="decide" hidden>
<h1 class="govuk-heading-l">${frame.question}</h1>
${facts}
<h2 class="govuk-heading-m">${t`Digest`}</h2>
<p class="govuk-body">${frame.digestHint}<br><code class="see-fingerprint" id="order-digest"></code></p>
<p class="govuk-error-message" id="approve-error" role="alert" hidden><span class="govuk-visually-hidden">${t`Error:`}</span> <span id="approve-error-text"></span></p>
<div id="no-passkey" hidden>${warningText(t`No operator has a registered passkey yet. Make one, and have two administrators register it.`)}<p class="govuk-body"><a class="govuk-link" href="/register">${t`Make a passkey`}</a></p></div>
<button type="button" class="govuk-button" id="approve" hidden>${t`Approve with my passkey`}</button>
<p class="govuk-hint" id="approve-status" role="status"></p>
<p class="govuk-body">${t`Something is wrong with it? <a class="govuk-link" href="${back}">Go back to the console</a> and reject it there.`}</p>
<h2 class="govuk-heading-s">${t`With a key file instead`}</h2>
${byCommand}
</section>
<section data-step="dead-end" hidden>
<h1 class="govuk-heading-l" id="dead-end-title">${t`This cannot be shown`}</h1>
<p class="govuk-body" id="dead-end-text"></p>
<p class="govuk-body"><a class="govuk-link" href="${back}">${t`Back to the console`}</a></p>
</section>
</div>`,
  });
}
