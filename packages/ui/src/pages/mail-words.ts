import { html, type SafeHtml, t } from '@see/language';
import { type TagColour, tag } from '../components/tag.ts';

const STATES: Readonly<Record<string, readonly [SafeHtml, TagColour]>> = {
  waiting: [t`Waiting`, 'teal'],
  sent: [t`Handed over`, 'green'],
  failed: [t`Given up`, 'red'],
  dropped: [t`Dropped`, 'grey'],
};

const KINDS: Readonly<Record<string, SafeHtml>> = {
  code: t`One-time code`,
  link: t`Link for a person, to their sponsor`,
  links: t`Links for many, to their sponsor`,
  expiry: t`A certificate ends soon`,
  'mailbox-check': t`Question whose mailbox it is`,
  reissue: t`Link to replace lost certificates`,
  recovery: t`An old key was opened`,
  digest: t`What waits, to operators`,
};

/** The states of a mail with their names. */
export const MAIL_STATE_NAMES: readonly (readonly [string, SafeHtml])[] = Object.entries(STATES).map(
  ([state, [text]]) => [state, text],
);

/** What became of a mail. */
export function mailStateTag(state: string): SafeHtml {
  return tag(...(STATES[state] ?? ([html`${state}`, 'grey'] as const)));
}

/** What a mail is about, by its kind of letter. */
export function mailKindText(template: string): SafeHtml {
  return KINDS[template] ?? html`${template}`;
}
