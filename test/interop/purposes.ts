import type { Use } from './leaves.ts';

/** Extended key usages that clients are asked for (RFC 5280 4.2.1.12). */
export const PURPOSE: Readonly<Record<Use, string>> = {
  mail: '1.3.6.1.5.5.7.3.4',
  client: '1.3.6.1.5.5.7.3.2',
  server: '1.3.6.1.5.5.7.3.1',
};

export const USES = Object.keys(PURPOSE) as Use[];
