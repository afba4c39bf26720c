import type { Refusal } from '@see/domain';
import { defaultDisplayName, personViolations } from '@see/policy';
import { type Columns, PERSON_FIELDS, type PersonField } from './columns.ts';
import type { ImportContext } from './import-context.ts';
import { type ImportProblem, problemAt } from './import-problem.ts';
import type { PersonRow } from './read-people.ts';
import type { RegistryIndex } from './registry-conflict.ts';
import type { SeenRows } from './seen-rows.ts';
import { isFormula } from './write-csv.ts';

type Places = Columns['places'];

const EXTERNAL_ID_BOUND = 64;

/**
 * All that is wrong with one row whose form is right: the rules of entering one person, cells that a spreadsheet would
 * run (`formula-cell`), what a row above has already (`duplicate-in-file`), and mail addresses of people outside of the agency
 * (`mail-address-taken`, without saying whose).
 */
export function rowProblems(
  person: PersonRow,
  places: Places,
  context: Pick<ImportContext, 'authority' | 'agencyId'>,
  registry: RegistryIndex,
  seen: SeenRows,
): ImportProblem[] {
  const found: ImportProblem[] = [];
  const column = (field: PersonField): number | null => {
    // A composed display name has no column of its own: its faults are the surname's.
    const place = places[field] ?? (field === 'displayName' ? places.surname : undefined);
    return place === undefined ? null : place + 1;
  };
  const add = (field: PersonField, code: string, message: string, more: { remedy?: string; source?: string } = {}) =>
    found.push(problemAt(person.row, column(field), code, message, more));
  for (const field of PERSON_FIELDS) {
    const value = person[field];
    if (value !== null && isFormula(value) && !(field === 'displayName' && isComposed(person))) {
      const message = `the cell starts with ${JSON.stringify(value.charAt(0))}, which a spreadsheet would run`;
      add(field, 'formula-cell', message, { remedy: 'write the value itself' });
    }
  }
  for (const { code, message, path, source, remedy } of entryViolations(person, places, context)) {
    add(path as PersonField, code, message, { ...(source ? { source } : {}), ...(remedy ? { remedy } : {}) });
  }
  if (person.externalId !== null && person.externalId.length > EXTERNAL_ID_BOUND)
    add('externalId', 'value-too-long', `the number has more than ${EXTERNAL_ID_BOUND} characters`);
  const sameMail = seen.withMail(person.email);
  if (sameMail !== undefined) add('email', 'duplicate-in-file', `row ${sameMail} has the same mail address`);
  const sameId = person.externalId === null ? undefined : seen.withExternalId(person.externalId);
  if (sameId !== undefined) add('externalId', 'duplicate-in-file', `row ${sameId} has the same number`);
  const holder = person.externalId === null ? undefined : registry.byNumber.get(person.externalId);
  // The same address is the same person: then the row is a conflict, and skipped.
  if (holder && holder.email?.toLowerCase() !== person.email.toLowerCase()) {
    const message = `${holder.displayName} has this number already`;
    add('externalId', 'external-id-taken', message, { remedy: 'correct the number here, or in their record' });
  }
  if (isOthers(person.email, registry)) {
    const remedy = 'ask an operator whether the person moved here';
    add('email', 'mail-address-taken', 'the mail address belongs to somebody outside of this agency', { remedy });
  }
  return found;
}

/**
 * The rules of entering one person. What is missing because its column is missing is not said in every row, and faults
 * of a display name that was composed of faulty parts are not said twice.
 */
function entryViolations(
  person: PersonRow,
  places: Places,
  { authority, agencyId }: Pick<ImportContext, 'authority' | 'agencyId'>,
): readonly Refusal[] {
  const violations = personViolations(authority, agencyId, { ...person, givenName: person.givenName ?? undefined });
  const ofParts = new Set(
    violations.filter(({ path }) => path === 'givenName' || path === 'surname').map(({ code }) => code),
  );
  return violations.flatMap((violation) => {
    const field = violation.path as PersonField;
    if (person[field] === '' && (field === 'displayName' || places[field] === undefined)) return [];
    if (field === 'displayName' && isComposed(person) && ofParts.has(violation.code)) return [];
    return field === 'surname' && person.surname === '' ? [MISSING_SURNAME] : [violation];
  });
}

function isComposed({ givenName, surname, displayName }: PersonRow): boolean {
  return displayName === defaultDisplayName(givenName ?? undefined, surname);
}

const MISSING_SURNAME: Refusal = {
  code: 'value-missing',
  message: 'the surname is missing',
  path: 'surname',
  source: 'PRF-0.7',
  remedy: 'write a single name as the surname',
};

function isOthers(email: string, { agencyId, byMail }: RegistryIndex): boolean {
  const owners = byMail.get(email.toLowerCase()) ?? [];
  return owners.length > 0 && owners.every((owner) => owner.agencyId !== agencyId);
}
