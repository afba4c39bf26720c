import type { Letter, Part } from './letter.ts';

const FONT = 'font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.4;color:#0b0c0c';

/**
 * The letter as HTML that every mail program shows: no image, no script, no style sheet, nothing fetched from anywhere.
 * What the texts hold is escaped. Lines are short, so that no transport has to break them.
 */
export function renderHtml({ subject, parts }: Letter): string {
  return [
    '<!doctype html>',
    '<html lang="en-NZ">',
    '<head><meta charset="utf-8">',
    `<title>${escapeHtml(subject)}</title></head>`,
    `<body style="${FONT}">`,
    ...parts.map(htmlOf),
    '</body></html>',
    '',
  ].join('\n');
}

function htmlOf(part: Part): string {
  switch (part.kind) {
    case 'paragraph':
      return `<p>${escapeHtml(part.text)}</p>`;
    case 'alone':
      return `<p style="font-size:20px;font-weight:bold">\n${escapeHtml(part.text)}\n</p>`;
    case 'link':
      return `<p><a href="${escapeHtml(part.url)}">\n${escapeHtml(part.url)}</a></p>`;
    case 'list':
      return ['<ul>', ...part.items.map((item) => `<li>${escapeHtml(item)}</li>`), '</ul>'].join('\n');
    case 'steps':
      return ['<ol>', ...part.items.map((item) => `<li>${escapeHtml(item)}</li>`), '</ol>'].join('\n');
    default:
      return part satisfies never;
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
