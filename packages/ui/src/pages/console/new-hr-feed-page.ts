import { html, t } from '@see/language';
import { backLink } from '../../components/back-link.ts';
import { linkButton, submitButton } from '../../components/button.ts';
import { command } from '../../components/command.ts';
import { errorOf, errorSummary, type FieldError } from '../../components/error-summary.ts';
import { details, successBanner, warningText } from '../../components/notice.ts';
import { radios } from '../../components/radios.ts';
import { select } from '../../components/select.ts';
import { summaryList } from '../../components/summary-list.ts';
import { textArea } from '../../components/text-area.ts';
import { textInput } from '../../components/text-input.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import { verbatim } from '../../verbatim.ts';
import type { View } from '../../view.ts';

export interface NewHrFeedFacts {
  /** The active ones. */
  readonly agencies: readonly { readonly id: string; readonly name: string }[];
  readonly typed: Readonly<Record<string, string>>;
  readonly errors: readonly FieldError[];
}

const MAKE_KEY = verbatim`openssl ecparam -name secp384r1 -genkey -noout -out hr.key.pem
openssl ec -in hr.key.pem -pubout -out hr.pub.pem`;

/** Registers a feed of an agency's HR system. */
export function newHrFeedPage(view: View, reader: ConsoleReader, facts: NewHrFeedFacts): string {
  const { agencies, typed, errors } = facts;
  const field = (id: string) => ({ id, value: typed[id] ?? '', ...errorOf(errors, id) });
  return consolePage(view, reader, {
    title: t`Register a feed`,
    place: 'agencies',
    beforeContent: backLink(t`HR feeds`, '/console/hr-feeds'),
    content: html`<div class="see-narrow">${errorSummary(errors)}
<h1 class="govuk-heading-l">${t`Register a feed`}</h1>
<p class="govuk-body">${t`The HR system of an agency says by it who leaves, and their certificates end at once. It orders nothing, enters nobody and sees the people of this agency only.`}</p>
<form method="post" action="/console/hr-feeds/new" novalidate autocomplete="off">
<input type="hidden" name="formToken" value="${reader.formToken}">
${select({
  ...field('agencyId'),
  label: t`Agency`,
  options: [{ value: '', text: t`Choose an agency` }, ...agencies.map(({ id, name }) => ({ value: id, text: name }))],
})}
${textInput({ ...field('name'), label: t`Name`, hint: t`By which people know the system, like “Payroll”.`, maxLength: 100 })}
${radios({
  ...errorOf(errors, 'kind'),
  name: 'kind',
  legend: t`How does it tell?`,
  small: true,
  value: typed['kind'] ?? '',
  options: [
    {
      value: 'scim',
      text: 'SCIM 2.0',
      hint: t`For Entra ID, Okta and others. It gets a token, which is shown once.`,
    },
    {
      value: 'webhook',
      text: t`Signed webhook`,
      hint: t`For systems that can run a script. It signs with a key of its own; we get the public half.`,
    },
  ],
})}
${textArea({ ...field('publicKey'), label: t`Public key, for a signed webhook`, hint: t`PEM, elliptic curve P-384. The private key stays with the HR system.`, rows: 5 })}
${details(t`How the key is made`, command(MAKE_KEY))}
${textInput({ ...field('dailyCap'), label: t`People a day`, hint: t`How many may leave by this feed within 24 hours; more wait for somebody to confirm. This is what a stolen token can do at most. From 0 to 200.`, inputClass: 'govuk-input--width-3' })}
${textInput({ ...field('days'), label: t`Days until it ends`, hint: t`At most 366. A new one is registered before.`, inputClass: 'govuk-input--width-3' })}
${submitButton({ text: t`Register the feed` })}
</form></div>`,
  });
}

export interface HrFeedTokenFacts {
  readonly id: string;
  readonly name: string;
  readonly agency: string;
  readonly token: string;
}

/** The token of a new SCIM feed: the one page on which it is shown, and what to do with it. */
export function hrFeedTokenPage(view: View, reader: ConsoleReader, facts: HrFeedTokenFacts): string {
  return consolePage(view, reader, {
    title: t`The token of the feed`,
    place: 'agencies',
    content: html`<div class="see-narrow">${successBanner(t`The feed is registered.`)}
<h1 class="govuk-heading-l">${t`The token of the feed`}</h1>
<p class="govuk-body">${t`${facts.name} of ${facts.agency}. Enter these two in the HR system:`}</p>
<h2 class="govuk-heading-s">${t`Base address (tenant URL)`}</h2>
${command(`${view.urls.portal}/scim/v2`)}
<h2 class="govuk-heading-s">${t`Token (bearer, secret token)`}</h2>
${command(facts.token)}
${warningText(t`It is shown this once: we keep only its hash. Put it into the HR system now, and nowhere else.`)}
<h2 class="govuk-heading-m">${t`Settings there`}</h2>
<ul class="govuk-list govuk-list--bullet">
<li>${t`Map the attribute ${html`<code class="see-serial">active</code>`} and nothing else; match people by ${html`<code class="see-serial">userName</code>`} (the work mail address) or ${html`<code class="see-serial">externalId</code>`} (the employee number).`}</li>
<li>${t`Let it update and disable, not create and not delete.`}</li>
<li>${t`Try it with one person who has left already.`}</li>
</ul>
${linkButton(t`It is entered: show the feed`, `/console/hr-feeds/${facts.id}`)}
</div>`,
  });
}

/** What to enter where a feed signs with its own key. */
export function webhookSettings(view: View, keyId: string) {
  return summaryList(
    [
      {
        key: t`Address`,
        value: html`<span class="see-serial see-break">${verbatim`POST ${view.urls.portal}/api/v1/hr-events`}</span>`,
      },
      { key: t`Its key id (kid)`, value: html`<span class="see-serial see-break">${keyId}</span>` },
      {
        key: t`Signature`,
        value: t`A detached JWS (ES384) over the body in ${html`<code class="see-serial">x-jws-signature</code>`}, as the <a class="govuk-link" href="/api/v1/openapi.json">API description</a> says.`,
      },
    ],
    'see-dense',
  );
}
