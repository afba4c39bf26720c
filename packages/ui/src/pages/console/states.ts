import { type TagColour, tag } from '../../components/tag.ts';
import type { SafeHtml } from '../../html.ts';

const ORDERS: Readonly<Record<string, readonly [string, TagColour]>> = {
  preparing: ['Being prepared', 'grey'],
  pending: ['Waits for approval', 'orange'],
  approved: ['Approved', 'teal'],
  redeemable: ['Code sent', 'teal'],
  issuing: ['Being issued', 'teal'],
  issued: ['Issued', 'green'],
  rejected: ['Rejected', 'red'],
  refused: ['Refused by the signer', 'red'],
  withdrawn: ['Withdrawn', 'grey'],
  lapsed: ['Lapsed', 'grey'],
  locked: ['Code locked', 'red'],
};

const CERTIFICATES: Readonly<Record<string, readonly [string, TagColour]>> = {
  good: ['Good', 'green'],
  held: ['On hold', 'orange'],
  revoked: ['Revoked', 'red'],
  expired: ['Expired', 'grey'],
};

const AGENCIES: Readonly<Record<string, readonly [string, TagColour]>> = {
  scoped: ['Admitted, not active yet', 'orange'],
  active: ['Member', 'green'],
  suspended: ['Suspended', 'orange'],
  removed: ['Removed', 'grey'],
};

/** The states in which orders are looked for, with their names. */
export const ORDER_STATE_NAMES: readonly (readonly [string, string])[] = Object.entries(ORDERS).map(
  ([state, [text]]) => [state, text],
);

export function orderTag(state: string): SafeHtml {
  return tag(...(ORDERS[state] ?? [state, 'grey']));
}

export function certificateTag(kind: string): SafeHtml {
  return tag(...(CERTIFICATES[kind] ?? [kind, 'grey']));
}

export function agencyTag(status: string): SafeHtml {
  return tag(...(AGENCIES[status] ?? [status, 'grey']));
}
