import { submitButton } from '../../components/button.ts';
import { pagination } from '../../components/pagination.ts';
import { table } from '../../components/table.ts';
import { textInput } from '../../components/text-input.ts';
import { dayText } from '../../components/time.ts';
import { html } from '../../html.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';
import { certificateTag } from './states.ts';

export interface CertificateLine {
  readonly sha256: string;
  readonly title: string;
  readonly profile: string;
  readonly agency: string;
  readonly serial: string;
  readonly notAfter: Date;
  readonly status: string;
}

export interface CertificatesFacts {
  readonly search: string;
  /** Days, when the list is narrowed to what expires soon. */
  readonly expiring: string;
  readonly certificates: readonly CertificateLine[];
  readonly first: string | undefined;
  readonly next: string | undefined;
}

/** Search over all certificates by anything that people have in their hands. */
export function certificatesPage(view: View, reader: ConsoleReader, facts: CertificatesFacts): string {
  return consolePage(view, reader, {
    title: 'Certificates',
    place: 'certificates',
    content: html`<h1 class="govuk-heading-l">Certificates</h1>
<form class="see-filters" method="get" action="/console/certificates">
${textInput({
  id: 'q',
  label: 'Find',
  hint: 'Start of a name, mail address, host, serial number, fingerprint or key hash',
  value: facts.search,
  type: 'search',
  spellcheck: false,
})}
${facts.expiring !== '' && html`<input type="hidden" name="expiring" value="${facts.expiring}">`}
${submitButton({ text: 'Find', look: 'secondary' })}
</form>
${facts.expiring !== '' && html`<p class="govuk-body">Only those that expire within ${facts.expiring} days. <a class="govuk-link" href="/console/certificates">Show all</a></p>`}
${table({
  caption: 'Certificates',
  hideCaption: true,
  head: ['For', 'Profile', 'Agency', 'Serial number', 'Until', 'Status'],
  rows: facts.certificates.map((line) => [
    html`<a class="govuk-link" href="/console/certificates/${line.sha256}">${line.title}</a>`,
    line.profile,
    line.agency,
    html`<span class="see-serial">${line.serial.slice(0, 16)}…</span>`,
    dayText(line.notAfter),
    certificateTag(line.status),
  ]),
  empty:
    facts.search === ''
      ? 'No certificate has been issued yet.'
      : 'No certificate was found. Serial numbers and fingerprints must be complete.',
})}
${pagination(facts.first, facts.next)}`,
  });
}
