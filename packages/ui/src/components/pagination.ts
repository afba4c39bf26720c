import { html, type SafeHtml, t } from '@see/language';

/** The way to the next rows of a list that is paged by key. The first page is one click away from everywhere. */
export function pagination(first: string | undefined, next: string | undefined): SafeHtml | undefined {
  if (!first && !next) return undefined;
  return html`<nav class="govuk-pagination see-pagination" aria-label="${t`Pages`}">
${first && html`<div class="govuk-pagination__prev"><a class="govuk-link govuk-pagination__link" href="${first}"><span class="govuk-pagination__link-title">${t`First page`}</span></a></div>`}
${next && html`<div class="govuk-pagination__next"><a class="govuk-link govuk-pagination__link" href="${next}" rel="next"><span class="govuk-pagination__link-title">${t`Next page`}</span></a></div>`}
</nav>`;
}
