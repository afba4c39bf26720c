import type { Role } from '@see/domain';

/**
 * Who makes a request, as the server established it from a secret. Nothing in here comes from a header, a body or a
 * name that the client chose.
 */
export interface Actor {
  /** The token of this request, the session, or the client certificate by the SHA-256 of its DER in hex; a session at the `mtls` door has both of the last. */
  readonly tokenId?: string;
  readonly sessionId?: string;
  readonly certificate?: string;
  readonly name: string;
  readonly role: Role;
  /** Present when the token is for one agency: it then sees and touches that agency only. */
  readonly agencyId?: string;
  readonly personId: string;
  readonly method: 'token' | 'session' | 'certificate';
}
