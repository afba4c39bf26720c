import { type HtmlValue, html, type SafeHtml, t } from '@see/language';

/** Something done that the reader should know first. */
export function successBanner(text: HtmlValue): SafeHtml {
  return html`<div class="govuk-notification-banner govuk-notification-banner--success" role="alert" aria-labelledby="notification-title" data-module="govuk-notification-banner">
<div class="govuk-notification-banner__header"><h2 class="govuk-notification-banner__title" id="notification-title">${t`Done`}</h2></div>
<div class="govuk-notification-banner__content"><p class="govuk-notification-banner__heading">${text}</p></div>
</div>`;
}

/** Something that goes wrong when it is not read. */
export function warningText(text: HtmlValue): SafeHtml {
  return html`<div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span><strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">${t`Warning`}</span>${text}</strong></div>`;
}

/** An aside that is not to be missed. */
export function insetText(content: HtmlValue): SafeHtml {
  return html`<div class="govuk-inset-text">${content}</div>`;
}

/** More for those who want it. */
export function details(summary: HtmlValue, content: HtmlValue): SafeHtml {
  return html`<details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${summary}</span></summary><div class="govuk-details__text">${content}</div></details>`;
}
