import { type CrlScope, readShard, shardOf } from '@see/issuance/crl-scope';

/** Names one sequence of CRLs: `gateway` for the full ones of a CA, `gateway/delta`, `gateway/128-5`. */
export function crlList(ca: string, scope: CrlScope): string {
  return scope === 'full' ? ca : `${ca}/${scope}`;
}

/** Reads a scope as rows and addresses have it; undefined for what is none. */
export function readScope(text: string): CrlScope | undefined {
  return text === 'full' || text === 'delta' ? text : readShard(text);
}

/** The part of a count in which a serial number, hex, is listed; undefined for one that no CA of ours gives. */
export function partOf(serial: string, count: number): CrlScope | undefined {
  return SERIAL.test(serial) ? shardOf(Uint8Array.fromHex(serial), count) : undefined;
}

/** Sixteen octets, of which the first two bits are 01. */
const SERIAL = /^[4-7][0-9a-f]{31}$/;
