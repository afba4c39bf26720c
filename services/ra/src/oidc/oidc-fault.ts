import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';

/** Why an answer of the provider does not hold: a word for the audit trail. Holds nothing of what was sent. */
export interface OidcFault {
  readonly fault: string;
}

/**
 * Says an error of the library in a word of ours. `provider-away` is what may pass by itself: no connection, no answer in
 * time, an answer of a server that is broken.
 */
export function oidcFault(error: unknown): OidcFault {
  if (error instanceof AuthorizationResponseError) return { fault: word('provider', error.error) };
  if (error instanceof ResponseBodyError) {
    return { fault: error.status >= 500 ? 'provider-away' : word('token', error.error) };
  }
  const code = (error as { readonly code?: unknown } | null)?.code;
  if (error instanceof ClientError || typeof code === 'string') {
    const text = typeof code === 'string' ? code : '';
    if (/TIMEOUT|ABORT|RESPONSE_IS_NOT|PARSE_ERROR/.test(text)) return { fault: 'provider-away' };
    const about = claimOf(error);
    return { fault: about === undefined ? word('response', text) : `wrong-${about}` };
  }
  // fetch says every failure of the network as a TypeError.
  return { fault: error instanceof TypeError ? 'provider-away' : 'malformed' };
}

/** The claim or parameter that a failed comparison was about, for those that are worth telling apart. */
function claimOf(error: unknown): string | undefined {
  const { cause, message } = error as { readonly cause?: unknown; readonly message?: string };
  const inner = cause instanceof Error ? cause : undefined;
  const details = (inner?.cause ?? cause) as { readonly claim?: unknown } | undefined;
  const claim = typeof details?.claim === 'string' ? details.claim : undefined;
  const text = `${message ?? ''} ${inner?.message ?? ''}`;
  const named = claim ?? /\b(state|iss|aud|azp|nonce|exp|iat|nbf|auth_time|signature|alg)\b/.exec(text)?.[1];
  return named?.replaceAll('_', '-');
}

function word(kind: string, text: string): string {
  const safe = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 60);
  return `${kind}-${safe || 'unknown'}`;
}
