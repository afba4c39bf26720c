import type { Metrics } from '@see/http/metrics';
import type { CrlScope } from '@see/issuance/crl-scope';
import type { ShelvedCrl } from '../crl/crl-shelf.ts';
import type { StatusSide } from './status-side.ts';

type Kind = 'full' | 'delta' | 'parts';

/**
 * What is shown of CRLs, by CA and kind of list: of the parts of a CA together, the one that is worst off. Deltas and parts are
 * those that the CA is to publish: one that it once had is nobody's concern.
 */
export function observeCrls(metrics: Metrics, status: StatusSide, now: () => Date): void {
  const each = (
    name: string,
    help: string,
    value: (crls: readonly ShelvedCrl[], absent: number) => number | undefined,
  ) =>
    metrics.gauge({
      name,
      help,
      read: () =>
        ['root', ...(status.cas?.issuing.keys() ?? [])].flatMap((ca) =>
          [...byKind(status.planned(ca))].flatMap(([kind, scopes]) => {
            const crls = scopes.flatMap((scope) => status.shelf.get(ca, scope) ?? []);
            const found = value(crls, scopes.length - crls.length);
            return found === undefined ? [] : [[`ca="${ca}",kind="${kind}"`, found] as const];
          }),
        ),
    });
  const lowest = (crls: readonly ShelvedCrl[], value: (crl: ShelvedCrl) => number) =>
    crls.length === 0 ? undefined : Math.min(...crls.map(value));
  const highest = (crls: readonly ShelvedCrl[], value: (crl: ShelvedCrl) => number) =>
    crls.length === 0 ? undefined : Math.max(...crls.map(value));
  each('see_va_crl_number', 'Number of the CRL that is published; of parts, the lowest.', (crls) =>
    lowest(crls, ({ number }) => Number(number)),
  );
  each('see_va_crl_age_seconds', 'Age of the CRL that is published; of parts, the oldest.', (crls) =>
    highest(crls, ({ thisUpdate }) => (now().getTime() - thisUpdate.getTime()) / 1000),
  );
  each('see_va_crl_remaining_seconds', 'Time that the CRL is still valid; of parts, the one that ends first.', (crls) =>
    lowest(crls, ({ nextUpdate }) => (nextUpdate.getTime() - now().getTime()) / 1000),
  );
  each('see_va_crl_entries', 'Entries of the CRLs that are published.', (crls) =>
    crls.reduce((sum, { entries }) => sum + entries.size, 0),
  );
  each('see_va_crl_missing', 'CRLs that are to be published and are not there.', (_, absent) => absent);
}

function byKind(scopes: readonly CrlScope[]): Map<Kind, CrlScope[]> {
  return Map.groupBy(scopes, (scope): Kind => (scope === 'full' || scope === 'delta' ? scope : 'parts'));
}
