import { Refusal } from '@see/http';
import type { FastifyRequest } from 'fastify';
import { type Ra, seconds } from '../ra.ts';
import { type HeldRole, rolesInForce } from '../role-in-force.ts';
import { type Client, type Identifying, identifyClient } from './identify-client.ts';

/** What a request at the `mtls` door was found to be, so that it is asked about once. */
const clients = new WeakMap<FastifyRequest, Client>();

/** Identifies the client of a request and keeps it with the request. Throws what `identifyClient` throws. */
export async function rememberClient(ra: Identifying, request: FastifyRequest): Promise<Client> {
  const known = clients.get(request) ?? (await identifyClient(ra, request));
  clients.set(request, known);
  return known;
}

/**
 * The client of a request if its certificate is one of an operator, which alone has powers here. Throws Refusal
 * `certificate-required`, `certificate-refused`, and `sign-in-off` where this way is switched off.
 */
export async function operatorClient(ra: Ra, request: FastifyRequest): Promise<Client> {
  if (!ra.signIn.includes('certificate')) {
    throw new Refusal(
      'sign-in-off',
      'Operator certificates sign nobody in here: SEE_SIGN_IN does not list certificate. Use another way, at another port.',
    );
  }
  const client = await rememberClient(ra, request);
  if (client.ca === 'operations' && client.profileId === 'operator') return client;
  throw new Refusal(
    'certificate-refused',
    `Your client certificate is good and names you, ${client.displayName}; but it is a personal one, and only an operator certificate signs in here.`,
    { extensions: { reason: 'not-operator' } },
  );
}

/** The roles that a client has today, by the statements in force. */
export function rolesOfClient(ra: Ra, { personId }: Client): readonly HeldRole[] {
  return rolesInForce(ra.authority.current, personId, seconds(ra.now()));
}

/** How a role is written in a header, in a form and on the command line: `operator`, `sponsor treasury`. */
export function roleText({ role, agencyId }: HeldRole): string {
  return agencyId === null ? role : `${role} ${agencyId}`;
}
