import { html, LANGUAGE_TAGS, type SafeHtml } from '@see/language';
import { type Letter, type Part, SPEECHES, type SpokenPart, subjectText } from './letter.ts';
import { sectionsOf } from './sections.ts';

const FONT =
  'font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.4;color:#0b0c0c;max-width:40em;overflow-wrap:anywhere';
/** How the second language is set apart. */
const SECOND = 'border-left:4px solid #0f4c42;padding-left:16px;margin:24px 0';

/**
 * The letter as HTML that every mail program shows: no image, no script, no style sheet, nothing fetched from anywhere.
 * What the texts hold is escaped. Each language is marked as what it is. Lines end where tags do, so that no transport has to
 * break a word.
 */
export function renderHtml(letter: Letter): string {
  const head = html`<!doctype html>
<html lang="${LANGUAGE_TAGS.en}">
<head><meta charset="utf-8">
<title>${subjectText(letter)}</title></head>
<body style="${FONT}">
`.in(SPEECHES[0]);
  const body = sectionsOf(letter.parts).map((section) => {
    if ('once' in section) return String(onceHtml(section.once));
    return SPEECHES.map((speech, index) =>
      html`<div lang="${LANGUAGE_TAGS[speech.language]}"${index > 0 && html` style="${SECOND}"`}>
${section.spoken.map(spokenHtml)}</div>
`.in(speech),
    ).join('');
  });
  return `${head}${body.join('')}</body></html>\n`;
}

function onceHtml(part: Exclude<Part, SpokenPart>): SafeHtml {
  if (part.kind === 'alone')
    return html`<p style="font-size:20px;font-weight:bold">
${part.text}
</p>
`;
  return html`<p><a href="${part.url}">
${part.url}</a></p>
`;
}

function spokenHtml(part: SpokenPart): SafeHtml {
  switch (part.kind) {
    case 'paragraph':
      return html`<p>${part.text}</p>
`;
    case 'list':
      return html`<ul>
${part.items.map(
  (item) => html`<li>${item}</li>
`,
)}</ul>
`;
    case 'steps':
      return html`<ol>
${part.items.map(
  (item) => html`<li>${item}</li>
`,
)}</ol>
`;
    default:
      return part satisfies never;
  }
}
