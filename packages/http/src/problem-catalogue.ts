/**
 * Every error that a face of this project can answer with. Codes are stable: clients switch on them, so a code is never
 * renamed or given another meaning. The title says what kind of thing happened; the detail of a single answer says
 * what exactly, where, and what to do.
 */
export const problemCatalogue = {
  'malformed-request': { status: 400, title: 'The request is not well-formed HTTP' },
  'bad-path': { status: 400, title: 'The address is not well-formed' },
  'duplicate-header': { status: 400, title: 'A header that may appear once appears twice' },
  'malformed-json': { status: 400, title: 'The body is not well-formed JSON' },
  'malformed-text': { status: 400, title: 'The text is not well-formed' },
  'forbidden-member': { status: 400, title: 'The body has a member with a forbidden name' },
  'duplicate-member': { status: 400, title: 'The body names the same member twice' },
  'invalid-request': { status: 400, title: 'The request does not have the form that this operation takes' },
  'role-required': { status: 400, title: 'Say in which of your roles you act' },
  'bad-cursor': { status: 400, title: 'The page marker is not one of ours' },
  'csr-refused': { status: 400, title: 'The certificate request is refused' },
  'order-refused': { status: 400, title: 'The order breaks a rule' },
  'evidence-missing': { status: 400, title: 'Evidence is missing or too old' },
  'signature-refused': { status: 400, title: 'The signature does not hold' },
  'import-refused': { status: 400, title: 'The import breaks a rule' },
  'recovery-refused': { status: 400, title: 'The recovery breaks a rule' },
  'renewal-refused': { status: 400, title: 'The renewal breaks a rule' },
  'statement-refused': { status: 400, title: 'The statement is refused' },
  'revocation-refused': { status: 400, title: 'The change of status is refused' },
  'token-required': { status: 401, title: 'An access token is needed' },
  'token-refused': { status: 401, title: 'The access token is not accepted' },
  'certificate-required': { status: 401, title: 'A client certificate is needed' },
  'certificate-refused': { status: 401, title: 'The client certificate is not accepted' },
  'feed-refused': { status: 401, title: 'The feed is not accepted' },
  'session-required': { status: 401, title: 'Please sign in' },
  'sign-in-refused': { status: 401, title: 'Signing in did not work' },
  forbidden: { status: 403, title: 'This is not permitted' },
  'other-agency': { status: 403, title: 'This belongs to another agency' },
  'party-to-order': { status: 403, title: 'Nobody approves their own order' },
  'cross-site': { status: 403, title: 'The form was not sent from our own page' },
  'sign-in-off': { status: 403, title: 'This way to sign in is not offered here' },
  'access-locked': { status: 403, title: 'The access is locked until somebody reviews it' },
  'code-wrong': { status: 403, title: 'The code is not right' },
  'code-locked': { status: 403, title: 'The code is locked' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'method-not-allowed': { status: 405, title: 'This address does not take that method' },
  'not-acceptable': { status: 406, title: 'We cannot answer in any of the forms asked for' },
  'request-timeout': { status: 408, title: 'The request took too long to arrive' },
  'wrong-state': { status: 409, title: 'This is not possible in the present state' },
  'already-exists': { status: 409, title: 'This exists already' },
  'import-changed': { status: 409, title: 'The import would no longer do what was previewed' },
  'idempotency-mismatch': { status: 409, title: 'The idempotency key was used for another request' },
  'not-redeemable': { status: 410, title: 'The code can no longer be used' },
  'link-over': { status: 410, title: 'The link can no longer be used' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'uri-too-long': { status: 414, title: 'The address is too long' },
  'unsupported-media-type': { status: 415, title: 'We do not take bodies of this type' },
  'expectation-failed': { status: 417, title: 'We cannot meet the expectation' },
  'misdirected-request': { status: 421, title: 'This service does not answer under that name' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'headers-too-large': { status: 431, title: 'The headers are too large' },
  internal: { status: 500, title: 'Something went wrong here' },
  'not-implemented': { status: 501, title: 'This is not offered here' },
  unavailable: { status: 503, title: 'The service cannot do this at the moment' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problemCatalogue;

/** The `type` member of RFC 9457 section 3.1.1: a name, not an address to fetch. */
export function problemType(code: ProblemCode): string {
  return `urn:see-pki:problem:${code}`;
}
