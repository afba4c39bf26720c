import type { Fields } from '../fields.ts';
import type { Configuration } from './authority.ts';
import { readRiskPolicy } from './risk-policy.ts';
import { readStatusPlan } from './status-plan.ts';

const URL_TEXT = /^https?:\/\/[a-z0-9.-]+(:[0-9]{1,5})?$/;
/** X.660: the second arc goes to 39 below 0 and 1. */
const ARC = /^([01]\.([0-9]|[1-3][0-9])|2\.(0|[1-9][0-9]*))(\.(0|[1-9][0-9]*))*$/;
const DOMAIN = /^[a-z0-9-]+(\.[a-z0-9-]+)*$/;

/** Reads the configuration of a genesis or `configuration-activate` statement. Those of before `risk` and `status` have the defaults. */
export function readConfiguration(fields: Fields): Configuration {
  const configuration = {
    preset: fields.oneOf('preset', ['evaluation', 'production']),
    vaUrl: fields.text('vaUrl', URL_TEXT),
    portalUrl: fields.text('portalUrl', URL_TEXT),
    deskUrl: fields.text('deskUrl', URL_TEXT),
    rpId: fields.text('rpId', DOMAIN),
    policyArc: fields.text('policyArc', ARC),
    country: fields.text('country', /^[A-Z]{2}$/),
    permittedDomains: fields.texts('permittedDomains', 1, 100, DOMAIN),
    risk: readRiskPolicy(fields.has('risk') ? fields.object('risk') : undefined),
    status: readStatusPlan(fields.has('status') ? fields.object('status') : undefined),
  };
  fields.end();
  return configuration;
}
