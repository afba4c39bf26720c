import { ENGLISH, t } from '@see/language';
import { describe, expect, it } from 'vitest';
import { codeLetter } from './code-letter.ts';
import {
  assertLetter,
  type Letter,
  LetterError,
  type LetterTable,
  SPEECHES,
  subjectText,
  tableRows,
  textsOf,
} from './letter.ts';
import { linkLetter } from './link-letter.ts';
import { linksLetter } from './links-letter.ts';
import { orderReference } from './order-reference.ts';
import { renderHtml } from './render-html.ts';
import { renderText } from './render-text.ts';
import { TEMPLATE_IDS, TEMPLATES } from './templates.ts';

const orderId = '3f2a9c1b-0d4e-4b6a-9f10-5a6b7c8d9e0f';
const code = '7K3M-9QF2-XT0A-BC4D';
const useBefore = new Date('2026-11-22T00:00:00Z');
const paragraph = (text: string): Letter => ({ subject: t`x`, parts: [{ kind: 'paragraph', text: t`${text}` }] });

describe('every letter', () => {
  it.each(TEMPLATE_IDS)('%s says the same as text and as HTML', (id) => {
    const letter = TEMPLATES[id].sample('https://pki.see.govt.nz');
    assertLetter(letter);
    const text = renderText(letter).replaceAll(/\s+/g, ' ');
    const html = renderHtml(letter)
      .replaceAll(/<title>.*?<\/title>/g, '')
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll('&#39;', "'")
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&')
      .replaceAll(/\s+/g, ' ');
    const said = letter.parts.flatMap(textsOf);
    expect(said.length).toBeGreaterThan(3);
    for (const one of said) {
      expect(text).toContain(one);
      expect(html).toContain(one);
    }
    expect(renderHtml(letter)).not.toMatch(/<(?:img|script|link|style|iframe)\b|src=|@import/);
  });

  it.each(TEMPLATE_IDS)('%s says each thing in English and then in te reo Māori, marked as such', (id) => {
    const letter = TEMPLATES[id].sample('https://pki.see.govt.nz');
    const [english, maori] = subjectText(letter).split(' | ');
    expect([english, maori]).toEqual(SPEECHES.map((speech) => letter.subject.textIn(speech)));
    expect(maori).not.toBe(english);
    const html = renderHtml(letter);
    const texts = html.split(/<div lang="|<\/div>/).filter((piece) => /^(?:en|mi)-NZ/.test(piece));
    expect(texts.length).toBeGreaterThan(1);
    expect(texts.map((piece) => piece.slice(0, 2))).toEqual(texts.map((_, index) => (index % 2 === 0 ? 'en' : 'mi')));
    for (const part of letter.parts) {
      if (part.kind === 'alone' || part.kind === 'link') {
        const once = part.kind === 'alone' ? part.text : part.url;
        expect(texts.join('')).not.toContain(once);
        expect(renderText(letter).split(`${once}\n`)).toHaveLength(2);
      } else {
        const said = textsOf(part);
        const half = said.length / 2;
        // Only what is data may be alike in both.
        for (const [index, text] of said.slice(0, half).entries()) expect(said[half + index]).not.toBe(text);
      }
    }
    expect(renderText(letter)).not.toContain('undefined');
    expect(renderText(letter).match(/^-- Te reo Māori --$/gm)).toHaveLength(texts.length / 2);
  });

  it('never holds a code and a link with authority together', () => {
    const all = TEMPLATE_IDS.map((id) => renderText(TEMPLATES[id].sample('https://pki.see.govt.nz')));
    const withCode = all.filter((text) => /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/.test(text));
    const withLink = all.filter((text) => text.includes('https://'));
    expect(withCode).toHaveLength(1);
    expect(withLink).toHaveLength(5);
    expect(withCode.filter((text) => withLink.includes(text))).toEqual([]);
  });
});

describe('the letter with a code', () => {
  const text = renderText(codeLetter({ orderId, code, useBefore }));

  it('says the code once, the reference and until when, and never the link or the whole order id', () => {
    expect(text.split(code)).toHaveLength(2);
    expect(text).toContain(orderReference(orderId));
    expect(text).toContain('2026-11-22 00:00 UTC');
    expect(text).not.toContain(orderId);
    expect(text).not.toMatch(/https?:|\/enrol/);
    expect(text.split('\n').every((line) => line.length <= 72)).toBe(true);
  });

  it.each([
    ['an order id', { orderId: `${orderId}\n` }],
    ['another id', { orderId: 'x' }],
    ['a code', { code: `${code}\n` }],
  ])('can not be changed by %s', (_, change) => {
    expect(() => codeLetter({ orderId, code, useBefore, ...change })).toThrow(RangeError);
  });
});

describe('the letter with a link', () => {
  it.each([
    ['short', 'Aroha Smith'],
    ['as long as the registry takes', 'Ōtene '.repeat(40).trim()],
  ])('has a subject for a name that is %s, and the name whole in the letter', (_, personName) => {
    const url = `https://a.nz/enrol/${orderId}`;
    const letter = linkLetter({ orderId, personName, url, useBefore, renews: false });
    expect(() => assertLetter(letter)).not.toThrow();
    expect(renderText(letter).replaceAll(/\s+/g, ' ')).toContain(`which you sponsor for ${personName}, has been`);
    expect(subjectText(letter).includes(personName)).toBe(personName.length < 36);
  });
});

describe('the letter with many links', () => {
  const links = ['Ōtene', 'Oliver', 'Aroha'].map((personName, index) => {
    const id = orderId.replace(/.$/, String(index));
    return {
      orderId: id,
      personId: `SAMP00000000000${index}`,
      personName,
      url: `https://a.nz/enrol/${id}`,
      useBefore: new Date(Number(useBefore) + (2 - index) * 86_400_000),
    };
  });

  it('has a row a person, by name, with a link and no code or address', () => {
    const letter = linksLetter(links);
    const table = letter.table as LetterTable;
    expect(letter.subject.in(ENGLISH)).toBe('Enrolment links, 3 approved requests');
    const [head, ...rows] = tableRows(table);
    expect(head).toEqual([
      'name | ingoa',
      'person | tangata',
      'request | tono',
      'link | hono',
      'usable until | ka taea te whakamahi tae noa ki',
    ]);
    expect(rows.map(([name]) => name)).toEqual(['Aroha', 'Oliver', 'Ōtene']);
    expect(rows[0]).toEqual([
      'Aroha',
      'SAMP000000000002',
      '3F2A9C1B',
      `https://a.nz/enrol/${orderId.replace(/.$/, '2')}`,
      '2026-11-22 00:00 UTC',
    ]);
    expect(rows.flat().join(' ')).not.toMatch(/@|[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/);
  });

  it('says when the first link ends, and nothing without links', () => {
    expect(renderText(linksLetter(links)).replaceAll('\n', ' ')).toContain(
      'The first links end at 2026-11-22 00:00 UTC',
    );
    expect(() => linksLetter([])).toThrow(RangeError);
  });
});

describe('texts', () => {
  it('keep macrons, apostrophes and composed as well as decomposed letters', () => {
    const name = "Hēmi Ōtene-O'Neill Māra Nga\u0304ti";
    expect(renderText(paragraph(name))).toBe(`${name}\n\n-- Te reo Māori --\n\n${name}\n`);
    expect(renderHtml(paragraph(name))).toContain('Hēmi Ōtene-O&#39;Neill Māra Nga\u0304ti');
  });

  it('are escaped in HTML', () => {
    expect(renderHtml(paragraph('<b>&"'))).toContain('\n<p>&lt;b&gt;&amp;&quot;</p>\n');
  });

  it.each([
    ['a line feed', 'a\nb'],
    ['a carriage return', 'a\rb'],
    ['a NUL', 'a\0b'],
    ['a line separator', 'a\u2028b'],
    ['a turn of direction', 'a\u202Eb'],
    ['half a character', 'a\uD800'],
    ['nothing', ''],
  ])('do not hold %s', (_, text) => {
    expect(() => assertLetter(paragraph(text))).toThrow(LetterError);
    expect(() => assertLetter({ ...paragraph('x'), subject: t`${text}` })).toThrow(LetterError);
  });

  it.each(['javascript:alert(1)', 'https://a b', 'https://a\u0101'])('do not link to %s', (url) => {
    expect(() => assertLetter({ ...paragraph('x'), parts: [{ kind: 'link', url }] })).toThrow(LetterError);
  });
});
