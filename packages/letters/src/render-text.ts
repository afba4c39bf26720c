import { LANGUAGE_NAMES, type Speech } from '@see/language';
import { type Letter, type Part, SPEECHES, type SpokenPart } from './letter.ts';
import { sectionsOf } from './sections.ts';

/** Columns of a line; longer words, such as links, stand in a line of their own. */
const COLUMNS = 72;

/**
 * The letter as plain text: lines of at most 72 characters where words allow it, a line feed after each. A line names the
 * language wherever it changes.
 */
export function renderText({ parts }: Letter): string {
  const blocks = sectionsOf(parts).flatMap((section, index) => {
    if ('once' in section) return [onceText(section.once)];
    return SPEECHES.flatMap((speech) => [
      ...(index === 0 && speech === SPEECHES[0] ? [] : [`-- ${LANGUAGE_NAMES[speech.language]} --`]),
      ...section.spoken.map((part) => spokenText(part, speech)),
    ]);
  });
  return `${blocks.join('\n\n')}\n`;
}

function onceText(part: Exclude<Part, SpokenPart>): string {
  return part.kind === 'alone' ? `    ${part.text}` : part.url;
}

function spokenText(part: SpokenPart, speech: Speech): string {
  switch (part.kind) {
    case 'paragraph':
      return wrap(part.text.textIn(speech), '', '');
    case 'list':
      return part.items.map((item) => wrap(item.textIn(speech), '- ', '  ')).join('\n');
    case 'steps':
      return part.items.map((item, index) => wrap(item.textIn(speech), `${index + 1}. `, '   ')).join('\n');
    default:
      return part satisfies never;
  }
}

/** Breaks a text at its blanks. Columns are counted in code points: a macron is one with its letter when composed. */
function wrap(text: string, first: string, rest: string): string {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(' ')) {
    if (!empty && [...line].length + 1 + [...word].length > COLUMNS) {
      lines.push(line);
      line = rest;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line].join('\n');
}
