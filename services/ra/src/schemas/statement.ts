import type { StatementRow } from '@see/db/ra';
import { Type } from '@see/http';
import { Hex48, Time } from './fields.ts';

export const StatementSchema = Type.Object(
  {
    digest: Hex48,
    kind: Type.String(),
    seq: Type.Union([Type.Integer(), Type.Null()]),
    bytes: Type.String({ description: 'The canonical bytes, base64; what is signed is their digest' }),
    state: Type.Union([Type.Literal('proposed'), Type.Literal('accepted'), Type.Literal('refused')]),
    refusal: Type.Union([Type.Object({ code: Type.String(), detail: Type.String() }), Type.Null()]),
    signedBy: Type.Array(Type.String(), { description: 'Credential ids' }),
    createdAt: Time,
  },
  { title: 'Statement' },
);

/** A statement as the API shows it. */
export function statementView(row: StatementRow) {
  return {
    digest: row.digest.toHex(),
    kind: row.kind,
    seq: row.seq,
    bytes: Buffer.from(row.bytes).toString('base64'),
    state: row.state,
    refusal: row.refusal ?? null,
    signedBy: [...row.signedBy],
    createdAt: row.createdAt.toISOString(),
  };
}
