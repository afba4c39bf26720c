import { html, type SafeHtml, t } from '@see/language';
import { backLink } from '../../components/back-link.ts';
import { submitButton } from '../../components/button.ts';
import { errorOf, errorSummary, type FieldError } from '../../components/error-summary.ts';
import { details, insetText, warningText } from '../../components/notice.ts';
import { radios } from '../../components/radios.ts';
import { summaryList } from '../../components/summary-list.ts';
import { textArea } from '../../components/text-area.ts';
import { textInput } from '../../components/text-input.ts';
import { dayText } from '../../components/time.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';
import { CAPACITY_WORDS, capacityText } from './recovery-words.ts';

export interface RequestRecoveryFacts {
  readonly certificate: {
    readonly sha256: string;
    readonly serial: string;
    readonly profile: string;
    readonly holder: string;
    readonly holderId: string;
    readonly notBefore: Date;
    readonly notAfter: Date;
  };
  /** Those for whom the copy is kept; undefined where none is. */
  readonly agents: readonly { readonly name: string; readonly agency: string }[] | undefined;
  readonly typed: Readonly<Record<string, string>>;
  /** What would be asked, once everything was checked. */
  readonly preview:
    | {
        readonly agency: string;
        readonly from: Date;
        readonly until: Date;
        readonly recipient: {
          readonly holder: string;
          readonly names: string;
          readonly serial: string;
          readonly notAfter: Date;
        };
      }
    | undefined;
  readonly errors: readonly FieldError[];
}

/** Asks for the kept key of a certificate, in two steps: what is asked and why, then what it means, and it is asked. */
export function requestRecoveryPage(view: View, reader: ConsoleReader, facts: RequestRecoveryFacts): string {
  const { certificate, preview } = facts;
  const title = preview ? t`Ask for this?` : t`Ask for a kept key`;
  return consolePage(view, reader, {
    title,
    place: 'people',
    beforeContent: backLink(certificate.holder, `/console/certificates/${certificate.sha256}`),
    content: html`<div class="see-narrow">${errorSummary(facts.errors)}
<h1 class="govuk-heading-l">${title}</h1>
${which(facts)}
${body(reader, facts)}</div>`,
  });
}

function which({ certificate }: RequestRecoveryFacts): SafeHtml {
  return summaryList(
    [
      {
        key: t`Whose key`,
        value: html`<a class="govuk-link" href="/console/people/${certificate.holderId}">${certificate.holder}</a>`,
      },
      { key: t`Certificate`, value: certificate.profile },
      { key: t`Valid`, value: t`${dayText(certificate.notBefore)} to ${dayText(certificate.notAfter)}` },
      { key: t`Serial number`, value: html`<span class="see-serial see-break">${certificate.serial}</span>` },
    ],
    'see-dense',
  );
}

function body(reader: ConsoleReader, facts: RequestRecoveryFacts): SafeHtml {
  if (!facts.agents) {
    return insetText(
      t`No copy of this key is kept. Nobody but its holder has it, so mail that was encrypted to it cannot be opened in any other way.`,
    );
  }
  return facts.preview ? preview(reader, facts, facts.agents, facts.preview) : form(reader, facts);
}

function form(reader: ConsoleReader, { certificate, typed, errors }: RequestRecoveryFacts): SafeHtml {
  const field = (id: string) => ({ id, value: typed[id] ?? '', ...errorOf(errors, id) });
  const date = { type: 'date', inputClass: 'govuk-input--width-10' } as const;
  const suppress = html`${textInput({ ...field('suppressNotice'), label: t`Why the law forbids to tell the holder`, hint: t`Leave it empty, and the holder gets a mail when the key is released.`, maxLength: 400 })}`;
  return html`<p class="govuk-body">${t`Two recovery agents read what you write here, word for word, and sign it. It cannot be changed later. The next page says what it means; nothing is asked before.`}</p>
<form method="post" action="/console/certificates/${certificate.sha256}/recover" novalidate>
<input type="hidden" name="formToken" value="${reader.formToken}"><input type="hidden" name="step" value="preview">
${radios({
  ...errorOf(errors, 'capacity'),
  name: 'capacity',
  legend: t`Who needs it?`,
  small: true,
  value: typed['capacity'] ?? '',
  options: Object.entries(CAPACITY_WORDS).map(([value, { title, hint }]) => ({ value, text: title, hint })),
})}
${textInput({ ...field('legalBasis'), label: t`Law that allows it`, hint: t`The provision, warrant or instrument, like “Public Records Act 2005, s 17”.`, maxLength: 400 })}
${textArea({ ...field('purpose'), label: t`What the key is needed for`, hint: t`As little as the agents need to decide.`, rows: 3 })}
${textInput({ ...field('from'), ...date, label: t`First day of the mail that is to be read` })}
${textInput({ ...field('until'), ...date, label: t`Last day of that mail` })}
${textArea({ ...field('recipient'), label: t`Certificate of whoever is to read it`, hint: t`The key is handed over encrypted to it. Give a mail address, serial number or SHA-256 of a certificate for encryption that we issued, or paste it as PEM.`, rows: 2 })}
${typed['suppressNotice'] || errors.some(({ field: name }) => name === 'suppressNotice') ? suppress : details(t`A law forbids to tell the holder`, suppress)}
${submitButton({ text: t`Show what it means` })}
</form>`;
}

