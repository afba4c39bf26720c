import type { Metrics } from '@see/http';
import type { Fetched, PublishedStatus } from './published-status.ts';

/** What is shown of what was fetched back: of each CA and kind whether it is wrong, and how old the last look is. */
export function observePublished(metrics: Metrics, published: PublishedStatus, now: () => Date): void {
  const each = (name: string, help: string, value: (one: Fetched) => number | undefined) =>
    metrics.gauge({
      name,
      help,
      read: () =>
        published.found.flatMap((one) => {
          const found = value(one);
          return found === undefined ? [] : [[`ca="${one.ca}",kind="${one.kind}"`, found] as const];
        }),
    });
  each('see_published_fault', 'Whether what clients fetch is missing or does not hold.', ({ result }) =>
    Number(!result.ok || (result.until !== undefined && result.until <= now())),
  );
  each('see_published_number', 'Number of the list that clients fetch.', ({ result }) =>
    result.ok ? result.number : undefined,
  );
  each(
    'see_published_behind_seconds',
    'Time since the first list was made that clients should have and do not get.',
    (one) =>
      one.result.ok && one.result.number !== undefined
        ? Math.max(0, (now().getTime() - (one.result.behindSince ?? now()).getTime()) / 1000)
        : undefined,
  );
  metrics.gauge({
    name: 'see_published_look_age_seconds',
    help: 'Time since what is published was last fetched back.',
    read: () => (published.lookedAt ? [['', (now().getTime() - published.lookedAt.getTime()) / 1000]] : []),
  });
}
