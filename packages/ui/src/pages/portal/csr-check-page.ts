import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import { apiText } from '../../components/api-text.ts';
import { backLink } from '../../components/back-link.ts';
import { submitButton } from '../../components/button.ts';
import { fingerprint } from '../../components/command.ts';
import { errorOf, errorSummary, type FieldError } from '../../components/error-summary.ts';
import { fileInput } from '../../components/file-input.ts';
import { details } from '../../components/notice.ts';
import { select } from '../../components/select.ts';
import { summaryList } from '../../components/summary-list.ts';
import { table } from '../../components/table.ts';
import { tag } from '../../components/tag.ts';
import { textArea } from '../../components/text-area.ts';
import { portalPage } from '../../layout/portal-page.ts';
import { profileWords } from '../../profile-words.ts';
import type { View } from '../../view.ts';
import { keyCommands } from './key-commands.ts';

/** What we would make of a request. */
export interface CsrReadOut {
  readonly taken: { readonly key: string; readonly spkiSha256: string } | null;
  readonly ignored: readonly { readonly what: string; readonly value: string }[];
  /** Rules that it breaks, as the API says them. */
  readonly violations: readonly {
    readonly code: string;
    readonly message: string;
    readonly source?: string;
    readonly remedy?: string;
  }[];
}

export interface CsrCheckFacts {
  readonly text: string;
  readonly profile: string;
  readonly profiles: readonly { readonly id: string; readonly title: string }[];
  readonly readOut: CsrReadOut | undefined;
  readonly errors: readonly FieldError[];
}

/** Takes a request by paste or as a file and says what we would make of it. Nothing is stored. Works without script. */
export function csrCheckPage(view: View, facts: CsrCheckFacts): string {
  return portalPage(view, {
    title: facts.errors.length > 0 ? t`Error: check a request` : t`Check a request`,
    place: 'gateways',
    beforeContent: backLink(t`Mail gateways and servers`, '/gateways'),
    content: html`${errorSummary(facts.errors)}
<h1 class="govuk-heading-xl">${t`Check a request`}</h1>
${facts.readOut ? readOut(facts.readOut) : html`<p class="govuk-body-l see-lead">${t`Give us a certificate request (CSR) and read what we would take of it, what we ignore and what is wrong. Nothing is stored.`}</p>`}
<form class="see-narrow" method="post" action="/gateways/check" enctype="multipart/form-data" novalidate>
${facts.readOut && html`<h2 class="govuk-heading-l">${t`Check another one`}</h2>`}
${fileInput({ id: 'file', label: t`The file`, hint: t`PEM or DER, as your gateway or OpenSSL wrote it, up to 300 kB. Never the private key.`, accept: '.csr,.pem,.req,.p10,.der,.txt', ...errorOf(facts.errors, 'file') })}
${textArea({ id: 'text', label: t`Or its text`, hint: html`${t`From this line to the end:`} <code>-----BEGIN CERTIFICATE REQUEST-----</code>`, value: facts.text, rows: 8, ...errorOf(facts.errors, 'text') })}
${select({
  id: 'profile',
  label: t`What it is for`,
  value: facts.profile,
  options: [
    { value: '', text: t`I do not know yet` },
    ...facts.profiles.map(({ id, title }) => ({ value: id, text: profileWords(id, title) })),
  ],
})}
${submitButton({ text: t`Check` })}
</form>`,
  });
}

function readOut({ taken, ignored, violations }: CsrReadOut): SafeHtml {
  const good = violations.length === 0;
  return html`<div class="see-read-out" role="region" aria-labelledby="read-out">
<h2 class="govuk-heading-l" id="read-out">${good ? t`We would take this request` : t`We would not take this request`} ${good ? tag(t`Good`, 'green') : tag(t`Not good`, 'red')}</h2>
${violations.length > 0 && faults(violations)}
${
  taken &&
  html`<h3 class="govuk-heading-m">${t`What we take`}</h3>${summaryList(
    [
      { key: t`Key`, value: keyName(taken.key) },
      { key: t`Proof that you have the private key`, value: t`holds` },
      { key: t`SHA-256 of the key`, value: fingerprint(taken.spkiSha256) },
    ],
    'see-dense',
  )}`
}
<h3 class="govuk-heading-m">${t`What we ignore`}</h3>
${ignored.length === 0 ? html`<p class="govuk-body">${t`There is nothing else in it.`}</p>` : ignoredTable(ignored)}
${good && html`<p class="govuk-body">${t`Next: your agency’s registration agent orders with this file. See <a class="govuk-link" href="/gateways">Mail gateways and servers</a>, step 3.`}</p>`}
</div>`;
}

function faults(violations: CsrReadOut['violations']): SafeHtml {
  return html`<h3 class="govuk-heading-m">${t`What is wrong`}</h3>
<ul class="govuk-list see-faults">
${violations.map(
  ({ code, message, source, remedy }) =>
    html`<li><strong>${wordsOf(code)}</strong><br>${apiText(message)}${remedy && html` <span class="see-muted">${apiText(remedy)}</span>`}${source && html` <span class="see-muted">(${t`rule ${source}`})</span>`}</li>`,
)}
</ul>
<h3 class="govuk-heading-m">${t`How to make a right one`}</h3>
${keyCommands()}`;
}

/** What kind of fault it is, for those who do not read the rule. */
function wordsOf(code: string): HtmlValue {
  if (code === 'bad-proof-of-possession') return t`The signature does not show that you have the private key.`;
  if (code === 'signature-algorithm-not-allowed') return t`The request is signed in a way that is too weak.`;
  if (code === 'key-blocked') return t`This key is known to others, or was lost. Make a new one.`;
  if (code === 'malformed-csr') return t`This is not a well-formed request.`;
  if (code.startsWith('pem-')) return t`We cannot read a request in what you gave us.`;
  return t`The key is not one that we certify.`;
}

function ignoredTable(ignored: CsrReadOut['ignored']): SafeHtml {
  const shown = ignored.slice(0, 30);
  return html`${table({
    caption: t`What we ignore`,
    hideCaption: true,
    head: [t`What`, t`In the request`, t`Why`],
    rows: shown.map(({ what, value }) => [partName(what), partValue(what, value), partReason(what)]),
    empty: '',
  })}${ignored.length > shown.length && html`<p class="govuk-body">${t`and ${ignored.length - shown.length} more`}</p>`}`;
}

function partName(what: string): HtmlValue {
  if (what === 'subject') return t`Subject`;
  if (what === 'subjectAltName') return t`Alternative names`;
  if (what === 'challengePassword') return t`Challenge password`;
  return t`Extension ${what.replace(/^extension /, '')}`;
}

const LONGEST = 300;

function partValue(what: string, value: string): HtmlValue {
  if (what === 'challengePassword') return t`is there`;
  if (what.startsWith('extension ')) return value === 'critical' ? t`critical` : t`not critical`;
  if (value.length <= LONGEST) return html`<span class="see-serial">${value}</span>`;
  return html`${details(t`${value.length} characters`, html`<span class="see-serial">${value.slice(0, 2_000)}</span>`)}`;
}

function partReason(what: string): HtmlValue {
  if (what === 'challengePassword') return t`It is not used, and not stored.`;
  if (what.startsWith('extension ')) return t`Extensions come from the profile.`;
  return t`Names come from the register of agencies, never from a request.`;
}

/** As people call it: RSA-3072, P-384. */
function keyName(key: string): string {
  const curves: Readonly<Record<string, string>> = { secp384r1: 'P-384', prime256v1: 'P-256', secp521r1: 'P-521' };
  return curves[key] ?? key;
}
