import { readFileSync } from 'node:fs';
import { describeProcess, identifyProcess, isRunning } from '@see/db';

/**
 * Calls back once when the package manager that started us is gone: a kill -9 of it leaves us running without a terminal. Nothing is watched when we were not started by
 * one. Returns how to stop watching.
 */
export function watchStarter(onGone: () => void): () => void {
  const pid = packageManager(process.ppid);
  return pid === undefined ? () => undefined : watchProcess(pid, onGone);
}

/** Calls back once when our parent is gone. For tests, which must leave nothing behind even when they are killed. */
export function watchParent(onGone: () => void): () => void {
  return watchProcess(process.ppid, onGone);
}

const EVERY_MS = 1_000;

function watchProcess(pid: number, onGone: () => void): () => void {
  const identity = identifyProcess(pid);
  if (!identity) return () => undefined;
  const timer = setInterval(() => {
    if (isRunning(identity)) return;
    clearInterval(timer);
    onGone();
  }, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** The nearest ancestor that is pnpm; between it and us stands at most a shell. */
function packageManager(parent: number): number | undefined {
  for (let pid = parent, step = 0; pid > 1 && step < 3; step++) {
    const found = describeProcess(pid);
    if (!found) return undefined;
    if (found.arguments.slice(0, 3).some((word) => /(^|\/)pnpm(\.[cm]?js)?$/.test(word))) return pid;
    pid = parentOf(pid);
  }
  return undefined;
}

function parentOf(pid: number): number {
  try {
    return Number(/^PPid:\t(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
