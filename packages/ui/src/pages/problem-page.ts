import type { Problem } from '@see/http';
import { html } from '../html.ts';
import { portalPage } from '../layout/portal-page.ts';
import type { View } from '../view.ts';

/** An error for a person: what happened, what to do, and the one thing to quote. */
export function problemPage(view: View, problem: Problem): string {
  const reference = problem.instance.replace('urn:see-pki:request:', '');
  const signIn = problem.code === 'session-required';
  return portalPage(view, {
    title: problem.title,
    content: html`<div class="see-narrow"><h1 class="govuk-heading-xl">${problem.status === 404 ? 'Page not found' : problem.title}</h1>
<p class="govuk-body">${problem.status === 404 ? 'Check the address for typing errors. If you followed a link of ours, tell us the reference below.' : problem.detail}</p>
${problem.violations && html`<ul class="govuk-list govuk-list--bullet">${problem.violations.map(({ message, remedy }) => html`<li>${message}${remedy && html` <span class="see-muted">${remedy}</span>`}</li>`)}</ul>`}
<p class="govuk-body"><a class="govuk-link" href="${signIn ? '/console/sign-in' : '/'}">${signIn ? 'Sign in' : 'Go to the start page'}</a></p>
<p class="govuk-body-s see-muted">Reference: <span class="see-serial">${reference}</span></p></div>`,
  });
}
