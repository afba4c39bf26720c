import { type Actor, Refusal } from '@see/http';
import type { FastifyRequest } from 'fastify';
import type { Ra } from '../ra.ts';
import type { HeldRole } from '../role-in-force.ts';
import { operatorClient, rolesOfClient, roleText } from './operator-client.ts';

/** The request header in which somebody with several roles says in which one a request is made. */
const ROLE_HEADER = 'see-role';

/**
 * Establishes the actor of an API request at the `mtls` door from the operator certificate of the connection, in the one
 * role that its holder has, or the one that the header See-Role names among several. Throws Refusal
 * `certificate-required`, `certificate-refused`, `sign-in-off`, `role-required`, `forbidden` and `access-locked`, and
 * `invalid-request` for a token beside the certificate: who asks must not be open to doubt.
 */
export async function authenticateCertificate(ra: Ra, request: FastifyRequest): Promise<Actor> {
  if (request.headers.authorization !== undefined) {
    throw new Refusal(
      'invalid-request',
      'This port knows you by your certificate. Leave the Authorization header out, or use the other port.',
    );
  }
  const client = await operatorClient(ra, request);
  const held = chosenRole(rolesOfClient(ra, client), request.headers[ROLE_HEADER]);
  const lock = await ra.reviews.lockOf(held, ra.now());
  if (lock) throw lock;
  return {
    certificate: client.sha256,
    name: client.displayName,
    role: held.role,
    personId: client.personId,
    ...(held.agencyId === null ? {} : { agencyId: held.agencyId }),
    method: 'certificate',
  };
}

function chosenRole(roles: readonly HeldRole[], header: string | readonly string[] | undefined): HeldRole {
  const wanted = header === undefined ? undefined : String(header);
  const texts = roles.map(roleText).join(', ');
  if (roles.length === 0) {
    throw new Refusal(
      'forbidden',
      'You have no role here at present. An administrator grants roles; agencies appoint their sponsors.',
    );
  }
  if (wanted === undefined) {
    const [only, ...more] = roles;
    if (only && more.length === 0) return only;
    throw new Refusal('role-required', `You have several roles. Name one in the header See-Role: ${texts}.`);
  }
  const held = roles.find((one) => roleText(one) === wanted);
  if (held) return held;
  throw new Refusal('forbidden', `The header See-Role names a role that you do not have. You have: ${texts}.`);
}
