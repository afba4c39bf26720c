import { type CanonicalValue, canonicalBytes, parseCanonical } from './canonical-json.ts';
import { statementDigest } from './digest.ts';

/**
 * The envelope of everything that widens what may be signed (design, section 3). `seq` and `prev` are present on
 * statements of the authority chain and absent on the others (order approvals, releases). Times are whole seconds
 * since 1970 UTC. `prev` is the digest of the chain's head as lower-case hex.
 */
export interface Statement {
  readonly v: 1;
  readonly instance: string;
  readonly kind: string;
  readonly seq?: number;
  readonly prev?: string;
  readonly subject: { readonly [key: string]: CanonicalValue };
  readonly notBefore: number;
  readonly notAfter: number;
  readonly nonce: string;
}

/** A statement with the bytes and digest that it has. */
export interface ReadStatement {
  readonly statement: Statement;
  readonly bytes: Uint8Array;
  readonly digest: Uint8Array;
}

const MEMBERS = new Set(['v', 'instance', 'kind', 'seq', 'prev', 'subject', 'notBefore', 'notAfter', 'nonce']);
export const MAX_STATEMENT_OCTETS = 65_536;

/** Puts a statement into its bytes and digest. */
export function writeStatement(statement: Statement): ReadStatement {
  const bytes = canonicalBytes(statement);
  return { statement, bytes, digest: statementDigest(statement.kind, bytes) };
}

/**
 * Reads statement bytes: canonical JSON with exactly the envelope's members. Throws CanonicalError or TypeError.
 * No signature, time, chain position or subject is checked.
 */
export function readStatement(bytes: Uint8Array): ReadStatement {
  if (bytes.length > MAX_STATEMENT_OCTETS) throw new TypeError('statement is too large');
  const value = parseCanonical(bytes);
  if (!isObject(value)) throw new TypeError('a statement is an object');
  for (const key of Object.keys(value)) if (!MEMBERS.has(key)) throw new TypeError(`unknown member ${key}`);
  const { v, instance, kind, seq, prev, subject, notBefore, notAfter, nonce } = value;
  if (v !== 1) throw new TypeError('unknown version');
  if (typeof instance !== 'string' || typeof kind !== 'string' || typeof nonce !== 'string')
    throw new TypeError('text expected');
  if (nonce.length < 16) throw new TypeError('nonce is too short');
  if (!/^[a-z][a-z-]{2,40}$/.test(kind)) throw new TypeError('bad kind');
  if (typeof notBefore !== 'number' || typeof notAfter !== 'number') throw new TypeError('times expected');
  if (!isObject(subject)) throw new TypeError('subject expected');
  if ((seq === undefined) !== (prev === undefined)) throw new TypeError('seq and prev go together');
  if (seq !== undefined && (typeof seq !== 'number' || seq < 0)) throw new TypeError('bad seq');
  if (prev !== undefined && (typeof prev !== 'string' || !/^[0-9a-f]{96}$/.test(prev))) throw new TypeError('bad prev');
  return { statement: value as unknown as Statement, bytes, digest: statementDigest(kind, bytes) };
}

function isObject(value: CanonicalValue | undefined): value is { readonly [key: string]: CanonicalValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
