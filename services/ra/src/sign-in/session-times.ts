import type { SessionTimes } from '@see/db/ra';
import type { Ra } from '../ra.ts';

/** How long a session may be idle, and how long it may last at all, in milliseconds. */
const IDLE = 10 * 60_000;
export const LONGEST = 8 * 3_600_000;

/** Which sessions still hold at this moment. */
export function sessionTimes(ra: Pick<Ra, 'now' | 'signIn'>): SessionTimes {
  const now = ra.now();
  return {
    now,
    idleSince: new Date(now.getTime() - IDLE),
    startedSince: new Date(now.getTime() - LONGEST),
    methods: ra.signIn,
  };
}
