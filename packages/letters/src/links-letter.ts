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
  return {
    subject: `Enrolment links, ${links.length} approved ${requests(links.length)}`,
    parts: [
      { kind: 'paragraph', text: 'Hello,' },
      {
        kind: 'paragraph',
        text: `${links.length} certificate ${requests(links.length)} that you sponsor ${links.length === 1 ? 'has' : 'have'} been approved. The table with this mail has a row for each person, with the link to their enrolment page. Any spreadsheet program opens it.`,
      },
      { kind: 'paragraph', text: 'What to do:' },
      {
        kind: 'steps',
        items: [
          'Give each person their own link, in person or by a way on which you know them. Do not send the links to the mailboxes that get the codes.',
          'Each code comes to its person in a mail of its own. You do not need it: do not ask for it.',
          'Delete the table when all have enrolled.',
        ],
      },
      {
        kind: 'paragraph',
        text: `The first links end at ${minuteText(first)}; the table says when each does. If you did not sponsor these requests, tell an operator at once.`,
      },
    ],
    table: { name: 'enrolment-links', rows: [['name', 'person', 'request', 'link', 'usable until'], ...rows] },
  };
}

function requests(count: number): string {
  return count === 1 ? 'request' : 'requests';
}

function compare(one: LinkOfMany, other: LinkOfMany): number {
  return one.orderId < other.orderId ? -1 : 1;
}
