// html-escaper ships no types; this is the one function that we use.
declare module 'html-escaper' {
  /** Text with the five characters of markup replaced by their entities. */
  function escapeHtml(text: string): string;

  export { escapeHtml as escape };
}
