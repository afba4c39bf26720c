import type { Ra } from '../../ra.ts';
import { runDueLifeEvents } from './carry-out.ts';

/** How often it is looked for events that are due, in milliseconds. */
const EVERY = 30_000;

/** Carries out what is due from now on, one look at a time. `stop` waits for the look that is going on. */
export function repeatLifeEvents(ra: Ra): { stop(): Promise<void> } {
  let looking: Promise<void> = Promise.resolve();
  const look = (): void => {
    looking = looking
      .then(() => runDueLifeEvents(ra))
      .catch((error: unknown) => ra.log('warn', 'looking for life events failed', { error }));
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
