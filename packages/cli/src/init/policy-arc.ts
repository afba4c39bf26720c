import { randomInt } from 'node:crypto';

/** What an arc of an object identifier may reach before clients fail on it: GnuTLS reads no larger one, Go before 1.22 refuses the whole certificate. */
const LARGEST_ARC = 0x7fff_ffffn;

/**
 * A policy arc for an instance to try things on: below the enterprise number for documentation (RFC 5612), with 56
 * random bits so that two instances differ. Not `2.25.<uuid>`: its 128-bit arc is more than many clients read; pkilint
 * reads 28 bits (docs/interop.md).
 */
export function evaluationPolicyArc(): string {
  return `1.3.6.1.4.1.32473.${randomInt(2 ** 28)}.${randomInt(2 ** 28)}`;
}

/** What is wrong with an arc under which an authority wants to number its policies, in words; undefined when nothing is. */
export function policyArcFault(arc: string): string | undefined {
  if (!/^[0-2](\.(0|[1-9][0-9]*)){2,}$/.test(arc)) return 'the policy arc is an object identifier of your own';
  const large = arc.split('.').find((one) => BigInt(one) > LARGEST_ARC);
  if (large === undefined) return undefined;
  return `the arc ${large} has more than 31 bits: GnuTLS cannot read such policies and Go before 1.22 refuses the certificates; take one below an enterprise number of yours (1.3.6.1.4.1.…)`;
}
