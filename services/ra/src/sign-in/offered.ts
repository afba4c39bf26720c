import { Refusal } from '@see/http';
import type { SignInMethod } from '@see/process';
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

/** Refuses a way to sign in that is switched off, or that cannot work here. */
export function assertOffered(ra: Ra, method: SignInMethod): void {
  if (method === 'passkey') {
    const fault = passkeyFault(ra);
    if (fault !== undefined) throw new Refusal('sign-in-off', fault);
  } else if (!ra.signIn.includes(method)) {
    throw new Refusal(
      'sign-in-off',
      'Access tokens open no session here: SEE_SIGN_IN does not list them. Use a passkey.',
    );
  }
}
