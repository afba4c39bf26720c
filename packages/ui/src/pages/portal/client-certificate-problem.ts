import type { Problem } from '@see/http';
import { html, type SafeHtml, t } from '@see/language';
import { linkButton } from '../../components/button.ts';
import { details } from '../../components/notice.ts';
import { momentHtml } from '../../components/time.ts';
import { portalPage } from '../../layout/portal-page.ts';
import type { View } from '../../view.ts';

interface Words {
  readonly title: SafeHtml;
  readonly text: SafeHtml;
}

/**
 * What is wrong with the certificate that a browser showed, or that it showed none, with the next thing to do; undefined for
 * problems about something else. Its links lead to the portal's own port, where no certificate is asked for.
 */
export function clientCertificateProblem(view: View, problem: Problem): string | undefined {
  if (problem.code !== 'certificate-required' && problem.code !== 'certificate-refused') return undefined;
  const { title, text } = wordsOf(problem);
  const home = view.urls.portal;
  const reason = typeof problem['reason'] === 'string' ? problem['reason'] : '';
  const since = typeof problem['since'] === 'string' ? new Date(problem['since']) : undefined;
  return portalPage(view, {
    title,
    home,
    content: html`<div class="see-narrow" data-reason="${reason}"><h1 class="govuk-heading-xl">${title}</h1>
<p class="govuk-body-l">${text}</p>
${since && html`<p class="govuk-body">${t`It has been so since ${momentHtml(since)}. If you or your sponsor asked for that, it worked.`}</p>`}
<p class="govuk-body">${t`A browser remembers the choice of a certificate. To choose another one, close all windows of the browser and open it again.`}</p>
${linkButton(t`Go to the test page`, `${home}/test`)}
<p class="govuk-body"><a class="govuk-link" href="${home}/lost">${t`My certificate or its file is lost`}</a></p>
${details(t`What the service said`, html`<p class="govuk-body" lang="en-NZ">${problem.detail}</p><p class="govuk-body-s see-muted"><span class="see-serial">${problem.instance.replace('urn:see-pki:request:', '')}</span></p>`)}</div>`,
  });
}

function wordsOf(problem: Problem): Words {
  if (problem.code === 'certificate-required') return NONE;
  return WORDS[String(problem['reason'])] ?? FOREIGN;
}

const NONE: Words = {
  title: t`No certificate came`,
  text: t`Your browser sent no certificate. Either it is not installed on this device, or no certificate was chosen when the browser asked.`,
};
const FOREIGN: Words = {
  title: t`This certificate is not one of ours`,
  text: t`The certificate that your browser sent was not issued here. Choose the one with your name that we issued.`,
};
const PURPOSE: Words = {
  title: t`This certificate does not sign in`,
  text: t`The certificate that your browser sent is for something else, like mail. Choose the one for signing in.`,
};

/** By the reason of a refusal. */
const WORDS: Readonly<Record<string, Words>> = {
  expired: {
    title: t`Your certificate has expired`,
    text: t`Its time is over, so nobody accepts it any more. Ask your sponsor for a new one.`,
  },
  'not-yet-valid': {
    title: t`Your certificate is not valid yet`,
    text: t`It starts to count later, or the clock of this device is wrong. Check the clock.`,
  },
  revoked: {
    title: t`Your certificate is revoked`,
    text: t`Nobody accepts it any more, and that cannot be undone. If you need a certificate, ask your sponsor for a new one.`,
  },
  held: {
    title: t`Your certificate is suspended`,
    text: t`Nobody accepts it until an operator releases it. If you have found the key again, tell your sponsor or your service desk.`,
  },
  'wrong-purpose': PURPOSE,
  'no-person': PURPOSE,
  'not-operator': {
    title: t`This is a personal certificate`,
    text: t`It is good, and it opens nothing of the console. Operators sign in with their operator certificate.`,
  },
  'not-personal': {
    title: t`This is not your personal certificate`,
    text: t`It is good, but this page is opened with the personal certificate for signing in. Choose that one.`,
  },
};
