import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';

/** One process of this machine, told apart from any later one with the same pid by the moment it started. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Linux: boot id and clock ticks since boot; elsewhere the start time as `ps` prints it. Compare for equality only. */
  readonly started: string;
}

/** The process that has this pid now, or undefined when there is none or it has ended and only waits to be reaped. */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  return process.platform === 'linux' ? identifyFromProc(pid) : identifyFromPs(pid);
}

/** Whether exactly this process still runs. A zombie does not run. */
export function isRunning(identity: ProcessIdentity): boolean {
  return identifyProcess(identity.pid)?.started === identity.started;
}

/**
 * Sends a signal to exactly this process and tells whether it was there. The identity is read again right before the signal, so a pid that has
 * passed on to a stranger is never signalled.
 */
export function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): boolean {
  if (!isRunning(identity)) return false;
  try {
    process.kill(identity.pid, signal);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

/** Waits until the process has ended; false when it still runs after the given time. */
export async function waitForEnd(identity: ProcessIdentity, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (isRunning(identity)) {
    if (performance.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return true;
}

/** What is known of a running process. */
export interface ProcessDescription {
  readonly arguments: readonly string[];
  readonly uid: number;
  /** The folder it works in; absent where the system does not tell us (root without CAP_SYS_PTRACE in a container, macOS). */
  readonly folder?: { readonly dev: number; readonly ino: number };
}

/** Describes the process that has this pid now, or undefined when there is none. */
export function describeProcess(pid: number): ProcessDescription | undefined {
  try {
    if (process.platform !== 'linux') return describeFromPs(pid);
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    const uid = Number(/^Uid:\t\d+\t(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN);
    const folder = workingFolder(pid);
    return { arguments: words, uid, ...(folder && { folder }) };
  } catch {
    return undefined;
  }
}

function workingFolder(pid: number): { dev: number; ino: number } | undefined {
  try {
    const { dev, ino } = statSync(`/proc/${pid}/cwd`);
    return { dev, ino };
  } catch {
    return undefined;
  }
}

function describeFromPs(pid: number): ProcessDescription | undefined {
  const text = execFileSync('/bin/ps', ['-o', 'uid=,args=', '-ww', '-p', String(pid)], { encoding: 'utf8' }).trim();
  const [uid, ...words] = text.split(/\s+/);
  return words.length === 0 ? undefined : { arguments: words, uid: Number(uid) };
}

let bootId: string | undefined;

function identifyFromProc(pid: number): ProcessIdentity | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The second field is the program's name in parentheses and may itself contain spaces and parentheses: fields are counted after the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const state = fields[0];
  const ticks = fields[19];
  if (state === undefined || ticks === undefined || state === 'Z' || state === 'X') return undefined;
  bootId ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8);
  return { pid, started: `${bootId}-${ticks}` };
}

function identifyFromPs(pid: number): ProcessIdentity | undefined {
  try {
    const line = execFileSync('/bin/ps', ['-o', 'state=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    const [state, ...started] = line.split(/\s+/);
    if (state === undefined || state.startsWith('Z') || started.length === 0) return undefined;
    return { pid, started: started.join('-') };
  } catch {
    return undefined;
  }
}
