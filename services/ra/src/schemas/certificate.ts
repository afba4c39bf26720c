import { Type } from '@see/http';
import { Time } from './fields.ts';

const StatusSchema = Type.Object(
  {
    kind: Type.Union([Type.Literal('good'), Type.Literal('held'), Type.Literal('revoked'), Type.Literal('expired')]),
    reason: Type.Optional(Type.String()),
    since: Type.Optional(Time),
  },
  { title: 'CertificateStatus' },
);

const members = {
  sha256: Type.String(),
  serial: Type.String({ description: 'Lower-case hex' }),
  ca: Type.String(),
  profile: Type.String(),
  subject: Type.String({ description: 'RFC 4514' }),
  names: Type.Array(Type.String()),
  agencyId: Type.Union([Type.String(), Type.Null()]),
  personId: Type.Union([Type.String(), Type.Null()]),
  orderId: Type.Union([Type.String(), Type.Null()]),
  notBefore: Time,
  notAfter: Time,
  spkiSha256: Type.String(),
  status: StatusSchema,
};

export const CertificateSchema = Type.Object(members, { title: 'Certificate' });

/** A certificate with its history and octets. */
export const CertificateDetailSchema = Type.Object(
  {
    ...members,
    renewal: Type.Object({
      opensAt: Type.Union([Time, Type.Null()], { description: 'From when its holder can renew it' }),
      supersededBy: Type.Union([Type.String(), Type.Null()], { description: 'SHA-256 of what replaces it' }),
      overlapEndsAt: Type.Union([Time, Type.Null()], { description: 'Until when it is left alone beside that' }),
      directory: Type.Union([Type.Literal('waits'), Type.Literal('listed'), Type.Null()], {
        description: 'Whether the directory waits for the holder’s confirmation; null for what it never has',
      }),
      confirmedAt: Type.Union([Time, Type.Null()]),
    }),
    pem: Type.String(),
    chain: Type.Array(Type.String(), { description: 'PEM of the issuing CA and the root' }),
    history: Type.Array(
      Type.Object({
        id: Type.Integer(),
        kind: Type.Union([Type.Literal('hold'), Type.Literal('release'), Type.Literal('revoke')]),
        reason: Type.String(),
        at: Time,
        invalidityDate: Type.Union([Time, Type.Null()]),
        requestedBy: Type.String(),
        statement: Type.Union([Type.String(), Type.Null()]),
      }),
    ),
  },
  { title: 'CertificateDetail' },
);
