import { html, t } from '@see/language';
import { submitButton } from '../../components/button.ts';
import { pagination } from '../../components/pagination.ts';
import { select } from '../../components/select.ts';
import { table } from '../../components/table.ts';
import { textInput } from '../../components/text-input.ts';
import { dayText } from '../../components/time.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';
import { type AgencyOption, agencySelect, csvLink } from './list-parts.ts';
import { CERTIFICATE_STATE_NAMES, certificateTag } from './states.ts';

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
  readonly status: string;
  readonly profile: string;
  readonly profiles: readonly { readonly id: string; readonly title: string }[];
  readonly agency: string;
  /** Undefined for those who see one agency only. */
  readonly agencies: readonly AgencyOption[] | undefined;
  readonly certificates: readonly CertificateLine[];
  readonly first: string | undefined;
  readonly next: string | undefined;
  readonly csv: string;
}

/** Search over all certificates by anything that people have in their hands. */
export function certificatesPage(view: View, reader: ConsoleReader, facts: CertificatesFacts): string {
  const narrowed = [facts.search, facts.expiring, facts.status, facts.profile, facts.agency].some((one) => one !== '');
  return consolePage(view, reader, {
    title: t`Certificates`,
    place: 'certificates',
    content: html`<h1 class="govuk-heading-l">${t`Certificates`}</h1>
<form class="see-filters" method="get" action="/console/certificates">
${textInput({
  id: 'q',
  label: t`Find`,
  hint: t`Start of a name, mail address, host, serial number, fingerprint or key hash`,
  value: facts.search,
  type: 'search',
  spellcheck: false,
})}
${select({
  id: 'status',
  label: t`Status`,
  value: facts.status,
  options: [{ value: '', text: t`All` }, ...CERTIFICATE_STATE_NAMES.map(([value, text]) => ({ value, text }))],
})}
${select({
  id: 'expiring',
  label: t`Expires`,
  value: facts.expiring,
  options: [
    { value: '', text: t`At any time` },
    { value: '7', text: t`Within 7 days` },
    { value: '30', text: t`Within 30 days` },
    { value: '90', text: t`Within 90 days` },
  ],
})}
${select({
  id: 'profile',
  label: t`Profile`,
  value: facts.profile,
  options: [{ value: '', text: t`All` }, ...facts.profiles.map(({ id, title }) => ({ value: id, text: title }))],
})}
${facts.agencies && agencySelect(facts.agencies, facts.agency)}
${submitButton({ text: t`Show`, look: 'secondary' })}
</form>
${table({
  caption: t`Certificates`,
  hideCaption: true,
  head: [t`For`, t`Profile`, t`Agency`, t`Serial number`, t`Until`, t`Status`],
  rows: facts.certificates.map((line) => [
    html`<a class="govuk-link" href="/console/certificates/${line.sha256}">${line.title}</a>`,
    line.profile,
    line.agency,
    html`<span class="see-serial">${line.serial.slice(0, 16)}…</span>`,
    dayText(line.notAfter),
    certificateTag(line.status),
  ]),
  empty: narrowed
    ? t`No certificate was found. Serial numbers and fingerprints must be complete.`
    : t`No certificate has been issued yet.`,
})}
${pagination(facts.first, facts.next)}
${facts.certificates.length > 0 && csvLink(facts.csv)}`,
  });
}
