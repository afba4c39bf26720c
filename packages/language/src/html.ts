import { escape as escapeHtml } from 'html-escaper';
import { ENGLISH, type Speech } from './speech.ts';
import { translationOf } from './translation.ts';

/**
 * Text that is markup already. Only `html` and `t` make it, out of literals in our own source and of values that are
 * escaped when it is written, so a page can not hold what somebody else typed as anything but text. It is written for a
 * reader: texts of `t` in their language, times in their zone.
 */
export class SafeHtml {
  readonly #strings: readonly string[];
  readonly #values: readonly HtmlValue[];
  readonly #isText: boolean;
  private constructor(strings: readonly string[], values: readonly HtmlValue[], isText: boolean) {
    this.#strings = strings;
    this.#values = values;
    this.#isText = isText;
  }
  static readonly of = (strings: readonly string[], values: readonly HtmlValue[], isText: boolean): SafeHtml =>
    new SafeHtml(strings, values, isText);

  /** The markup for a reader. */
  in(speech: Speech): string {
    return this.#write(speech, escapeHtml);
  }
  /** The text for a reader, for places that take no markup; for texts of `t` that have none. */
  textIn(speech: Speech): string {
    return this.#write(speech, (text) => text);
  }
  /** The markup in English, times in the home zone. */
  toString(): string {
    return this.in(ENGLISH);
  }

  #write(speech: Speech, encode: (text: string) => string): string {
    const translation = this.#isText && speech.catalogue ? translationOf(speech.catalogue, this.#strings) : undefined;
    const strings = translation?.strings ?? this.#strings;
    let written = strings[0] ?? '';
    for (let index = 1; index < strings.length; index += 1) {
      const value = this.#values[translation?.order[index - 1] ?? index - 1];
      written += write(value, speech, encode) + (strings[index] ?? '');
    }
    return written;
  }
  static readonly write = (part: SafeHtml, speech: Speech, encode: (text: string) => string): string =>
    part.#write(speech, encode);
}

/** What a page is made of. A function is asked when the page is written, and told for whom. */
export type HtmlValue =
  | SafeHtml
  | string
  | number
  | false
  | null
  | undefined
  | readonly HtmlValue[]
  | ((speech: Speech) => HtmlValue);

/**
 * Template tag for markup: html`<p>${name}</p>`. Every value is escaped for text and for quoted attributes; markup
 * nests as it is; false, null and undefined leave nothing; lists are joined. Not made for unquoted attributes, for
 * script and style elements or for URLs from outside: a `javascript:` URL would pass (and our CSP would stop it).
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): SafeHtml {
  return SafeHtml.of(strings.raw, values, false);
}

/**
 * Template tag for words that a reader reads: t`${count} orders wait`. As `html`, and written in the reader's language:
 * the English text is the key under which the catalogues have it. Every word of a page is in one.
 */
export function t(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): SafeHtml {
  return SafeHtml.of(strings.raw, values, true);
}

function write(value: HtmlValue, speech: Speech, encode: (text: string) => string): string {
  if (value === false || value === null || value === undefined) return '';
  if (value instanceof SafeHtml) return SafeHtml.write(value, speech, encode);
  if (typeof value === 'string' || typeof value === 'number') return encode(String(value));
  if (typeof value === 'function') return write(value(speech), speech, encode);
  return value.map((each) => write(each, speech, encode)).join('');
}
