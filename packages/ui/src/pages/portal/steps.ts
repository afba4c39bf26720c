import { html, type SafeHtml, t } from '@see/language';

/** The steps from a code to a certificate that works, in their order; each is a page. */
export const STEPS = ['code', 'details', 'device', 'making', 'save', 'install', 'test', 'done'] as const;
export type PortalStep = (typeof STEPS)[number];

/** Where the reader is on the way, above the heading. */
export function stepCaption(step: PortalStep): SafeHtml {
  return html`<span class="govuk-caption-l">${t`Step ${STEPS.indexOf(step) + 1} of ${STEPS.length}`}</span>`;
}
