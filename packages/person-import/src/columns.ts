import { type ImportProblem, problemAt } from './import-problem.ts';

/** What a column of the file may hold. `externalId` is the agency's own number: it is given back in the result, and kept nowhere else. */
export const PERSON_FIELDS = ['givenName', 'surname', 'displayName', 'email', 'externalId'] as const;

export type PersonField = (typeof PERSON_FIELDS)[number];

/** Header names by field, as somebody said them; what is not said is recognised. */
export type ColumnMapping = Readonly<Partial<Record<PersonField, string>>>;

export interface Columns {
  /** Index of the column of each field that has one. */
  readonly places: Readonly<Partial<Record<PersonField, number>>>;
  /** Indexes of columns that nothing is taken from. */
  readonly ignored: readonly number[];
  readonly problems: readonly ImportProblem[];
}

/** Names by which a column is recognised, without regard to case, blanks, dots, hyphens and underscores. */
export const SYNONYMS: Readonly<Record<PersonField, readonly string[]>> = {
  givenName: ['given name', 'given names', 'first name', 'first names', 'forename', 'forenames'],
  surname: ['surname', 'family name', 'last name', 'sn'],
  displayName: ['display name', 'full name', 'common name', 'cn', 'name', 'preferred name'],
  email: ['email', 'e-mail', 'mail', 'email address', 'mail address', 'work email', 'work email address'],
  externalId: [
    'external id',
    'employee number',
    'employee id',
    'employee no',
    'staff number',
    'staff id',
    'payroll number',
    'hr id',
  ],
};

const NEEDED: readonly PersonField[] = ['surname', 'email'];

const FIELD_BY_NAME: ReadonlyMap<string, PersonField> = new Map(
  PERSON_FIELDS.flatMap((field) => SYNONYMS[field].map((name) => [folded(name), field] as const)),
);

/**
 * Finds the columns. A mapping wins over recognition and names headers exactly, but for case and blanks around them.
 * Problems: `column-unknown` (mapped, not there), `column-twice` (two columns for one field), `column-missing` (surname
 * or mail address); all in row 1.
 */
export function findColumns(header: readonly string[], mapping: ColumnMapping): Columns {
  const places: Partial<Record<PersonField, number>> = {};
  const problems: ImportProblem[] = [];
  const take = (field: PersonField, index: number): void => {
    const before = places[field];
    if (before === undefined) places[field] = index;
    else if (before !== index) problems.push(twice(header, field, index, before));
  };
  for (const field of PERSON_FIELDS) {
    const wanted = mapping[field];
    if (wanted === undefined) continue;
    const found = header.flatMap((name, index) => (plain(name) === plain(wanted) ? [index] : []));
    if (found.length === 0) problems.push(unknown(field, wanted));
    for (const index of found) take(field, index);
  }
  const mapped = new Set(Object.values(places));
  for (const [index, name] of header.entries()) {
    const field = FIELD_BY_NAME.get(folded(name));
    if (field !== undefined && mapping[field] === undefined && !mapped.has(index)) take(field, index);
  }
  for (const field of NEEDED)
    if (places[field] === undefined && mapping[field] === undefined) problems.push(missing(field));
  const used = new Set(Object.values(places));
  return { places, ignored: header.map((_, index) => index).filter((index) => !used.has(index)), problems };
}

function folded(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_.\-–:*]/gu, '');
}

function plain(name: string): string {
  return name.normalize('NFC').trim().toLowerCase();
}

function twice(header: readonly string[], field: PersonField, index: number, before: number): ImportProblem {
  const message = `columns ${before + 1} (${header[before]}) and ${index + 1} (${header[index]}) both stand for ${field}`;
  return problemAt(1, index + 1, 'column-twice', message, {
    remedy: `map ${field} to one of them, or rename the other`,
  });
}

function unknown(field: PersonField, wanted: string): ImportProblem {
  return problemAt(
    1,
    null,
    'column-unknown',
    `no column is named ${JSON.stringify(wanted)}, to which ${field} is mapped`,
    {
      remedy: 'map it to a column of the first row',
    },
  );
}

function missing(field: PersonField): ImportProblem {
  return problemAt(1, null, 'column-missing', `no column holds ${field}`, {
    remedy: `name a column ${SYNONYMS[field][0]}, or map ${field} to the column that holds it`,
  });
}
