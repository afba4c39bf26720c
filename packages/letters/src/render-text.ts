import type { Letter, Part } from './letter.ts';

/** Columns of a line; longer words, such as links, stand in a line of their own. */
const COLUMNS = 72;

/** The letter as plain text: lines of at most 72 characters where words allow it, a line feed after each. */
export function renderText({ parts }: Letter): string {
  return `${parts.map(textOf).join('\n\n')}\n`;
}

function textOf(part: Part): string {
  switch (part.kind) {
    case 'paragraph':
      return wrap(part.text, '', '');
    case 'alone':
      return `    ${part.text}`;
    case 'link':
      return part.url;
    case 'list':
      return part.items.map((item) => wrap(item, '- ', '  ')).join('\n');
    case 'steps':
      return part.items.map((item, index) => wrap(item, `${index + 1}. `, '   ')).join('\n');
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