function preview(
  reader: ConsoleReader,
  { certificate, typed }: RequestRecoveryFacts,
  agents: NonNullable<RequestRecoveryFacts['agents']>,
  shown: NonNullable<RequestRecoveryFacts['preview']>,
): SafeHtml {
  const { recipient } = shown;
  const suppressed = typed['suppressNotice'];
  return html`${summaryList(
    [
      { key: t`Who needs it?`, value: capacityText(typed['capacity'] ?? '') },
      { key: t`Agency`, value: shown.agency },
      { key: t`Law that allows it`, value: typed['legalBasis'] },
      { key: t`Purpose`, value: typed['purpose'] },
      { key: t`Mail`, value: t`from ${dayText(shown.from)} until ${dayText(shown.until)}` },
      {
        key: t`Handed over to`,
        value: html`${recipient.holder}<br><span class="see-break">${recipient.names}</span><br><span class="see-serial see-break">${recipient.serial}</span><br>${t`until ${dayText(recipient.notAfter)}`}`,
      },
    ],
    'see-dense',
  )}
<h2 class="govuk-heading-m">${t`What it means`}</h2>
<ul class="govuk-list govuk-list--bullet">
<li>${t`Whoever gets the key can open all mail that was ever encrypted to it, also of other days. The days that you name say what they may read.`}</li>
<li>${t`Two of these agents have to sign within 72 hours, one of them of another agency than yours; else it lapses: ${agents.map(({ name, agency }, index) => html`${index > 0 && ', '}${name} (${agency})`)}.`}</li>
<li>${suppressed ? t`The holder is not told, because: ${suppressed}. The auditor sees that, and why.` : t`The holder gets a mail when the key is released.`}</li>
<li>${t`You answer for the request. It stays in the audit log with your name, and you cannot be one of the agents.`}</li>
<li>${t`When the file has arrived, or is not needed any more, close the request: what was opened for it is erased. After a week that happens by itself.`}</li>
</ul>
${suppressed && warningText(t`Not telling the holder needs a reason in law. Two agents sign that, too.`)}
<form method="post" action="/console/certificates/${certificate.sha256}/recover">
<input type="hidden" name="formToken" value="${reader.formToken}">
${Object.entries(typed).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<div class="govuk-button-group">${submitButton({ text: t`Ask the agents`, look: 'warning', name: 'step', value: 'request' })}
${submitButton({ text: t`Change something`, look: 'secondary', name: 'step', value: 'change' })}</div>
</form>`;
}

export interface FindKeptKeyFacts {
  readonly search: string;
  /** Encryption certificates that were found; undefined before anything was looked for. */
  readonly found:
    | readonly {
        readonly sha256: string;
        readonly holder: string;
        readonly names: string;
        readonly notBefore: Date;
        readonly notAfter: Date;
        readonly kept: boolean;
      }[]
    | undefined;
}

/** Finds the certificate whose kept key is asked for. */
export function findKeptKeyPage(view: View, reader: ConsoleReader, { search, found }: FindKeptKeyFacts): string {
  return consolePage(view, reader, {
    title: t`Ask for a kept key`,
    place: 'people',
    beforeContent: backLink(t`Recoveries of keys`, '/console/recoveries'),
    content: html`<div class="see-narrow"><h1 class="govuk-heading-l">${t`Ask for a kept key`}</h1>
<form method="get" action="/console/recoveries/new">
${textInput({ id: 'q', label: t`Which key?`, hint: t`Mail address of the holder, or serial number or SHA-256 of the encryption certificate.`, value: search, type: 'search', spellcheck: false, maxLength: 254 })}
${submitButton({ text: t`Find it`, look: 'secondary' })}
</form>
${found && results(found)}</div>`,
  });
}

function results(found: NonNullable<FindKeptKeyFacts['found']>): SafeHtml {
  if (found.length === 0)
    return html`<p class="govuk-body">${t`No encryption certificate of a person was found by this. Try the address that the person had at that time.`}</p>`;
  return html`<ul class="govuk-list govuk-list--spaced">${found.map(
    ({ sha256, holder, names, notBefore, notAfter, kept }) =>
      html`<li><a class="govuk-link" href="/console/certificates/${sha256}${kept && '/recover'}">${holder}, ${t`${dayText(notBefore)} to ${dayText(notAfter)}`}</a><br><span class="see-muted see-break">${names}</span><br>${kept ? t`A copy of the key is kept.` : t`No copy of the key is kept.`}</li>`,
  )}</ul>`;
}
