import { html, type SafeHtml, t } from '@see/language';
import { scriptButton } from '../../../components/button.ts';
import { insetText } from '../../../components/notice.ts';
import { stepCaption } from '../steps.ts';

/** The files and their passphrase, the only time that they can be had. */
export function saveStep(): SafeHtml {
  return html`<section data-step="save" hidden>
<div class="see-no-print">${stepCaption('save')}</div>
<h1 class="govuk-heading-l">${t`Save your files and the passphrase`}</h1>
<p class="govuk-body see-no-print">${t`Your certificates are ready. Save each file now: when this page closes, nobody can make it again.`}</p>
${passphraseParts()}
<h2 class="govuk-heading-m">${t`2. Save the files`}</h2>
<p class="govuk-body see-no-print" id="flavour-note" hidden>${t`These files have the form that older Apple and Android systems open too.`}</p>
${fileParts()}
<p class="govuk-body">${t`Valid until <strong id="valid-until"></strong>. Reference: <span id="serials" class="see-serial"></span>`}</p>
<div class="see-no-print">
<h2 class="govuk-heading-m">${t`3. Check that you have both`}</h2>
<p class="govuk-error-message" id="saved-error" role="alert" hidden><span class="govuk-visually-hidden">${t`Error:`}</span> ${t`Tick the box when the files and the passphrase are saved.`}</p>
<div class="govuk-form-group see-tick"><input type="checkbox" id="saved"><label class="govuk-label" for="saved">${t`I have saved the files and the passphrase in different places`}</label></div>
${scriptButton({ text: t`Continue to installing`, id: 'save-continue' })}
${insetText(t`This page closed too early? <a class="govuk-link" href="/lost">What to do when the files are lost</a>`)}
</div>
</section>`;
}

/** Passphrase and files, as the pages that make keys show them; `saved-files` fills them. */
export function passphraseParts(): SafeHtml {
  return html`<h2 class="govuk-heading-m">${t`1. Write down or copy the passphrase`}</h2>
<p class="govuk-body">${t`It opens every file below. The dashes belong to it.`}</p>
<p class="see-passphrase"><output id="passphrase"></output></p>
<div class="govuk-button-group see-no-print">
<button type="button" class="govuk-button govuk-button--secondary" id="copy-passphrase" data-copy="" hidden>${t`Copy the passphrase`}</button>
${scriptButton({ text: t`Print it`, look: 'secondary', id: 'print-passphrase' })}
</div>`;
}

/** The list of files, and the template of one. */
export function fileParts(): SafeHtml {
  return html`<ul class="see-files" id="files"></ul>
<template id="file-template"><li class="see-file"><h3 class="govuk-heading-s see-file__title"></h3>
<p><a class="govuk-button see-file__main see-no-print"></a></p>
<details class="govuk-details see-no-print"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${t`It says that the passphrase is wrong`}</span></summary><div class="govuk-details__text"><p class="govuk-body">${t`Some systems say so when they cannot read the form of the file. This one has the same key, certificate and passphrase:`}</p><p><a class="govuk-link see-file__other"></a></p></div></details></li></template>`;
}
