import { Type } from '@see/http';

/** A statement signature as @see/statement makes it, in the name of a credential. */
export const SignedBySchema = Type.Object(
  {
    credentialId: Type.String({ pattern: '^[A-Za-z0-9_-]{16,200}$' }),
    signature: Type.Object(
      {
        form: Type.Literal('jws'),
        jws: Type.String({ maxLength: 800, description: 'Detached JWS, ES384, over the digest' }),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false, title: 'SignedBy' },
);
