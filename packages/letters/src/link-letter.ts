import { t } from '@see/language';
import type { Letter } from './letter.ts';
import { orderReference } from './order-reference.ts';
import { minuteText } from './time-text.ts';

/** What the letter with a link is about. */
export interface LinkFacts {
  readonly orderId: string;
  /** The name of the person who will enrol, as it stands in the registry. */
  readonly personName: string;
  /** The enrolment page of this order. */
  readonly url: string;
  readonly useBefore: Date;
  /** Whether the certificates replace others. */
  readonly renews: boolean;
}

/** Most characters of a name in the subject, which has it twice and 150 characters at most. */
const SUBJECT_NAME = 36;

/** The letter that brings the link of an approved order to its sponsor, who hands it over. It holds no code. */
export function linkLetter({ orderId, personName, url, useBefore, renews }: LinkFacts): Letter {
  const reference = orderReference(orderId);
  return {
    subject: t`Enrolment link for ${shortName(personName)}, request ${reference}`,
    parts: [
      { kind: 'paragraph', text: t`Hello,` },
      {
        kind: 'paragraph',
        text: t`certificate request ${reference}, which you sponsor for ${personName}, has been approved. This is the link to the enrolment page:`,
      },
      { kind: 'link', url },
      ...(renews
        ? [
            {
              kind: 'paragraph' as const,
              text: t`It renews certificates: the old ones stay good until their end, so tell them to keep the old files too.`,
            },
          ]
        : []),
      { kind: 'paragraph', text: t`What to do:` },
      {
        kind: 'steps',
        items: [
          t`Give the link to ${personName} in person or by a way on which you know them. Do not forward this mail to the mailbox that gets the code.`,
          t`The code comes to them in a mail of its own. You do not need it: do not ask for it.`,
        ],
      },
      {
        kind: 'paragraph',
        text: t`The link can be used until ${minuteText(useBefore)}. If you did not sponsor this request, tell an operator at once.`,
      },
    ],
  };
}

/** A name for the subject; a long one is cut, as the letter has it whole. */
function shortName(name: string): string {
  const characters = [...name];
  return characters.length <= SUBJECT_NAME
    ? name
    : `${characters
        .slice(0, SUBJECT_NAME - 1)
        .join('')
        .trimEnd()}…`;
}
