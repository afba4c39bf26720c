import { type HtmlValue, html, type SafeHtml } from '@see/language';

export interface ButtonParts {
  readonly text: HtmlValue;
  readonly look?: 'secondary' | 'warning' | 'start';
  readonly id?: string;
  readonly name?: string;
  readonly value?: string;
  /** What else a screen reader says, where several buttons of a page have the same text. */
  readonly more?: HtmlValue;
}

function classOf(look: ButtonParts['look']): string {
  return look ? `govuk-button govuk-button--${look}` : 'govuk-button';
}

/** A button that sends its form. A second press within a second does nothing. */
export function submitButton({ text, look, name, value, more }: ButtonParts): SafeHtml {
  return html`<button type="submit" class="${classOf(look)}" data-module="govuk-button" data-prevent-double-click="true"${name && html` name="${name}"`}${value && html` value="${value}"`}>${text}${more && html`<span class="govuk-visually-hidden"> ${more}</span>`}</button>`;
}

/** A button for a script. */
export function scriptButton({ text, look, id }: ButtonParts): SafeHtml {
  return html`<button type="button" class="${classOf(look)}"${id && html` id="${id}"`}>${text}</button>`;
}

/** A link that looks like a button: it leads somewhere and changes nothing. */
export function linkButton(text: HtmlValue, href: string, look?: ButtonParts['look']): SafeHtml {
  return html`<a href="${href}" role="button" draggable="false" class="${classOf(look)}" data-module="govuk-button">${text}${look === 'start' && html`<svg class="govuk-button__start-icon" width="17.5" height="19" viewBox="0 0 33 40" aria-hidden="true" focusable="false"><path fill="currentColor" d="M0 0h13l20 20-20 20H0l20-20z"/></svg>`}</a>`;
}
