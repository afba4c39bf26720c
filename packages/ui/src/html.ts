/**
 * Text that is markup already. Only `html` makes it, out of literals in our own source and of values that it escaped,
 * so a page can not hold what somebody else typed as anything but text.
 */
export class SafeHtml {
  readonly #markup: string;
  private constructor(markup: string) {
    this.#markup = markup;
  }
  static readonly join = (strings: readonly string[], values: readonly HtmlValue[]): SafeHtml => {
    let markup = strings[0] ?? '';
    for (const [index, value] of values.entries()) markup += render(value) + (strings[index + 1] ?? '');
    return new SafeHtml(markup);
  };
  toString(): string {
    return this.#markup;
  }
}

export type HtmlValue = SafeHtml | string | number | false | null | undefined | readonly HtmlValue[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Template tag for markup: html`<p>${name}</p>`. Every value is escaped for text and for quoted attributes; markup
 * nests as it is; false, null and undefined leave nothing; lists are joined. Not made for unquoted attributes, for
 * script and style elements or for URLs from outside: a `javascript:` URL would pass (and our CSP would stop it).
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): SafeHtml {
  return SafeHtml.join(strings.raw, values);
}

function render(value: HtmlValue): string {
  if (value === false || value === null || value === undefined) return '';
  if (value instanceof SafeHtml) return value.toString();
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  return value.map(render).join('');
}

/** Text with the five characters of markup replaced. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (char) => ESCAPES[char] ?? '');
}
