import type { View } from './view.ts';

/**
 * A place on the approval desk. The desk is another origin and has a language of its own, so the address carries the
 * reader's: `/language/` there remembers it and leads on.
 */
export function deskAddress(view: View, path: string): string {
  return `${view.urls.desk}/language/${view.speech.language}?back=${encodeURIComponent(path)}`;
}
