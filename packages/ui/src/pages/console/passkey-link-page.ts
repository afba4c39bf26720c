import { html, t } from '@see/language';
import { backLink } from '../../components/back-link.ts';
import { command } from '../../components/command.ts';
import { warningText } from '../../components/notice.ts';
import { momentHtml } from '../../components/time.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';

export interface PasskeyLinkFacts {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly expiresAt: Date;
}

/** The link by which somebody registers a passkey: the one page on which it is shown. */
export function passkeyLinkPage(view: View, reader: ConsoleReader, facts: PasskeyLinkFacts): string {
  return consolePage(view, reader, {
    title: t`Link for a passkey`,
    place: 'people',
    beforeContent: backLink(facts.name, `/console/people/${facts.id}`),
    content: html`<div class="see-narrow"><h1 class="govuk-heading-l">${t`Link for a passkey of ${facts.name}`}</h1>
${command(facts.url)}
<p class="govuk-body">${t`It works once, until ${momentHtml(facts.expiresAt)}. They open it on the device on which they will sign in.`}</p>
${warningText(t`Whoever has it can sign in as this person from then on. It is shown this once: give it to nobody else, and not by mail.`)}</div>`,
  });
}
