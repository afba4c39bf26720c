import { findImport } from '@see/db/ra';
import type { Ra } from '../ra.ts';
import { importView } from '../schemas/import.ts';

/** Milliseconds without news after which a comment keeps the connection alive, and after which a stream ends by itself. */
const HEARTBEAT = 15_000;
const LONGEST = 600_000;

/**
 * The progress of an import as server-sent events (HTML Living Standard section 9.2): `progress` with the import at once
 * and on each change, `end` once it is done. Ends after ten minutes too, within a second of
 * `gone`, and with the service; whoever reads connects again and gets the present state. An `updatedAt` that alone changed is no news.
 */
export async function* importEvents(
  ra: Ra,
  id: string,
  gone: AbortSignal,
  heartbeat = HEARTBEAT,
): AsyncGenerator<string> {
  const end = performance.now() + LONGEST;
  let last = '';
  let said = performance.now();
  const over = AbortSignal.any([gone, ra.eventStreams.closing]);
  while (!over.aborted && performance.now() < end) {
    // Waiting starts before the question, so a hint that comes while it is asked is not lost.
    const hint = ra.wakeUps.wait('imports', 1_000);
    const found = await findImport(ra.db, id);
    if (!found) return;
    const { updatedAt, ...news } = importView(found);
    const state = JSON.stringify(news);
    if (state !== last) {
      yield `event: progress\ndata: ${JSON.stringify({ ...news, updatedAt })}\n\n`;
      [last, said] = [state, performance.now()];
    } else if (performance.now() - said >= heartbeat) {
      yield ': still here\n\n';
      said = performance.now();
    }
    if (found.state === 'done') {
      yield 'event: end\ndata: {}\n\n';
      return;
    }
    await hint;
  }
}
