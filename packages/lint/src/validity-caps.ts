import type { Purpose } from './lint-context.ts';

/** Most days of a certificate by purpose (PRF-G, PRF-UA, PRF-US, PRF-UE, PRF-O, PRF 3.8). TLS goes by date. */
export const maxDays: Readonly<Partial<Record<Purpose, number>>> = {
  'gateway-sign': 825,
  'gateway-encrypt': 825,
  'user-auth': 825,
  'user-sign': 825,
  'user-encrypt': 825,
  'ocsp-responder': 90,
  operator: 397,
};

/** Most days of a TLS certificate that begins at this date (BR 6.3.2). */
export function tlsMaxDays(notBefore: Date): number {
  if (notBefore.getTime() >= Date.UTC(2029, 2, 15)) return 47;
  if (notBefore.getTime() >= Date.UTC(2027, 2, 15)) return 100;
  return 200;
}
