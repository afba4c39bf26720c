/**
 * Negative, zero or positive: content octets of two serial numbers, by place and length. Positive numbers in their shortest form,
 * so that the longer one is the larger one.
 */
export function compareSerialOctets(
  one: Uint8Array,
  at: number,
  length: number,
  other: Uint8Array,
  otherAt: number,
  otherLength: number,
): number {
  if (length !== otherLength) return length - otherLength;
  for (let index = 0; index < length; index += 1) {
    const difference = (one[at + index] as number) - (other[otherAt + index] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}
