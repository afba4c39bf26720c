import { createHash } from 'node:crypto';
import type { AuditActor } from '@see/db';
import { clientCertificate, doorOf, Refusal } from '@see/http';
import type { FastifyRequest } from 'fastify';
import type { Ra } from '../ra.ts';
import type { Client } from './identify-client.ts';
import { rememberClient } from './operator-client.ts';

/**
 * The client of a request if its certificate is a personal one for signing in. It opens its holder's own pages, gives no
 * role, and is asked about at each request like every other. Throws Refusal `certificate-required` and
 * `certificate-refused`.
 */
export async function personalClient(ra: Ra, request: FastifyRequest): Promise<Client> {
  if (doorOf(request) !== 'mtls')
    throw new Refusal('certificate-required', `Your own pages are at ${ra.doors.mtls[0]}/my only.`);
  const client = await rememberClient(ra, request);
  if (client.ca === 'individual' && client.profileId === 'user-auth') return client;
  throw new Refusal(
    'certificate-refused',
    `Your client certificate is good and names you, ${client.displayName}; but these pages are for the personal certificate for signing in.`,
    { extensions: { reason: 'not-personal' } },
  );
}

/** A holder who acts by their certificate, for the audit trail. */
export function holderActor(request: FastifyRequest, { personId }: Client): AuditActor {
  const shown = clientCertificate(request);
  const address = request.socket.remoteAddress;
  return {
    personId,
    method: 'certificate',
    ...(shown ? { certificate: createHash('sha256').update(shown).digest('hex') } : {}),
    ...(address === undefined ? {} : { address }),
  };
}
