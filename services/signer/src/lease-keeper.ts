import type { Database } from '@see/db';
import { releaseLease, takeLease } from '@see/db/signer';

/** The lease that makes one signer of several the one that signs. */
export const LEASE = 'signer';
const RENEW_MS = 4_000;

/** Waits until the lease is ours and keeps it; tells when it was lost. */
export async function keepLease(
  db: Database,
  holder: string,
  closing: AbortSignal,
  lost: () => void,
): Promise<{ close(): Promise<void> }> {
  while (!(await takeLease(db, LEASE, holder))) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    if (closing.aborted) break;
  }
  const timer = setInterval(() => {
    takeLease(db, LEASE, holder).then(
      (ours) => {
        if (!ours) lost();
      },
      // The database is away: transactions fail by themselves, and the lease lapses if it stays away.
      () => undefined,
    );
  }, RENEW_MS);
  return {
    async close() {
      clearInterval(timer);
      await releaseLease(db, LEASE, holder).catch(() => undefined);
    },
  };
}
