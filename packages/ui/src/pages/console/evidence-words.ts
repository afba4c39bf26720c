import { type HtmlValue, t } from '@see/language';

/** What somebody can have seen, by kind; a kind without words is shown by its own name. */
export const EVIDENCE_WORDS: Readonly<Record<string, HtmlValue>> = {
  'known-to-agency': t`The agency knows the person (a sponsor’s word)`,
  passport: t`Passport`,
  'birth-certificate': t`Birth certificate`,
  'citizenship-certificate': t`Citizenship certificate`,
  'driver-licence': t`Driver licence`,
  'staff-card': t`Staff card with photo`,
  'firearms-licence': t`Firearms licence`,
  'address-record': t`Record of name and address`,
  'bank-card': t`Bank card`,
};

export function evidenceText(kind: string): HtmlValue {
  return EVIDENCE_WORDS[kind] ?? kind;
}

/** How it was seen. */
export function methodText(method: string): HtmlValue {
  if (method === 'in-person') return t`in person`;
  return method === 'remote' ? t`remotely` : t`by the agency’s own knowledge`;
}
