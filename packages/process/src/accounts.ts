import type { Account, ServiceName } from '@see/db';

/** The group that all our processes share as root: it may enter PostgreSQL's socket folder and nothing else. */
export const SHARED_GROUP = 64_100;

/**
 * The user ids of our processes when the supervisor is root. They lie in the range that Debian keeps for static assignment on demand, have no name and own
 * nothing but their own folders. Each process having its own, none can read another's keys or trace it.
 */
const USER_IDS = { postgres: 64_101, signer: 64_102, va: 64_103, worker: 64_104, ra: 64_105, desk: 64_106 } as const;

/** The account of PostgreSQL or of a service, when there are separate ones. */
export function accountOf(name: ServiceName | 'postgres'): Account {
  return { uid: USER_IDS[name], gid: SHARED_GROUP };
}

/** Every account that must reach the state folder. */
export function allAccounts(): Account[] {
  return Object.values(USER_IDS).map((uid) => ({ uid, gid: SHARED_GROUP }));
}

/** Whether this process is root and so starts each process under its own account. */
export function hasSeparateAccounts(): boolean {
  return process.getuid?.() === 0;
}
