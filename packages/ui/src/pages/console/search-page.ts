import { html, type SafeHtml, t } from '@see/language';
import { submitButton } from '../../components/button.ts';
import { insetText } from '../../components/notice.ts';
import { table } from '../../components/table.ts';
import { textInput } from '../../components/text-input.ts';
import { dayText, distanceText } from '../../components/time.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';
import { agencyTag, certificateTag, orderTag } from './states.ts';

/** A few of each kind, and where the rest is when there is more. */
export interface SearchFacts {
  readonly now: Date;
  readonly search: string;
  readonly people: {
    readonly lines: readonly {
      readonly id: string;
      readonly name: string;
      readonly email: string | null;
      readonly agency: string;
    }[];
    readonly more: string | undefined;
  };
  readonly agencies: readonly { readonly id: string; readonly name: string; readonly status: string }[];
  readonly orders: {
    readonly lines: readonly {
      readonly id: string;
      readonly subject: string;
      readonly agency: string;
      readonly state: string;
      readonly createdAt: Date;
    }[];
    readonly more: string | undefined;
  };
  readonly certificates: {
    readonly lines: readonly {
      readonly sha256: string;
      readonly title: string;
      readonly profile: string;
      readonly notAfter: Date;
      readonly status: string;
    }[];
    readonly more: string | undefined;
  };
}

/** One box for everything: people, agencies, orders and certificates by what somebody has in their hands. */
export function searchPage(view: View, reader: ConsoleReader, facts: SearchFacts): string {
  const { people, agencies, orders, certificates, search } = facts;
  const found = people.lines.length + agencies.length + orders.lines.length + certificates.lines.length;
  return consolePage(view, reader, {
    title: search === '' ? t`Search` : t`Search: ${search}`,
    content: html`<h1 class="govuk-heading-l">${t`Search`}</h1>
<form class="see-filters" method="get" action="/console/search">
${textInput({
  id: 'q',
  label: t`People, agencies, orders and certificates`,
  hint: t`Start of a name, mail address, host, order reference, serial number, fingerprint or key hash`,
  value: search,
  type: 'search',
  spellcheck: false,
  maxLength: 254,
})}
${submitButton({ text: t`Search`, look: 'secondary' })}
</form>
${search !== '' && found === 0 && insetText(t`Nothing was found. Names are found by their start; addresses, serial numbers, fingerprints and hashes must be complete.`)}
${people.lines.length > 0 && section(t`People`, personTable(facts), people.more)}
${agencies.length > 0 && section(t`Agencies`, agencyTable(facts), undefined)}
${orders.lines.length > 0 && section(t`Orders`, orderTable(facts), orders.more)}
${certificates.lines.length > 0 && section(t`Certificates`, certificateTable(facts), certificates.more)}`,
  });
}

function section(name: SafeHtml, found: SafeHtml, more: string | undefined): SafeHtml {
  return html`<h2 class="govuk-heading-m">${name}</h2>
${found}
${more && html`<p class="govuk-body"><a class="govuk-link" href="${more}">${t`All that are found`}<span class="govuk-visually-hidden">: ${name}</span></a></p>`}`;
}

const plain = { hideCaption: true, empty: '' } as const;

function personTable({ people }: SearchFacts): SafeHtml {
  return table({
    ...plain,
    caption: t`People`,
    head: [t`Name`, t`Mail`, t`Agency`],
    rows: people.lines.map(({ id, name, email, agency }) => [
      html`<a class="govuk-link" href="/console/people/${id}">${name}</a>`,
      email ?? '–',
      agency,
    ]),
  });
}

function agencyTable({ agencies }: SearchFacts): SafeHtml {
  return table({
    ...plain,
    caption: t`Agencies`,
    head: [t`Name`, t`State`],
    rows: agencies.map(({ id, name, status }) => [
      html`<a class="govuk-link" href="/console/agencies/${id}">${name}</a>`,
      agencyTag(status),
    ]),
  });
}

function orderTable({ orders, now }: SearchFacts): SafeHtml {
  return table({
    ...plain,
    caption: t`Orders`,
    head: [t`For`, t`Agency`, t`State`, t`Made`],
    rows: orders.lines.map(({ id, subject, agency, state, createdAt }) => [
      html`<a class="govuk-link" href="/console/orders/${id}">${subject}</a> <span class="see-muted see-serial">${id.slice(0, 8)}</span>`,
      agency,
      orderTag(state),
      distanceText(createdAt, now),
    ]),
  });
}

function certificateTable({ certificates }: SearchFacts): SafeHtml {
  return table({
    ...plain,
    caption: t`Certificates`,
    head: [t`For`, t`Profile`, t`Until`, t`Status`],
    rows: certificates.lines.map(({ sha256, title, profile, notAfter, status }) => [
      html`<a class="govuk-link" href="/console/certificates/${sha256}">${title}</a>`,
      profile,
      dayText(notAfter),
      certificateTag(status),
    ]),
  });
}
