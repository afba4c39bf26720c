import { RESPONDER_KEYS } from '@see/domain';
import type { App } from '@see/http';
import { Type } from '@see/http';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';

const Hours = Type.Object({
  zone: Type.String({ description: 'IANA time zone' }),
  from: Type.String({ description: 'Local time, hh:mm' }),
  until: Type.String(),
  days: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { description: '1 is Monday' }),
});

const ConfigurationSchema = Type.Object(
  {
    preset: Type.String(),
    vaUrl: Type.String(),
    portalUrl: Type.String(),
    deskUrl: Type.String(),
    rpId: Type.String(),
    policyArc: Type.String(),
    country: Type.String(),
    permittedDomains: Type.Array(Type.String()),
    risk: Type.Object(
      {
        newSponsorDays: Type.Integer({ description: '0 switches it off' }),
        newDomainDays: Type.Integer({ description: '0 switches it off' }),
        nearNames: Type.Boolean(),
        hours: Type.Union([Hours, Type.Null()]),
        manyAtOnce: Type.Union([Type.Object({ orders: Type.Integer(), minutes: Type.Integer() }), Type.Null()]),
      },
      { title: 'RiskPolicy', description: 'What makes an order one that needs two approvals' },
    ),
    status: Type.Object(
      {
        responderKey: Type.String({ description: RESPONDER_KEYS.join(', ') }),
        crls: Type.Array(
          Type.Object({
            ca: Type.String(),
            delta: Type.Boolean({ description: 'Delta CRLs between full ones' }),
            shards: Type.Array(Type.Integer(), { description: 'In how many parts; new certificates name the last' }),
          }),
        ),
      },
      { title: 'StatusPlan', description: 'How status is published; CAs that are not named have full lists alone' },
    ),
  },
  { title: 'Configuration' },
);

export function showConfiguration(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/configuration',
    {
      config: access('configuration.show'),
      schema: {
        summary: 'The configuration that two administrators signed, defaults filled in',
        description: 'Changed by a `configuration-activate` statement, which has all of these members.',
        tags: ['status'],
        response: { 200: ConfigurationSchema },
      },
    },
    async () => {
      const { configuration } = ra.authority.current;
      const { hours } = configuration.risk;
      return {
        ...configuration,
        permittedDomains: [...configuration.permittedDomains],
        status: {
          ...configuration.status,
          crls: configuration.status.crls.map((plan) => ({ ...plan, shards: [...plan.shards] })),
        },
        risk: { ...configuration.risk, hours: hours && { ...hours, days: [...hours.days] } },
      };
    },
  );
}
