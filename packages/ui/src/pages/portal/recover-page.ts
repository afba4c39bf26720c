import { html, t } from '@see/language';
import { copyText } from '../../components/copy-text.ts';
import { insetText } from '../../components/notice.ts';
import { portalPage } from '../../layout/portal-page.ts';
import type { View } from '../../view.ts';

/** Names of those of whom two together open a copy that is made today; none where no copies are made. */
export interface RecoveryOffer {
  readonly agents: readonly string[];
}

/** The holder's side of key recovery: whether there is a copy, whom to ask, with which words, and what happens then. */
export function recoverPage(view: View, { agents }: RecoveryOffer): string {
  return portalPage(view, {
    title: t`Read old encrypted mail`,
    content: html`<div class="see-narrow"><h1 class="govuk-heading-xl">${t`Read old encrypted mail`}</h1>
<p class="govuk-body-l">${t`Mail that was encrypted to an old certificate opens with the key of that certificate and with nothing else.`}</p>
<h2 class="govuk-heading-m">${t`You still have the old file and its passphrase`}</h2>
<p class="govuk-body">${t`<a class="govuk-link" href="/install">Install it</a> beside the new one. It opens old mail even when its certificate has expired or was revoked.`}</p>
<h2 class="govuk-heading-m">${t`The old file is gone`}</h2>
<p class="govuk-body">${t`Only a kept copy helps then. Whether one was made was said on the page on which you made your keys, and <a class="govuk-link" href="/my">My certificates</a> says it for each of them.`}</p>
${
  agents.length > 0
    ? insetText(
        t`Of encryption keys that are made today a copy is kept. Two of these people together open it: <strong>${agents.join(', ')}</strong>.`,
      )
    : insetText(
        t`Of encryption keys that are made today no copy is kept. Copies of older keys are still there where they were made.`,
      )
}
<h2 class="govuk-heading-m">${t`How to ask`}</h2>
<ol class="govuk-list govuk-list--number govuk-list--spaced">
<li>${t`Get a new certificate for encrypted mail first, if you have none: the old key is handed over encrypted to it.`}</li>
<li>${t`Ask your sponsor, your agency's registration agent or an operator. You cannot enter the request yourself, since whoever enters it answers for it.`}</li>
</ol>
${copyText(t`I have lost the key of my old encryption certificate and need to read mail that was encrypted to it. Please request the recovery of the key for me, in the capacity “self”, encrypted to my new encryption certificate. The mail is from the days between [DAY] and [DAY]. The serial number of the old certificate is [NUMBER].`)}
<h2 class="govuk-heading-m">${t`What happens then`}</h2>
<ul class="govuk-list govuk-list--bullet">
<li>${t`Two agents look at the request, neither of them its author, and one of another agency. They have 72 hours.`}</li>
<li>${t`The key comes to you encrypted; your new certificate opens it. You get a mail when it is released.`}</li>
<li>${t`<a class="govuk-link" href="/my">My certificates</a> shows how far it is, with the certificate that it is about.`}</li>
</ul></div>`,
  });
}
