const TIME = /^(\d{4}-\d{2}-(\d{2}))T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/** Reads a time of RFC 3339 5.6, to the millisecond; undefined for anything else, and for days that there are not. */
export function readTime(text: string): Date | undefined {
  const [, day, ofMonth] = TIME.exec(text.toUpperCase()) ?? [];
  const time = new Date(text.toUpperCase());
  if (day === undefined || Number.isNaN(time.getTime())) return undefined;
  const exists = new Date(`${day}T00:00:00Z`).getUTCDate() === Number(ofMonth);
  return exists ? time : undefined;
}
