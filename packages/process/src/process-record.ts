import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isRunning, type ProcessIdentity } from '@see/db';
import type { Layout } from './layout.ts';

/** What a supervisor is doing. */
export type Phase = 'starting' | 'running' | 'stopping';

/** One process of ours. */
export interface RecordedProcess extends ProcessIdentity {
  /** ISO 8601, UTC. */
  readonly since: string;
  /** Whether it said that it does its work. */
  readonly ready: boolean;
  /** How often it was started again. */
  readonly restarts: number;
}

/** What runs on a data folder, as its supervisor wrote it down: a hint that outlives a kill -9, to be verified process by process. */
export interface ProcessRecord {
  readonly v: 1;
  readonly phase: Phase;
  readonly supervisor: ProcessIdentity & { readonly since: string };
  readonly services: Readonly<Record<string, RecordedProcess>>;
}

/** Reads the record, or undefined when there is none or it is damaged. Only processes that still run are in it; `supervisorRuns` says whether that one does. */
export function readProcessRecord(layout: Layout): (ProcessRecord & { readonly supervisorRuns: boolean }) | undefined {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(layout.processesFile, 'utf8'));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
  if (!isRecord(value)) return undefined;
  const services = Object.fromEntries(Object.entries(value.services).filter(([, process]) => isRunning(process)));
  return { ...value, services, supervisorRuns: isRunning(value.supervisor) };
}

/** Replaces the record; a reader sees the old or the new one. It is not flushed: after a power cut nothing in it runs anyway. */
export function writeProcessRecord(layout: Layout, record: ProcessRecord): void {
  const aside = `${layout.processesFile}.${randomBytes(4).toString('hex')}.new`;
  writeFileSync(aside, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  renameSync(aside, layout.processesFile);
}

/** Removes the record after everything has ended. */
export function removeProcessRecord(layout: Layout): void {
  rmSync(layout.processesFile, { force: true });
}

function isRecord(value: unknown): value is ProcessRecord {
  const record = value as Partial<ProcessRecord> | null;
  if (typeof record !== 'object' || record?.v !== 1 || typeof record.services !== 'object' || record.services === null)
    return false;
  return [record.supervisor, ...Object.values(record.services)].every(
    (process) =>
      Number.isSafeInteger(process?.pid) && typeof process?.started === 'string' && typeof process.since === 'string',
  );
}
