import { t } from '@see/language';
import type { Letter } from './letter.ts';
import { orderReference } from './order-reference.ts';
import { minuteText } from './time-text.ts';

/** One link of many. */
export interface LinkOfMany {
  readonly orderId: string;
  readonly personId: string;
  /** The name of the person who will enrol, as it stands in the registry. */
  readonly personName: string;
  /** The enrolment page of this order. */
  readonly url: string;
  readonly useBefore: Date;
}

/**
 * The letter that brings the links of many approved orders to their sponsor, who hands them over: a table with a row a person,
 * by name. It holds no code, and no address of those people, so that nobody mails the links to where the codes go without a
 * thought. Throws RangeError without any link.
 */
export function linksLetter(links: readonly LinkOfMany[]): Letter {
  const first = links.map(({ useBefore }) => useBefore).toSorted((one, other) => Number(one) - Number(other))[0];
  if (!first) throw new RangeError('a letter of links has links');
  const rows = links
    .toSorted((one, other) => one.personName.localeCompare(other.personName, 'en-NZ') || compare(one, other))
    .map(({ orderId, personId, personName, url, useBefore }) => [
      personName,
      personId,
      orderReference(orderId),
      url,
      minuteText(useBefore),
    ]);
  const count = links.length;
  const one = count === 1;
  return {
    subject: one ? t`Enrolment links, 1 approved request` : t`Enrolment links, ${count} approved requests`,
    parts: [
      { kind: 'paragraph', text: t`Hello,` },
      {
        kind: 'paragraph',
        text: one
          ? t`1 certificate request that you sponsor has been approved.`
          : t`${count} certificate requests that you sponsor have been approved.`,
      },
      {
        kind: 'paragraph',
        text: t`The table with this mail has a row for each person, with the link to their enrolment page. Any spreadsheet program opens it.`,
      },
      { kind: 'paragraph', text: t`What to do:` },
      {
        kind: 'steps',
        items: [
          t`Give each person their own link, in person or by a way on which you know them. Do not send the links to the mailboxes that get the codes.`,
          t`Each code comes to its person in a mail of its own. You do not need it: do not ask for it.`,
          t`Delete the table when all have enrolled.`,
        ],
      },
      {
        kind: 'paragraph',
        text: t`The first links end at ${minuteText(first)}; the table says when each does. If you did not sponsor these requests, tell an operator at once.`,
      },
    ],
    table: {
      name: 'enrolment-links',
      head: [t`name`, t`person`, t`request`, t`link`, t`usable until`],
      rows,
    },
  };
}

function compare(one: LinkOfMany, other: LinkOfMany): number {
  return one.orderId < other.orderId ? -1 : 1;
}
