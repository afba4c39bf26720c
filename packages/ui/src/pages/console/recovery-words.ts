import { type HtmlValue, type SafeHtml, t } from '@see/language';

/** In what capacity somebody asks for a kept key: what it is called, and who that is. */
export const CAPACITY_WORDS: Readonly<Record<string, { readonly title: SafeHtml; readonly hint: SafeHtml }>> = {
  self: {
    title: t`The holder needs it`,
    hint: t`They have lost the key. It goes to a certificate of their own, and they are told.`,
  },
  manager: { title: t`The agency needs its mail`, hint: t`The holder is away or has left, and work depends on it.` },
  legal: { title: t`A law or warrant asks for it`, hint: t`Name the provision, warrant or order below.` },
  'official-information': {
    title: t`A request for official information`,
    hint: t`The mail has to be searched to answer it.`,
  },
  security: {
    title: t`A security incident is looked into`,
    hint: t`By those who may, under the policy of the agency.`,
  },
};

export function capacityText(capacity: string): HtmlValue {
  return CAPACITY_WORDS[capacity]?.title ?? capacity;
}
