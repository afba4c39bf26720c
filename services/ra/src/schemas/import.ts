import type { Import } from '@see/db/ra';
import { type Static, Type } from '@see/http';
import { AgencyId, Hex32, PersonId, Time, Uuid } from './fields.ts';
import { RisksSchema } from './risk.ts';

const HeaderName = Type.String({ minLength: 1, maxLength: 1_000 });

const ProfileId = Type.String({ pattern: '^[a-z][a-z0-9-]{1,40}$' });

const ImportOrderSchema = Type.Object(
  {
    profiles: Type.Array(ProfileId, { minItems: 1, maxItems: 3 }),
    sponsorId: PersonId,
    agentId: Type.Optional(PersonId),
    type: Type.Optional(ProfileId),
    organizationName: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    validityDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 825 })),
  },
  {
    additionalProperties: false,
    title: 'ImportOrder',
    description: 'Certificates that are ordered for each person who is entered, by one-time code',
  },
);

/** What is sent to preview an import; confirming it takes the digest besides. */
export const importWish = {
  agencyId: AgencyId,
  csv: Type.String({ minLength: 1, maxLength: 5_600_000, description: 'Base64 of the octets of the CSV file' }),
  mapping: Type.Optional(
    Type.Object(
      {
        givenName: Type.Optional(HeaderName),
        surname: Type.Optional(HeaderName),
        displayName: Type.Optional(HeaderName),
        email: Type.Optional(HeaderName),
        externalId: Type.Optional(HeaderName),
      },
      { additionalProperties: false, description: 'Header names by field; what is not named is recognised' },
    ),
  ),
  sameName: Type.Optional(
    Type.Union([Type.Literal('skip'), Type.Literal('create')], {
      description: 'What is done with a row whose display name the agency has already; skip when absent',
    }),
  ),
  leaveOut: Type.Optional(
    Type.Boolean({ description: 'Leave rows with problems out; when absent, one of them refuses the import' }),
  ),
  order: Type.Optional(ImportOrderSchema),
};

/** Octets of the largest body: base64 of the largest file, the mapping and room for the rest. */
export const IMPORT_BODY = 5_700_000;

export const ImportSchema = Type.Object(
  {
    id: Uuid,
    agencyId: AgencyId,
    digest: Hex32,
    state: Type.Union([Type.Literal('running'), Type.Literal('paused'), Type.Literal('done')]),
    sameName: Type.Union([Type.Literal('skip'), Type.Literal('create')]),
    leaveOut: Type.Boolean(),
    order: Type.Union([ImportOrderSchema, Type.Null()]),
    rows: Type.Integer(),
    waiting: Type.Integer(),
    done: Type.Integer(),
    skipped: Type.Integer(),
    failed: Type.Integer(),
    createdBy: Type.String({ description: 'The person who confirmed' }),
    createdAt: Time,
    updatedAt: Time,
  },
  { title: 'Import' },
);

/** An import as the API shows it. */
export function importView(found: Import) {
  const { waiting, done, skipped, failed } = found.counts;
  return {
    id: found.id,
    agencyId: found.agencyId,
    digest: found.digest.toHex(),
    state: found.state,
    sameName: found.sameName,
    leaveOut: found.leaveOut,
    order: found.order as Static<typeof ImportOrderSchema> | null,
    rows: waiting + done + skipped + failed,
    waiting,
    done,
    skipped,
    failed,
    createdBy: found.createdBy,
    createdAt: found.createdAt.toISOString(),
    updatedAt: found.updatedAt.toISOString(),
  };
}

const Text = Type.Union([Type.String(), Type.Null()]);
const Place = Type.Union([Type.Integer(), Type.Null()]);

/** Problems and conflicts that one preview lists at most; more are counted. */
export const MOST_LISTED = 5_000;

export const ImportPreviewSchema = Type.Object(
  {
    agencyId: AgencyId,
    digest: Hex32,
    confirmable: Type.Boolean({ description: 'Whether the import may be confirmed with this digest' }),
    openImport: Type.Union([Uuid, Type.Null()], { description: 'An import of the agency that has to be done first' }),
    delimiter: Type.String(),
    columns: Type.Array(
      Type.Object({ column: Type.Integer(), header: Type.String(), field: Text }, { title: 'ImportColumn' }),
      { description: 'The columns of the file; `field` is null where nothing is taken from one' },
    ),
    tidied: Type.Integer({
      description: 'Cells in which blanks at the ends were left out or characters composed (NFC)',
    }),
    counts: Type.Object({
      rows: Type.Integer(),
      create: Type.Integer(),
      skip: Type.Integer(),
      refuse: Type.Integer(),
      problems: Type.Integer(),
      raised: Type.Integer({ description: 'Orders that would need a second approval' }),
    }),
    raised: Type.Array(Type.Object({ row: Type.Integer(), displayName: Type.String(), risks: RisksSchema }), {
      description: `Rows whose order would need a second approval if it were made now, and why; at most ${MOST_LISTED}`,
    }),
    problems: Type.Array(
      Type.Object(
        {
          row: Place,
          column: Place,
          code: Type.String(),
          message: Type.String(),
          remedy: Type.Optional(Type.String()),
          source: Type.Optional(Type.String()),
        },
        { title: 'ImportProblem' },
      ),
      { description: `By row, the header being row 1; at most ${MOST_LISTED}` },
    ),
    conflicts: Type.Array(
      Type.Object(
        {
          row: Type.Integer(),
          code: Type.String(),
          message: Type.String(),
          remedy: Type.String(),
          outcome: Type.Union([Type.Literal('create'), Type.Literal('skip')]),
          wanted: Type.Object({
            givenName: Text,
            surname: Type.String(),
            displayName: Type.String(),
            email: Type.String(),
          }),
          existing: Type.Union([
            Type.Object({
              id: PersonId,
              givenName: Text,
              surname: Type.String(),
              displayName: Type.String(),
              email: Text,
            }),
            Type.Null(),
          ]),
          sameAsRow: Place,
        },
        { title: 'ImportConflict' },
      ),
      { description: `Rows that mean, or may mean, somebody who is there already; at most ${MOST_LISTED}` },
    ),
    first: Type.Array(
      Type.Object({
        row: Type.Integer(),
        givenName: Text,
        surname: Type.String(),
        displayName: Type.String(),
        email: Type.String(),
        externalId: Text,
      }),
      { description: 'The first people who would be entered, to see whether the columns are right' },
    ),
  },
  { title: 'ImportPreview' },
);
