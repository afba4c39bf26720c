import { doorOf, Refusal } from '@see/http';
import type { FastifyRequest } from 'fastify';
import type { Ra } from '../ra.ts';

/** Why passkeys cannot be used to sign in here, in words for an administrator; undefined when they can. */
export function passkeyFault(ra: Ra): string | undefined {
  if (!ra.signIn.includes('passkey')) return 'Passkeys are switched off: SEE_SIGN_IN does not list them.';
  const { rpId } = ra.authority.current.configuration;
  const { protocol, hostname, host } = new URL(ra.site.urls.portal);
  if (protocol !== 'https:' && hostname !== 'localhost') {
    return 'Passkeys need a portal with an https address.';
  }
  if (hostname === rpId || hostname.endsWith(`.${rpId}`)) return undefined;
  return `Passkeys are registered for ${rpId}, which was sealed when the instance was made, and the portal ${host} is not within it. Sign in with an access token.`;
}

/** Why nobody signs in by an account at a provider here, in words for an administrator; undefined when that is possible. */
export function oidcFaultOf(ra: Ra): string | undefined {
  if (!ra.signIn.includes('oidc'))
    return 'Signing in by OpenID Connect is switched off: SEE_SIGN_IN does not list oidc.';
  return ra.oidc ? undefined : 'No OpenID provider is set up: SEE_OIDC_ISSUER.';
}

/** Forms and calls of the ways to sign in without a certificate. */
const WITHOUT_CERTIFICATE: ReadonlySet<string> = new Set([
  'console.sign-in',
  'console.sign-in-passkey',
  'console.register-passkey',
  'console.sign-in-oidc',
]);

/** At the `mtls` door a session holds with the certificate of the connection alone, so no other way leads in. */
export function refuseOtherWays(request: FastifyRequest): void {
  const { operation = '' } = request.routeOptions.config;
  if (doorOf(request) !== 'mtls' || !WITHOUT_CERTIFICATE.has(operation)) return;
  // Pages of signing in are those of the certificate there; the way to a provider is a page that leads away.
  if (request.method !== 'POST' && operation !== 'console.sign-in-oidc') return;
  throw new Refusal('sign-in-off', 'At this port you sign in with your operator certificate, and in no other way.');
}

/** Refuses a way to sign in that is switched off, or that cannot work here. */
export function assertOffered(ra: Ra, method: 'passkey' | 'token' | 'oidc'): void {
  if (method === 'passkey') {
    const fault = passkeyFault(ra);
    if (fault !== undefined) throw new Refusal('sign-in-off', fault);
  } else if (method === 'oidc') {
    const fault = oidcFaultOf(ra);
    if (fault !== undefined) throw new Refusal('sign-in-off', fault);
  } else if (!ra.signIn.includes(method)) {
    throw new Refusal(
      'sign-in-off',
      'Access tokens open no session here: SEE_SIGN_IN does not list them. Sign in by another way.',
    );
  }
}
