import { Type } from '@see/http';
import { WEBAUTHN_LIMITS } from '@see/statement';

const CredentialId = Type.String({ pattern: '^[A-Za-z0-9_-]{16,200}$' });
const base64url = (maxLength: number) => Type.String({ pattern: '^[A-Za-z0-9_-]+$', maxLength });

const JwsSchema = Type.Object(
  {
    form: Type.Literal('jws'),
    jws: Type.String({ maxLength: 800, description: 'Detached JWS, ES384, over the digest' }),
  },
  { additionalProperties: false, title: 'JwsSignature' },
);

const WebauthnSchema = Type.Object(
  {
    form: Type.Literal('webauthn'),
    authenticatorData: base64url(WEBAUTHN_LIMITS.authenticatorData),
    clientDataJSON: base64url(WEBAUTHN_LIMITS.clientDataJSON),
    signature: base64url(WEBAUTHN_LIMITS.signature),
  },
  {
    additionalProperties: false,
    title: 'WebauthnSignature',
    description: 'WebAuthn assertion whose challenge is the digest; members are base64url without padding',
  },
);

/** A statement signature by a key file, as @see/statement makes it, in the name of a credential. */
export const SignedBySchema = Type.Object(
  { credentialId: CredentialId, signature: JwsSchema },
  { additionalProperties: false, title: 'SignedBy' },
);

/** An approval of an order: by a key file, or by a passkey on the desk. */
export const ApprovalSchema = Type.Object(
  { credentialId: CredentialId, signature: Type.Union([JwsSchema, WebauthnSchema]) },
  { additionalProperties: false, title: 'Approval' },
);
