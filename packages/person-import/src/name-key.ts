/** What makes two names the same: composition, case and the number of blanks do not count, marks do. */
export function nameKey(name: string): string {
  return name.normalize('NFC').toLowerCase().replaceAll(/\s+/gu, ' ').trim();
}
