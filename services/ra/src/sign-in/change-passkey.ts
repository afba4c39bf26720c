import { type AuditActor, type AuditEvent, withTransaction, writeAudit } from '@see/db';
import { findSignInPasskeyById, removeSignInPasskey, renameSignInPasskey, type SignInPasskey } from '@see/db/ra';
import { type Actor, assertPlainText, Refusal } from '@see/http';
import type { Ra } from '../ra.ts';

/** Gives a passkey another name, for its owner or an administrator. */
export async function renamePasskey(ra: Ra, actor: Actor, by: AuditActor, id: string, label: string): Promise<void> {
  const name = passkeyLabel(label);
  const passkey = await passkeyFor(ra, actor, id);
  await withTransaction(ra.db, async (tx) => {
    if (!(await renameSignInPasskey(tx, id, name))) throw none();
    await writeAudit(tx, [event('access.passkey-renamed', by, passkey, { before: passkey.label, after: name })]);
  });
}

/** Removes a passkey for good, with the sessions made with it, for its owner or an administrator. */
export async function removePasskey(ra: Ra, actor: Actor, by: AuditActor, id: string): Promise<void> {
  const passkey = await passkeyFor(ra, actor, id);
  await withTransaction(ra.db, async (tx) => {
    if (!(await removeSignInPasskey(tx, id, actor.personId, ra.now()))) throw none();
    await writeAudit(tx, [event('access.passkey-removed', by, passkey, { label: passkey.label })]);
  });
}

/** The name of a passkey as it is kept. Throws Refusal `invalid-request`. */
export function passkeyLabel(text: string): string {
  assertPlainText(text, 'The name of a passkey');
  const label = text.trim();
  if (label === '' || label.length > 100) {
    throw new Refusal('invalid-request', 'The name of a passkey has 1 to 100 characters.');
  }
  return label;
}

async function passkeyFor(ra: Ra, actor: Actor, id: string): Promise<SignInPasskey> {
  const passkey = await findSignInPasskeyById(ra.db, id);
  if (!passkey || (passkey.personId !== actor.personId && actor.role !== 'administrator')) throw none();
  return passkey;
}

function none(): Refusal {
  return new Refusal('not-found', 'No passkey of yours has this id. Administrators change those of others.');
}

function event(kind: string, by: AuditActor, passkey: SignInPasskey, detail: AuditEvent['detail']): AuditEvent {
  const { id, personId } = passkey;
  return { kind, outcome: 'success', actor: by, objectType: 'person', objectId: personId, detail: { id, ...detail } };
}
