import { html, t } from '@see/language';
import { submitButton } from '../../components/button.ts';
import { copyText } from '../../components/copy-text.ts';
import { errorOf, errorSummary, type FieldError } from '../../components/error-summary.ts';
import { details, successBanner, warningText } from '../../components/notice.ts';
import { textInput } from '../../components/text-input.ts';
import { portalPage } from '../../layout/portal-page.ts';
import type { View } from '../../view.ts';

export interface LostPageFacts {
  /** Somebody has just asked for a link. */
  readonly asked: boolean;
  readonly email?: string;
  readonly errors?: readonly FieldError[];
}

/** For everybody who can not go on: what was lost, and how to get another one. Works without script. */
export function lostPage(view: View, { asked, email = '', errors = [] }: LostPageFacts): string {
  return portalPage(view, {
    title: t`Lost a file, a passphrase or a code?`,
    content: html`<div class="see-narrow">${errorSummary(errors)}${asked && successBanner(t`If this is the address that we have of you, a mail with a link is on its way.`)}<h1 class="govuk-heading-xl">${t`Lost a file, a passphrase or a code?`}</h1>
<p class="govuk-body-l">${t`Nobody can make the same file again: the key in it was made on your device and is nowhere else. You make a new one in five minutes, once an order for it is approved.`}</p>
${warningText(t`May somebody else have the file, the passphrase or the device? Then <a class="govuk-link" href="/revoke">report it first</a>.`)}
<h2 class="govuk-heading-m">${t`The page closed before you saved the files`}</h2>
<p class="govuk-body">${t`If your certificates were ready already, the code is used up and the keys are gone. If they were not, your code is still good: open the link of your sponsor again and start over. When it says that the code can no longer be used, ask for a new order as below.`}</p>
<h2 class="govuk-heading-m">${t`The file or its passphrase is gone`}</h2>
<p class="govuk-body">${t`You get a mail with a link; it goes only to the address that we have of you. By the link you order new certificates with one button.`}</p>
<form method="post" action="/lost" novalidate>
${textInput({ id: 'email', label: t`Your mail address at work`, value: email, autocomplete: 'email', spellcheck: false, maxLength: 254, ...errorOf(errors, 'email') })}
${submitButton({ text: t`Send me the link` })}
</form>
${details(
  t`I no longer read that mailbox`,
  html`<p class="govuk-body">${t`Ask your sponsor for a new order. It replaces the old certificates, and you get a new code by mail. This text says all that they need:`}</p>
${copyText(t`I can no longer use my certificate files. Please order new certificates for me in the SEE PKI portal that replace the ones I have, and revoke the old ones as superseded when I have the new ones. Nobody else has the files, as far as I know.`)}`,
)}
<h2 class="govuk-heading-m">${t`The code does not work`}</h2>
<ul class="govuk-list govuk-list--bullet">
<li>${t`<strong>It is wrong:</strong> compare it with the mail, sign by sign. The reference in the mail has to be the start of the link's last part: a code belongs to one order.`}</li>
<li>${t`<strong>It is locked:</strong> a wrong code was entered five times. Ask your sponsor for a new order.`}</li>
<li>${t`<strong>It has expired or was used:</strong> ask your sponsor for a new order, with the text above if you had certificates.`}</li>
<li>${t`<strong>It never came:</strong> look into the folder for spam. Otherwise ask your sponsor whether the order was approved and which mail address we have.`}</li>
</ul>
<h2 class="govuk-heading-m">${t`The browser is too old`}</h2>
<p class="govuk-body">${t`Open the link of your sponsor in a current Chrome, Edge, Firefox or Safari. Your code stays good, as nothing has been made yet.`}</p>
<h2 class="govuk-heading-m">${t`You do not know your sponsor`}</h2>
<p class="govuk-body">${t`Your agency's service desk does. It reaches an operator too.`}</p>
<h2 class="govuk-heading-m">${t`You need to read old encrypted mail`}</h2>
<p class="govuk-body">${t`A new certificate does not open mail that was encrypted to the old one: see <a class="govuk-link" href="/recover">Read old encrypted mail</a>.`}</p></div>`,
  });
}

/** What is wrong with the address that was typed. */
export function lostErrors(email: string): readonly FieldError[] {
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) return [];
  return [{ field: 'email', text: t`Type your mail address at work, like name@agency.govt.nz.` }];
}
