import type { Metrics } from '@see/http/metrics';
import type { Page } from '../http/page.ts';
import { jsonReply, textReply } from '../http/reply.ts';
import type { Readiness } from '../run/readiness.ts';

/** `/healthz`: the process answers. `/readyz`: 200 when it can answer rightly, 503 with what is missing. `/metrics`. */
export function healthPage(ready: () => Readiness, metrics: Metrics): Page {
  return ({ path }) => {
    switch (path) {
      case '/healthz':
        return jsonReply(200, { status: 'ok' });
      case '/readyz': {
        const { missing, degraded } = ready();
        return jsonReply(missing.length === 0 ? 200 : 503, { ready: missing.length === 0, missing, degraded });
      }
      case '/metrics':
        return textReply(200, 'text/plain; version=0.0.4; charset=utf-8', metrics.text(), {
          'cache-control': 'no-store',
        });
      default:
        return undefined;
    }
  };
}
