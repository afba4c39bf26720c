import { forgetAttempts, forgetChallenges } from '@see/db/ra';
import { endDueCertificates } from './operations/end-due-certificates.ts';
import { runDueLifeEvents } from './operations/life-event/carry-out.ts';
import type { Ra } from './ra.ts';
import { attemptsOver } from './sign-in/attempts.ts';
import { endSessionsWithoutRole } from './sign-in/end-sessions.ts';

/** How often it is looked for what is due, in milliseconds. */
const EVERY = 30_000;

/** Does what falls due with time from now on, one look at a time, and looks after the TLS doors. `stop` waits for the look that is going on. */
export function repeatDueWork(ra: Ra, lookAfterDoors: () => Promise<void>): { stop(): Promise<void> } {
  let looking: Promise<void> = Promise.resolve();
  const look = (): void => {
    looking = looking
      .then(async () => {
        await lookAfterDoors();
        await runDueLifeEvents(ra);
        await endDueCertificates(ra);
        await endSessionsWithoutRole(ra);
        await forgetChallenges(ra.db, ra.now());
        await forgetAttempts(ra.db, attemptsOver(ra));
        await ra.published.look();
      })
      .catch((error: unknown) => ra.log('warn', 'looking for due work failed', { error }));
  };
  const timer = setInterval(look, EVERY);
  look();
  return {
    stop: async () => {
      clearInterval(timer);
      await looking;
    },
  };
}
