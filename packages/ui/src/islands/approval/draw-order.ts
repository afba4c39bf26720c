import { isDual } from '@see/domain';
import { orderInWords, type WordedFact, type WordedSection } from '../../order-in-words.ts';
import { part } from '../part.ts';
import { say } from '../say.ts';
import type { OrderToApprove } from './order-to-approve.ts';

/** Only what the bytes say: ids are shown as they are, since a name would be somebody's word for them. */
const NO_NAMES = {
  person: () => undefined,
  agency: () => undefined,
  profile: () => undefined,
  type: () => undefined,
} as const;

/** Draws every field of the order from the bytes that were hashed, and the digest. Throws when a name in it is not DER. */
export function drawOrder({ content, digest }: OrderToApprove): void {
  part('order-sections').replaceChildren(...orderInWords(content, NO_NAMES).flatMap(drawSection));
  drawDigest(digest);
  part('dual-order').hidden = !isDual(content);
  part('raised-order').hidden = content.risk === undefined;
  part('raised-reasons').replaceChildren(...(content.risk?.reasons.map(({ reason }) => englishItem(reason)) ?? []));
}

/** An item of a list with words that are kept in English. */
export function englishItem(text: string): HTMLElement {
  const item = document.createElement('li');
  item.lang = 'en-NZ';
  item.textContent = text;
  return item;
}

/** Writes the digest that is signed in groups, as the console shows it. */
export function drawDigest(digest: Uint8Array): void {
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  part('order-digest').textContent = (hex.match(/.{1,4}/g) ?? []).join(' ');
}

export function drawSection({ title, facts }: WordedSection): HTMLElement[] {
  const heading = document.createElement('h2');
  heading.className = 'govuk-heading-m';
  heading.textContent = say(title);
  const list = document.createElement('dl');
  list.className = 'govuk-summary-list see-dense';
  list.append(...facts.map(drawFact));
  return [heading, list];
}

function drawFact(fact: WordedFact): HTMLElement {
  const row = document.createElement('div');
  row.className = 'govuk-summary-list__row';
  const key = document.createElement('dt');
  key.className = 'govuk-summary-list__key';
  key.textContent = say(fact.key);
  const value = document.createElement('dd');
  value.className = 'govuk-summary-list__value';
  for (const [index, text] of fact.lines.entries()) {
    if (index > 0) value.append(document.createElement('br'));
    const line = document.createElement('span');
    if (fact.code) line.className = 'see-serial';
    if (fact.english) line.lang = 'en-NZ';
    line.textContent = typeof text === 'string' ? text : say(text);
    value.append(line);
  }
  row.append(key, value);
  return row;
}
