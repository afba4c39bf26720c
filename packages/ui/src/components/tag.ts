import { type HtmlValue, html, type SafeHtml } from '@see/language';

export type TagColour = 'grey' | 'green' | 'teal' | 'blue' | 'purple' | 'red' | 'orange' | 'yellow';

/** A state in a word. The colour only helps; the word says it. */
export function tag(text: HtmlValue, colour: TagColour = 'grey'): SafeHtml {
  return html`<strong class="govuk-tag govuk-tag--${colour}">${text}</strong>`;
}
