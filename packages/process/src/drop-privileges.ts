import type { Account } from '@see/db';

/**
 * Gives up root for good: no supplementary groups, group and user of the account, files private from now on. Proves afterwards that root cannot be had again;
 * throws otherwise. What must be read as root is read before.
 */
export function dropPrivileges({ uid, gid }: Account): void {
  const { setgroups, setgid, setuid, getuid, getgid, geteuid, getgroups } = process;
  if (!setgroups || !setgid || !setuid || !getuid || !getgid || !geteuid || !getgroups) {
    throw new Error('this system has no user ids');
  }
  if (uid === 0 || gid === 0) throw new Error('a service never runs as root');
  process.umask(0o077);
  setgroups([]);
  setgid(gid);
  setuid(uid);
  if (getuid() !== uid || geteuid() !== uid || getgid() !== gid || getgroups().some((group) => group !== gid)) {
    throw new Error('the privileges could not be dropped');
  }
  let regained = true;
  try {
    setuid(0);
  } catch {
    regained = false;
  }
  if (regained) throw new Error('root could be had again after it was given up');
}
