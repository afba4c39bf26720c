import type { SafeHtml } from '@see/language';
import { signInPage, viewOf } from '@see/ui';
import type { FastifyRequest } from 'fastify';
import type { Ra } from '../../ra.ts';
import { oidcFaultOf, passkeyFault } from '../../sign-in/offered.ts';

/** What is said on the page of signing in: faults of the token, or what else went wrong. */
export interface SignInWords {
  readonly errors?: readonly SafeHtml[];
  readonly notice?: string;
}

/** The page of signing in with every way that is offered, but certificates, which have a port and a page of their own. */
export function drawSignIn(
  ra: Ra,
  request: FastifyRequest,
  next: string,
  { errors = [], notice }: SignInWords = {},
): string {
  const token = ra.signIn.includes('token');
  return signInPage(viewOf(ra.site, request), {
    next,
    token,
    passkey: passkeyFault(ra) === undefined,
    account: oidcFaultOf(ra) === undefined ? ra.oidc?.name : undefined,
    certificateUrl:
      ra.signIn.includes('certificate') && ra.serverCertificate.doors.mtls
        ? `${ra.doors.mtls[0]}/console/sign-in?next=${encodeURIComponent(next)}`
        : undefined,
    // Whoever may use nothing but passkeys is told why there are none.
    notice: notice ?? (token ? undefined : passkeyFault(ra)),
    errors: errors.map((text) => ({ field: 'token', text })),
  });
}
