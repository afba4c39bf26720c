import { readAttention } from '@see/db/ra';
import { type App, actorOf, Type } from '@see/http';
import { access, agencyOf } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Time } from '../../schemas/fields.ts';

const StatusSchema = Type.Object(
  {
    instance: Type.String(),
    preset: Type.String(),
    time: Time,
    chainHead: Type.Integer(),
    pendingOrders: Type.Integer(),
    refusedOrders: Type.Integer(),
    expiringCertificates: Type.Integer({ description: 'Within 30 days' }),
    staleAgencies: Type.Integer(),
    unendedAgencies: Type.Array(Type.String(), {
      description: 'Removed agencies of which certificates are good still: see agency abolish',
    }),
    failedMails: Type.Integer(),
    waitingReports: Type.Integer({ description: 'What HR feeds told and what waits for a person' }),
    crls: Type.Array(Type.Object({ ca: Type.String(), number: Type.Integer(), nextUpdate: Time })),
    processes: Type.Array(Type.Object({ process: Type.String(), seenAt: Time })),
  },
  { title: 'Status' },
);

export function showStatus(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/status',
    {
      config: access('status.show'),
      schema: { summary: 'Whether anything needs somebody', tags: ['status'], response: { 200: StatusSchema } },
    },
    async (request) => {
      const now = ra.now();
      const attention = await readAttention(ra.db, now, agencyOf(actorOf(request)));
      return {
        instance: ra.instance,
        preset: ra.site.preset,
        time: now.toISOString(),
        chainHead: ra.authority.current.headSeq,
        pendingOrders: attention.pendingOrders,
        refusedOrders: attention.refusedOrders,
        expiringCertificates: attention.expiringCertificates,
        staleAgencies: attention.staleAgencies,
        unendedAgencies: [...attention.unendedAgencies],
        failedMails: attention.failedMails,
        waitingReports: attention.waitingReports,
        crls: attention.crls.map((crl) => ({ ...crl, nextUpdate: crl.nextUpdate.toISOString() })),
        processes: attention.processes.map(({ process, seenAt }) => ({ process, seenAt: seenAt.toISOString() })),
      };
    },
  );
}
