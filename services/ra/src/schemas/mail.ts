import type { MailRow } from '@see/db/ra';
import { MAIL_STATES } from '@see/domain';
import { Type } from '@see/http';
import { TEMPLATE_IDS } from '@see/letters';
import { AgencyId, Time, Uuid } from './fields.ts';

export const MailStateSchema = Type.Enum([...MAIL_STATES]);
export const TemplateIdSchema = Type.Enum([...TEMPLATE_IDS]);

const Text = Type.Union([Type.String(), Type.Null()]);

export const MailSchema = Type.Object(
  {
    id: Uuid,
    template: TemplateIdSchema,
    recipient: Type.String(),
    agencyId: Type.Union([AgencyId, Type.Null()]),
    orderId: Type.Union([Uuid, Type.Null()]),
    state: MailStateSchema,
    attempts: Type.Integer({ description: 'Tries since it was asked for, or asked for again' }),
    code: Type.Union([Type.String(), Type.Null()], { description: 'Why the last try failed, or why it was dropped' }),
    reason: Text,
    createdAt: Time,
    updatedAt: Time,
  },
  { title: 'Mail' },
);

/** A mail as the API shows it: what it is about, never what it says. */
export function mailView(mail: MailRow) {
  return { ...mail, createdAt: mail.createdAt.toISOString(), updatedAt: mail.updatedAt.toISOString() };
}
