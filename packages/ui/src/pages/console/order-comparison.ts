import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import { table } from '../../components/table.ts';
import { tag } from '../../components/tag.ts';

/** What one source says of a field; undefined where it has nothing to say of it. */
export interface ComparedField {
  readonly field: 'subject' | 'addresses' | 'days' | 'key';
  readonly attribute?: string;
  readonly asked?: readonly string[];
  readonly registry?: readonly string[];
  readonly previous?: readonly string[];
  readonly signed: readonly string[];
}

export interface ComparedItem {
  readonly profile: string;
  /** SHA-256 of the certificate before it. */
  readonly previous: string | undefined;
  readonly fields: readonly ComparedField[];
}

const ATTRIBUTES: Readonly<Record<string, SafeHtml>> = {
  CN: t`Name (CN)`,
  SN: t`Surname`,
  givenName: t`Given name`,
  O: t`Organisation`,
  OU: t`Unit`,
  L: t`Locality`,
  C: t`Country`,
  serialNumber: t`Person number`,
  organizationIdentifier: t`Identifier`,
};

/** A certificate of an order, field by field: what was asked, what the registry has, what was before, what will be signed. */
export function comparison(item: ComparedItem): SafeHtml {
  const asked = item.fields.some((field) => field.asked !== undefined);
  const before = item.previous !== undefined;
  return html`${table({
    caption: item.profile,
    head: [
      t`Field`,
      t`Will be signed`,
      ...(asked ? [t`Asked for`] : []),
      t`Registry`,
      ...(before ? [t`Before`] : []),
      t`Difference`,
    ],
    rows: item.fields.map((field) => [
      html`<strong>${nameOf(field)}</strong>`,
      shownValues(field, field.signed),
      ...(asked ? [shownValues(field, field.asked)] : []),
      shownValues(field, field.registry),
      ...(before ? [shownValues(field, field.previous)] : []),
      difference(field),
    ]),
    empty: '',
  })}<p class="govuk-body-s see-muted">${
    before
      ? t`“Before” is <a class="govuk-link" href="/console/certificates/${item.previous}">the certificate that came before this one</a>.`
      : t`There was no certificate of this kind for this name before.`
  }</p>`;
}

function nameOf({ field, attribute = '' }: ComparedField): HtmlValue {
  if (field === 'addresses') return t`Mail or host names`;
  if (field === 'days') return t`Valid for, days`;
  if (field === 'key') return t`Key (SHA-256)`;
  return ATTRIBUTES[attribute] ?? attribute;
}

function shownValues({ field, signed }: ComparedField, values: readonly string[] | undefined): HtmlValue {
  if (field === 'key' && values === signed && values.length === 0) return t`made later, with the code`;
  if (values === undefined || values.length === 0) return '–';
  const shown = field === 'key' ? values.map((value) => `${value.slice(0, 16)}…`) : values;
  return html`<span class="${field === 'key' && 'see-serial'}">${shown.map((value, index) => html`${index > 0 && html`<br>`}${value}`)}</span>`;
}

/** What differs, in words; the colours only help. */
function difference({ field, asked, registry, previous, signed }: ComparedField): HtmlValue {
  const found: SafeHtml[] = [];
  if (field === 'key') {
    if (signed.length === 0 || !previous) return '';
    return same(previous, signed) ? tag(t`Same key as before`, 'orange') : t`new key`;
  }
  if (registry && !signed.every((value) => registry.some((known) => covers(known, value))))
    found.push(tag(t`Not as in the registry`, 'red'));
  if (asked && asked.length > 0 && !same(asked, signed)) found.push(tag(t`Not as asked for`, 'yellow'));
  if (previous && !same(previous, signed)) found.push(tag(t`Changed`, 'orange'));
  if (found.length > 0) return found.map((one, index) => html`${index > 0 && html`<br>`}${one}`);
  return previous ? t`as before` : t`none`;
}

/** The registry has the value itself, or its domain; a name may carry the type of the certificate behind it. */
function covers(known: string, value: string): boolean {
  const [one, other] = [known.toLowerCase(), value.toLowerCase()];
  return one === other || other.endsWith(`@${one}`) || other.endsWith(`.${one}`) || other.startsWith(`${one} [`);
}

function same(one: readonly string[], other: readonly string[]): boolean {
  const sorted = (values: readonly string[]): string => JSON.stringify(values.toSorted());
  return sorted(one) === sorted(other);
}
