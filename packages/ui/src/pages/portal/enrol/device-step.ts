import { html, type SafeHtml, t } from '@see/language';
import { scriptButton } from '../../../components/button.ts';
import { warningText } from '../../../components/notice.ts';
import { INSTALL_DEVICES, installGuide } from '../install/install-guides.ts';
import { stepCaption } from '../steps.ts';

/** Where the certificates will be used: it decides about the form of the files and the steps afterwards. */
export function deviceStep(): SafeHtml {
  return html`<section data-step="device" hidden>
${stepCaption('device')}
<h1 class="govuk-heading-l" id="device-heading">${t`Where will you use your certificates?`}</h1>
<div class="govuk-form-group"><fieldset class="govuk-fieldset" aria-labelledby="device-heading" aria-describedby="device-hint">
<div class="govuk-hint" id="device-hint">${t`We have chosen what this looks like. Change it if you are on another device now than the one that you will use.`}</div>
<div class="govuk-radios">
${INSTALL_DEVICES.map((device) => html`<div class="govuk-radios__item"><input class="govuk-radios__input" id="device-${device}" name="device" type="radio" value="${device}"><label class="govuk-label govuk-radios__label" for="device-${device}">${installGuide(device).choice}</label></div>`)}
</div>
</fieldset></div>
${warningText(t`Do this on a device that is yours alone. On a shared computer, others could take the file.`)}
<div class="govuk-button-group">${scriptButton({ text: t`Make my keys`, id: 'device-continue' })}${scriptButton({ text: t`Back`, look: 'secondary', id: 'device-back' })}</div>
</section>`;
}
