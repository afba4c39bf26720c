import { command } from '../../components/command.ts';
import { warningText } from '../../components/notice.ts';
import { type HtmlValue, html } from '../../html.ts';
import { deskPage } from '../../layout/desk-page.ts';
import type { IslandName } from '../../site.ts';
import type { View } from '../../view.ts';

export interface ApprovalFrame {
  readonly title: string;
  /** `Approve this order?` */
  readonly question: string;
  readonly island: IslandName;
  /** What the island is about, as data attributes: name and id. */
  readonly subject: readonly [string, string];
  readonly rpId: string;
  /** Where the approval goes, in the fragment. */
  readonly back: string;
  /** The command that does the same with a key file. */
  readonly command: string;
  /** What the island fills in for the reader to decide on. */
  readonly facts: HtmlValue;
  readonly digestHint: string;
}

/**
 * A page on which a passkey approves something. Nothing about it is in the page: the island fetches the bytes, shows
 * what they say and has their digest signed. It looks the same whether such a thing exists or not.
 */
export function approvalFrame(view: View, frame: ApprovalFrame): string {
  const { title, back, facts } = frame;
  const byCommand = command(frame.command);
  const [name, id] = frame.subject;
  return deskPage(view, {
    title,
    scripts: [frame.island],
    content: html`<div id="approval" data-${name}="${id}" data-rp="${frame.rpId}" data-console="${back}">
<div id="no-script">
<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">This page hashes what you approve on your own machine, so it needs a current browser with scripts switched on. Without it, use your key file:</p>
${byCommand}
</div>
<section data-step="old-browser" hidden>
<h1 class="govuk-heading-l">This browser has no passkeys</h1>
<p class="govuk-body">Open this page in a current Chrome, Edge, Firefox or Safari, under its own address. Or use your key file:</p>
${byCommand}
</section>
<section data-step="reading" hidden>
<h1 class="govuk-heading-l">Fetching what you approve</h1>
<p class="govuk-body" id="reading-progress" role="status">It takes a moment.</p>
</section>
<section data-step="decide" hidden>
<h1 class="govuk-heading-l">${frame.question}</h1>
${facts}
<h2 class="govuk-heading-m">Digest</h2>
<p class="govuk-body">${frame.digestHint}<br><code class="see-fingerprint" id="order-digest"></code></p>
<p class="govuk-error-message" id="approve-error" role="alert" hidden><span class="govuk-visually-hidden">Error:</span> <span id="approve-error-text"></span></p>
<div id="no-passkey" hidden>${warningText('No operator has a registered passkey yet. Make one, and have two administrators register it.')}<p class="govuk-body"><a class="govuk-link" href="/register">Make a passkey</a></p></div>
<button type="button" class="govuk-button" id="approve" hidden>Approve with my passkey</button>
<p class="govuk-hint" id="approve-status" role="status"></p>
<p class="govuk-body">Something is wrong with it? <a class="govuk-link" href="${back}">Go back to the console</a> and reject it there.</p>
<h2 class="govuk-heading-s">With a key file instead</h2>
${byCommand}
</section>
<section data-step="dead-end" hidden>
<h1 class="govuk-heading-l" id="dead-end-title">This cannot be shown</h1>
<p class="govuk-body" id="dead-end-text"></p>
<p class="govuk-body"><a class="govuk-link" href="${back}">Back to the console</a></p>
</section>
</div>`,
  });
}
