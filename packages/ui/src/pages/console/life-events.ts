import { type HtmlValue, t } from '@see/language';

/** What can happen in a person's life, as the domain names it. */
export type LifeEventName = 'leaver' | 'death' | 'mover' | 'name-change' | 'lost-token' | 'lost-key';

/** In plain words, and what follows. */
export const LIFE_EVENT_WORDS: Readonly<
  Record<LifeEventName, { readonly title: HtmlValue; readonly hint: HtmlValue }>
> = {
  leaver: {
    title: t`Leaves the agency`,
    hint: t`All certificates are revoked on the day, access to this console ends, and orders that are open are withdrawn.`,
  },
  'name-change': {
    title: t`Has another name`,
    hint: t`Certificates with the old name go on for 30 days, so that new ones can be ordered and installed before.`,
  },
  'lost-token': {
    title: t`Has lost a token or device that may be found again`,
    hint: t`Certificates are put on hold where that is possible, so that nothing works until it is found.`,
  },
  'lost-key': {
    title: t`Somebody else may have the key`,
    hint: t`Certificates are revoked at once, as compromised.`,
  },
  mover: {
    title: t`Moves to another agency`,
    hint: t`Certificates of this agency are revoked on the day; the person goes on at the other one. Only operators do this.`,
  },
  death: { title: t`Has died`, hint: t`All certificates are revoked, from the day that you give.` },
};

/** What an event does, or did, to one certificate, as the API names it. */
export interface EventAction {
  readonly serial: string;
  readonly sha256: string;
  readonly profile: string;
  readonly action: 'revoke' | 'hold' | 'none';
  readonly reason: string | null;
  readonly because: string | null;
}

/** In words; `done`: it has happened. */
export function actionText({ action, reason, because }: EventAction, done: boolean): HtmlValue {
  if (action === 'hold') return done ? t`put on hold` : t`will be put on hold`;
  if (action === 'revoke')
    return done ? t`revoked: ${reasonText(reason ?? '')}` : t`will be revoked: ${reasonText(reason ?? '')}`;
  if (because === 'two-operators') return t`left as it is: two operators have to revoke it`;
  if (because === 'expired') return t`left as it is: it has ended by then`;
  return because === 'held' ? t`left as it is: it is on hold already` : t`left as it is: it is revoked already`;
}

function reasonText(reason: string): HtmlValue {
  if (reason === 'affiliationChanged') return t`no longer with the agency, or not under this name`;
  if (reason === 'cessationOfOperation') return t`no longer in use`;
  if (reason === 'superseded') return t`replaced`;
  if (reason === 'keyCompromise') return t`the key may be known to others`;
  if (reason === 'privilegeWithdrawn') return t`the right to it has ended`;
  return reason;
}
