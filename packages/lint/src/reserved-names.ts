// RFC 3183 3.1.1, 4.1: who bears one of these speaks for a domain.
const reserved: readonly string[] = [
  'domain-signing-authority',
  'domain-confidentiality-authority',
  'review-authority',
  'attribute-authority',
];

/** Whether a common name or local part is one of the reserved ones, whatever its case and whatever follows a plus. */
export function isReservedName(text: string): boolean {
  const plain = text.normalize('NFKC').toLowerCase().trim().replace(/\+.*$/, '');
  return reserved.includes(plain);
}
