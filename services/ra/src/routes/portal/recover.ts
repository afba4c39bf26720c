import { activeProfile, activeRecoveryAgents } from '@see/domain';
import type { App } from '@see/http';
import { profileOf } from '@see/policy';
import { recoverPage, viewOf } from '@see/ui';
import type { Ra } from '../../ra.ts';

/** `/recover`: whether copies of encryption keys are kept today and by whom, and how a holder asks for theirs. */
export function recoverRoute(scope: App, ra: Ra): void {
  scope.get('/recover', { config: { operation: 'portal.recover', public: true } }, async (request) => {
    const { current } = ra.authority;
    const active = activeProfile(current, 'user-encrypt');
    const kept = active !== undefined && profileOf(active.content).escrow;
    const agents = kept ? (activeRecoveryAgents(current)?.agents ?? []) : [];
    return recoverPage(viewOf(ra.site, request), { agents: agents.map(({ label }) => label) });
  });
}
