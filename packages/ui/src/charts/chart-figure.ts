import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import { table } from '../components/table.ts';

export interface ChartFigure {
  /** Part of ids; unique in the page. */
  readonly id: string;
  readonly title: HtmlValue;
  /** What it shows, in a sentence: whoever does not see the picture has read it. */
  readonly sentence: HtmlValue;
  /** Names of the kinds of bars or lines, where there are several, in their order. */
  readonly legend?: readonly HtmlValue[];
  /** How the signs of the legend look. */
  readonly drawnAs?: 'bars' | 'lines';
  /** Undefined when there is nothing to draw. */
  readonly picture: SafeHtml | undefined;
  readonly head: readonly HtmlValue[];
  readonly rows: readonly (readonly HtmlValue[])[];
}

/**
 * A picture with the sentence that says what it shows, and its numbers as a table below. The picture itself is hidden from
 * screen readers: sentence and table have all that it has.
 */
export function chartFigure({ id, title, sentence, legend, drawnAs, picture, head, rows }: ChartFigure): SafeHtml {
  return html`<section class="see-figure-section" aria-labelledby="${id}-title">
<h2 class="govuk-heading-m" id="${id}-title">${title}</h2>
<p class="govuk-body">${sentence}</p>
${picture && html`<div class="see-chart" tabindex="0" role="group" aria-label="${t`Picture: ${title}`}">${picture}</div>`}
${picture && legend && html`<ul class="see-legend">${legend.map((name, index) => html`<li class="see-legend__item"><svg class="see-legend__sign" viewBox="0 0 24 12" aria-hidden="true" focusable="false">${drawnAs === 'lines' ? html`<line class="see-chart__curve see-chart__curve--${index + 1}" x1="0" x2="24" y1="6" y2="6"/>` : html`<rect class="see-chart__bar see-chart__bar--${index + 1}" width="24" height="12"/>`}</svg>${name}</li>`)}</ul>`}
${rows.length > 0 && html`<details class="govuk-details see-numbers"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${t`The numbers`}<span class="govuk-visually-hidden">: ${title}</span></span></summary><div class="govuk-details__text">${table({ caption: title, hideCaption: true, head, rows, empty: '' })}</div></details>`}
</section>`;
}
