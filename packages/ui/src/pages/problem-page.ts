import type { Problem } from '@see/http';
import { html, t } from '@see/language';
import { portalPage } from '../layout/portal-page.ts';
import type { View } from '../view.ts';
import { clientCertificateProblem } from './portal/client-certificate-problem.ts';

/** An error for a person: what happened, what to do, and the one thing to quote. */
export function problemPage(view: View, problem: Problem): string {
  const aboutCertificate = clientCertificateProblem(view, problem);
  if (aboutCertificate !== undefined) return aboutCertificate;
  const reference = problem.instance.replace('urn:see-pki:request:', '');
  const signIn = problem.code === 'session-required';
  const missing = problem.status === 404;
  const title = missing ? t`Page not found` : html`<span lang="en-NZ">${problem.title}</span>`;
  return portalPage(view, {
    title: missing ? t`Page not found` : problem.title,
    content: html`<div class="see-narrow"><h1 class="govuk-heading-xl">${title}</h1>
<p class="govuk-body">${missing ? t`Check the address for typing errors. If you followed a link of ours, tell us the reference below.` : html`<span lang="en-NZ">${problem.detail}</span>`}</p>
${problem.violations && html`<ul class="govuk-list govuk-list--bullet" lang="en-NZ">${problem.violations.map(({ message, remedy }) => html`<li>${message}${remedy && html` <span class="see-muted">${remedy}</span>`}</li>`)}</ul>`}
<p class="govuk-body"><a class="govuk-link" href="${signIn ? '/console/sign-in' : '/'}">${signIn ? t`Sign in` : t`Go to the start page`}</a></p>
<p class="govuk-body-s see-muted">${t`Reference:`} <span class="see-serial">${reference}</span></p></div>`,
  });
}
