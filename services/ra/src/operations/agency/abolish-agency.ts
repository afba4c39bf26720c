import { type AuditActor, notify, withTransaction, writeAudit } from '@see/db';
import { changePerson, lockAgency, lockPerson, readAgencyOrders, readMembers, withdrawAccess } from '@see/db/ra';
import { type AgencyScope, moveOf, ORDER_MACHINE, REVOCATION_REASONS } from '@see/domain';
import { Refusal } from '@see/http';
import type { Ra } from '../../ra.ts';
import { refusedFor } from '../../refusal.ts';
import { recordStatusChange } from '../change-status.ts';
import { assertStatements, coveringStatement, readRevoking } from '../life-event/revoking-statements.ts';
import { withdrawOrders } from '../life-event/withdraw-orders.ts';
import { certificatesToEnd } from './certificates-to-end.ts';

/** States of orders that can still be withdrawn, and the one that can not any more. */
const OPEN = moveOf(ORDER_MACHINE, 'withdraw').from;
const BEING_SIGNED = ['issuing'];

/** What an agency leaves behind: certificates that are good or on hold, open orders, and people. */
export async function previewAbolition(ra: Ra, agency: AgencyScope) {
  const [certificates, open, issuing, people] = await Promise.all([
    certificatesToEnd(ra, ra.db, agency.agencyId),
    readAgencyOrders(ra.db, agency.agencyId, OPEN),
    readAgencyOrders(ra.db, agency.agencyId, BEING_SIGNED),
    readMembers(ra.db, agency.agencyId),
  ]);
  return {
    agencyId: agency.agencyId,
    status: agency.status,
    revoked: certificates.map(({ certificate: { ca, serial, profileId }, reason }) => ({
      ca,
      serial: serial.toHex(),
      profile: profileId,
      reason,
    })),
    orders: open.length,
    ordersBeingSigned: issuing.length,
    people: people.length,
  };
}

/** What the end of an agency did. */
export interface Abolished {
  readonly certificatesRevoked: number;
  readonly ordersWithdrawn: number;
  readonly peopleEnded: number;
}

/**
 * Ends everything of an agency that two operators removed, in one transaction: each of its certificates is revoked by a
 * statement that names it, open orders are withdrawn, and its people lose their place and every way to sign in. Asked again,
 * it ends what came since. Roles that its people hold elsewhere end by statements of their own. Refuses, and changes nothing,
 * while the agency is a member, an order is being signed, or any certificate is not named by a statement of two operators.
 */
export async function abolishAgency(
  ra: Ra,
  by: AuditActor,
  agency: AgencyScope,
  wish: { readonly statements?: readonly string[]; readonly note?: string },
): Promise<Abolished> {
  const { agencyId } = agency;
  if (agency.status !== 'removed') throw notRemoved(agencyId);
  await assertStatements(ra, wish.statements);
  return withTransaction(ra.db, async (tx) => {
    await lockAgency(tx, agencyId);
    if ((await readAgencyOrders(tx, agencyId, BEING_SIGNED)).length > 0)
      throw new Refusal('wrong-state', 'An order of the agency is being signed. Ask again in a moment.');
    const statements = await readRevoking(tx, wish.statements);
    const certificates = (await certificatesToEnd(ra, tx, agencyId)).map(({ certificate, reason }) => {
      const code = REVOCATION_REASONS[reason];
      return { certificate, code, statementDigest: coveringStatement(ra, statements, certificate, code) };
    });
    const unnamed = certificates.filter(({ statementDigest }) => statementDigest === null);
    if (unnamed.length > 0) throw notNamed(unnamed.length);
    for (const { certificate, code, statementDigest } of certificates)
      await recordStatusChange(tx, by, certificate, {
        kind: 'revoke',
        reason: code,
        invalidityDate: null,
        statementDigest,
        requestedBy: by.personId ?? 'operators',
      });
    const orders = await withdrawOrders(tx, by, await readAgencyOrders(tx, agencyId, OPEN), 'the agency was abolished');
    const people = await readMembers(tx, agencyId);
    for (const personId of people) {
      await lockPerson(tx, personId);
      await changePerson(tx, personId, { leftAt: ra.now() });
      await withdrawAccess(tx, personId, ra.now());
    }
    const result = {
      certificatesRevoked: certificates.length,
      ordersWithdrawn: orders.length,
      peopleEnded: people.length,
    };
    await writeAudit(tx, [
      {
        kind: 'agency.abolished',
        outcome: 'success',
        actor: by,
        objectType: 'agency',
        objectId: agencyId,
        detail: {
          ...result,
          removal: agency.digest,
          note: wish.note ?? null,
          statements: [...statements.keys()],
          people,
        },
      },
    ]);
    await notify(tx, 'see_revocations', 0);
    return result;
  });
}

function notRemoved(agencyId: string): Refusal {
  return refusedFor('wrong-state', [
    {
      code: 'agency-is-member',
      message: `agency ${agencyId} is a member still`,
      source: 'WF-M',
      remedy: 'have two operators sign its removal first: see agency abolish AGENCY --key FILE1 FILE2 does both',
    },
  ]);
}

function notNamed(count: number): Refusal {
  return refusedFor('statement-refused', [
    {
      code: 'certificates-not-named',
      message: `${count} certificates of the agency are named by no statement that two operators signed for the reason of their profile`,
      source: 'design 3',
      remedy: 'make the statements from the list of GET on the same path, one a reason and 500 certificates',
    },
  ]);
}
