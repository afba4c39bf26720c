import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import { submitButton } from '../../components/button.ts';
import { command } from '../../components/command.ts';
import { details } from '../../components/notice.ts';
import { table } from '../../components/table.ts';
import { tag } from '../../components/tag.ts';
import { textInput } from '../../components/text-input.ts';
import { dayText, momentHtml } from '../../components/time.ts';
import type { ConsoleReader } from '../../layout/console-page.ts';
import { verbatim } from '../../verbatim.ts';

/** What an agency's right to each of its domains rests on. */
export interface DomainFacts {
  readonly id: string;
  readonly now: Date;
  readonly standings: readonly {
    readonly domain: string;
    readonly by: 'scope-statement' | 'dns-record' | 'officer-decision';
    readonly since: Date;
    readonly until: Date;
  }[];
  /** The challenge that was made just now: its value is shown this once, and the command line can make another. */
  readonly challenge:
    | {
        readonly id: string;
        readonly domain: string;
        readonly name: string;
        readonly text: string;
        readonly expiresAt: Date;
      }
    | undefined;
  readonly mayChallenge: boolean;
  readonly mayProve: boolean;
}

/** The domains, until when each is shown to be the agency's, and the two ways to show it again. */
export function domainsSection(reader: ConsoleReader, facts: DomainFacts): SafeHtml {
  const { standings, challenge, mayChallenge, mayProve } = facts;
  return html`<section id="domains">${challenge && challengeText(reader, facts, challenge)}
${table({
  caption: t`Domains`,
  head: [t`Domain`, t`Shown by`, t`Since`, t`Until`, ...(mayChallenge || mayProve ? [t`Show it again`] : [])],
  rows: standings.map(({ domain, by, since, until }) => [
    domain,
    methodText(by),
    dayText(since),
    html`${dayText(until)}${until <= facts.now && html` ${tag(t`Too old`, 'red')}`}`,
    ...(mayChallenge || mayProve
      ? [
          html`${mayChallenge && challengeForm(reader, facts.id, domain)}${mayProve && decisionForm(reader, facts.id, domain)}`,
        ]
      : []),
  ]),
  empty: t`Its scope has no domain.`,
})}</section>`;
}

function methodText(by: DomainFacts['standings'][number]['by']): HtmlValue {
  if (by === 'dns-record') return t`a record in the DNS`;
  return by === 'officer-decision' ? t`an operator’s decision` : t`its signed scope`;
}

function challengeText(
  reader: ConsoleReader,
  { id, mayProve }: DomainFacts,
  challenge: NonNullable<DomainFacts['challenge']>,
): SafeHtml {
  return html`<div class="see-read-out"><h2 class="govuk-heading-m">${t`Show control of ${challenge.domain}`}</h2>
<p class="govuk-body">${t`Whoever runs the DNS of the domain puts this TXT record there, before ${momentHtml(challenge.expiresAt)}. It is shown this once; a new one can be made at any time.`}</p>
${command(verbatim`${challenge.name}. 300 IN TXT "${challenge.text}"`)}
${
  mayProve
    ? html`<form method="post" action="/console/agencies/${id}/domains/prove"><input type="hidden" name="formToken" value="${reader.formToken}"><input type="hidden" name="challenge" value="${challenge.id}">${submitButton({ text: t`Look for it in the DNS` })}</form>`
    : html`<p class="govuk-body">${t`Then an operator looks for it: <span class="see-serial">see agency prove ${id} --challenge ${challenge.id}</span>`}</p>`
}</div>`;
}

function challengeForm(reader: ConsoleReader, agency: string, domain: string): SafeHtml {
  return html`<form method="post" action="/console/agencies/${agency}/domains/challenge"><input type="hidden" name="formToken" value="${reader.formToken}"><input type="hidden" name="domain" value="${domain}">${submitButton({ text: t`By the DNS`, look: 'secondary', more: domain })}</form>`;
}

function decisionForm(reader: ConsoleReader, agency: string, domain: string): SafeHtml {
  return details(
    t`By a decision`,
    html`<form method="post" action="/console/agencies/${agency}/domains/decide" novalidate><input type="hidden" name="formToken" value="${reader.formToken}"><input type="hidden" name="domain" value="${domain}">
${textInput({ id: `why-${domain.replaceAll('.', '-')}`, name: 'reason', label: t`Why, in at least ten characters`, maxLength: 500 })}
${submitButton({ text: t`Record the decision`, look: 'secondary', more: domain })}</form>`,
  );
}
