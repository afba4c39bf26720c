/** Days that a validity covers, both ends included (PRF-0.3): a second more is another day. */
export function validityDays({ notBefore, notAfter }: { readonly notBefore: Date; readonly notAfter: Date }): number {
  return Math.ceil((notAfter.getTime() - notBefore.getTime() + 1000) / 86_400_000);
}

export const DAY = 86_400_000;
