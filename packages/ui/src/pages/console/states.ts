import { html, type SafeHtml, t } from '@see/language';
import { type TagColour, tag } from '../../components/tag.ts';

type States = Readonly<Record<string, readonly [SafeHtml, TagColour]>>;

const ORDERS: States = {
  preparing: [t`Being prepared`, 'grey'],
  pending: [t`Waits for approval`, 'orange'],
  approved: [t`Approved`, 'teal'],
  redeemable: [t`Code sent`, 'teal'],
  issuing: [t`Being issued`, 'teal'],
  issued: [t`Issued`, 'green'],
  rejected: [t`Rejected`, 'red'],
  refused: [t`Refused by the signer`, 'red'],
  withdrawn: [t`Withdrawn`, 'grey'],
  lapsed: [t`Lapsed`, 'grey'],
  locked: [t`Code locked`, 'red'],
};

const CERTIFICATES: States = {
  good: [t`Good`, 'green'],
  held: [t`On hold`, 'orange'],
  revoked: [t`Revoked`, 'red'],
  expired: [t`Expired`, 'grey'],
};

const AGENCIES: States = {
  scoped: [t`Admitted, not active yet`, 'orange'],
  active: [t`Member`, 'green'],
  suspended: [t`Suspended`, 'orange'],
  removed: [t`Removed`, 'grey'],
};

/** The states in which orders are looked for, with their names. */
export const ORDER_STATE_NAMES: readonly (readonly [string, SafeHtml])[] = Object.entries(ORDERS).map(
  ([state, [text]]) => [state, text],
);

/** The states in which certificates are looked for, with their names. */
export const CERTIFICATE_STATE_NAMES: readonly (readonly [string, SafeHtml])[] = Object.entries(CERTIFICATES).map(
  ([state, [text]]) => [state, text],
);

export function orderTag(state: string): SafeHtml {
  return stateTag(ORDERS, state);
}

export function certificateTag(kind: string): SafeHtml {
  return stateTag(CERTIFICATES, kind);
}

export function agencyTag(status: string): SafeHtml {
  return stateTag(AGENCIES, status);
}

function stateTag(states: States, state: string): SafeHtml {
  return tag(...(states[state] ?? ([html`${state}`, 'grey'] as const)));
}
