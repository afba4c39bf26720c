import type { SafeHtml } from '@see/language';
import { english } from './english.ts';

/** A text of the API as a sentence. It is English in every language, and marked so that it is read out rightly. */
export function apiText(text: string): SafeHtml {
  const end = /[.!?:]$/.test(text) ? '' : '.';
  return english(`${text.charAt(0).toUpperCase()}${text.slice(1)}${end}`);
}
