import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { Account } from './durable-file.ts';

/**
 * An account for the one second in which initdb runs. PostgreSQL itself runs under any number, but initdb insists on a name in the user list, and
 * adding users to someone's machine is not ours to do. So an existing unprivileged system account is borrowed, one that runs no process now
 * wherever there is one; the finished cluster is then handed over to the account that PostgreSQL runs as.
 */
export function borrowAccount(gid: number): Account | undefined {
  const candidates = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 7)
    .map((fields) => Number(fields[2]))
    .filter((uid) => Number.isSafeInteger(uid) && uid > 0 && (uid < 1000 || uid === 65534));
  const busy = accountsWithProcesses();
  const uid = candidates.find((candidate) => !busy.has(candidate)) ?? candidates[0];
  return uid === undefined ? undefined : { uid, gid };
}

function accountsWithProcesses(): Set<number> {
  const busy = new Set<number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const found = statSync(`/proc/${name}`, { throwIfNoEntry: false });
    if (found) busy.add(found.uid);
  }
  return busy;
}
