/** Template tag for text that programs read and people copy, like commands and names of products: alike in every language. */
export function verbatim(strings: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return String.raw(strings, ...values);
}
