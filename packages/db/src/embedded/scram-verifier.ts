import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';

const ITERATIONS = 4096;

/**
 * What PostgreSQL stores for a password (RFC 5803, SCRAM-SHA-256), computed here so that no password travels in an SQL text, where it could reach a log.
 * The password must be printable ASCII: no SASLprep is applied. 4,096 rounds are enough because our passwords are random 256-bit values.
 */
export function scramVerifier(
  password: string,
  salt: Uint8Array = randomBytes(16),
  iterations: number = ITERATIONS,
): string {
  if (!/^[\x21-\x7e]+$/.test(password)) throw new RangeError('a database password must be printable ASCII');
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const stored = createHash('sha256').update(createHmac('sha256', salted).update('Client Key').digest()).digest();
  const server = createHmac('sha256', salted).update('Server Key').digest();
  return `SCRAM-SHA-256$${iterations}:${base64(salt)}$${base64(stored)}:${base64(server)}`;
}

/** Whether a stored verifier belongs to this password. False also for anything that is no SCRAM-SHA-256 verifier. */
export function matchesVerifier(password: string, verifier: string | null): boolean {
  const parts = /^SCRAM-SHA-256\$(\d{1,7}):([A-Za-z0-9+/=]+)\$/.exec(verifier ?? '');
  if (!parts?.[1] || !parts[2] || verifier === null) return false;
  const mine = Buffer.from(scramVerifier(password, Buffer.from(parts[2], 'base64'), Number(parts[1])));
  const theirs = Buffer.from(verifier);
  return mine.length === theirs.length && timingSafeEqual(mine, theirs);
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
