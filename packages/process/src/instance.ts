import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { writeFileDurable } from '@see/db/embedded';

/** What a certificate authority is reached by. */
export const faces = ['va', 'portal', 'desk', 'tls', 'mtls'] as const;

/** One of the ways in. */
export type Face = (typeof faces)[number];

/** The public facts of an instance, sealed when it was made. They are no secret and prove nothing. */
export interface Instance {
  readonly v: 1;
  /** Random UUID; part of every statement, so that none of another instance counts here. */
  readonly instance: string;
  readonly preset: 'evaluation' | 'production';
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** Absolute path of the folder that holds the database and the processes' own folders. */
  readonly stateDir: string;
  readonly database: 'embedded' | 'external';
  /** Public origins, without a path. */
  readonly urls: Readonly<Record<Face, string>>;
  readonly ports: Readonly<Record<Face, number>>;
  /** The relying party id of passkeys: a host name. */
  readonly rpId: string;
  /** The object identifier under which our policies and profiles are numbered. */
  readonly policyArc: string;
  /** SHA-256 of the root certificate in hex; spaces and colons between groups are allowed. */
  readonly rootFingerprint: string;
  /** Digest of the genesis statement, hex: where every process starts to verify the authority chain. */
  readonly anchor: string;
}

/** The instance's facts cannot be used. The message names the field. */
export class InstanceError extends Error {
  override readonly name = 'InstanceError';
  readonly code = 'instance-invalid';
}

const FILE = 'instance.json';
const COPY = 'instance.copy.json';

/** The facts of the instance in a data folder, or undefined when none was made there. Throws {@link InstanceError} when they are damaged. */
export function readInstance(dataDir: string): Instance | undefined {
  let text: string;
  try {
    text = readFileSync(join(dataDir, FILE), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return parseInstance(text);
}

/**
 * Writes the facts durably, mode 0644, and before that a copy beside the database. An instance exists from this moment on, so it is the last step of
 * making one; should the file get lost, {@link restoreInstance} brings it back instead of a new instance being made over the old one.
 */
export function writeInstance(dataDir: string, instance: Instance): void {
  const text = `${JSON.stringify(instance, null, 2)}\n`;
  parseInstance(text);
  writeFileDurable(join(instance.stateDir, COPY), text, { mode: 0o644 });
  writeFileDurable(join(dataDir, FILE), text, { mode: 0o644 });
}

/** Puts lost facts back from the copy in the state folder. True when there was something to restore. */
export function restoreInstance(dataDir: string, stateDir: string): boolean {
  const copy = join(stateDir, COPY);
  if (existsSync(join(dataDir, FILE)) || !existsSync(copy)) return false;
  const text = readFileSync(copy, 'utf8');
  if (parseInstance(text).stateDir !== stateDir) return false;
  writeFileDurable(join(dataDir, FILE), text, { mode: 0o644 });
  return true;
}

/** Reads and checks the facts: every field present, of its form, and no other field. */
export function parseInstance(text: string): Instance {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InstanceError('the instance facts are not JSON', { cause });
  }
  const facts = record(value, 'the instance facts');
  const unknown = Object.keys(facts).filter((key) => !(key in CHECKS));
  if (unknown.length > 0) throw new InstanceError(`unknown field ${unknown.join(', ')}`);
  for (const [field, check] of Object.entries(CHECKS)) {
    if (!check(facts[field])) throw new InstanceError(`field ${field} is missing or malformed`);
  }
  return facts as unknown as Instance;
}

const CHECKS: Readonly<Record<keyof Instance, (value: unknown) => boolean>> = {
  v: (value) => value === 1,
  instance: matches(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/),
  preset: (value) => value === 'evaluation' || value === 'production',
  createdAt: (value) =>
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) && !Number.isNaN(Date.parse(value)),
  stateDir: (value) => typeof value === 'string' && isAbsolute(value),
  database: (value) => value === 'embedded' || value === 'external',
  urls: (value) => hasFaces(value, isOrigin),
  ports: (value) => hasFaces(value, isPort),
  rpId: matches(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/),
  policyArc: matches(/^[0-2](\.(0|[1-9]\d*))+$/),
  rootFingerprint: matches(/^[0-9A-Fa-f]{2}(?:[ :]*[0-9A-Fa-f]{2}){31}$/),
  anchor: matches(/^[0-9a-f]{96}$/),
};

/** Whether a value is a port number that a process without privileges may listen on. */
export function isPort(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 65_535;
}

/** Whether a value is an http or https origin: scheme, host, perhaps a port, and nothing else. */
export function isOrigin(value: unknown): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const url = new URL(value);
  return (url.protocol === 'http:' || url.protocol === 'https:') && url.origin === value;
}

function matches(pattern: RegExp): (value: unknown) => boolean {
  return (value) => typeof value === 'string' && pattern.test(value);
}

function hasFaces(value: unknown, check: (value: unknown) => boolean): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const entries = Object.entries(value);
  return (
    entries.length === faces.length && entries.every(([key, item]) => faces.some((face) => face === key) && check(item))
  );
}

function record(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InstanceError(`${what} must be an object`);
  return value as Record<string, unknown>;
}
