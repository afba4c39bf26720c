import { describe, expect, it } from 'vitest';
import { findColumns, PERSON_FIELDS, SYNONYMS } from './columns.ts';

describe('findColumns', () => {
  it.each([
    [['given name', 'surname', 'display name', 'email', 'external id']],
    [['First_Name', 'LAST NAME', 'Display-Name', 'E-Mail', 'EmployeeNumber']],
    [['  forename ', 'Family.Name', 'CN', 'Mail:', 'Staff ID']],
    [['givenName', 'sn', 'commonName', 'Work Email Address', 'payroll number']],
  ])('recognises %j', (header) => {
    const { places, ignored, problems } = findColumns(header, {});
    expect(problems).toEqual([]);
    expect(places).toEqual({ givenName: 0, surname: 1, displayName: 2, email: 3, externalId: 4 });
    expect(ignored).toEqual([]);
  });

  it('has at least one name for each field, and none twice', () => {
    const names = PERSON_FIELDS.flatMap((field) => SYNONYMS[field]);
    expect(PERSON_FIELDS.every((field) => SYNONYMS[field].length > 0)).toBe(true);
    expect(new Set(names).size).toBe(names.length);
  });

  it('lets a mapping win over recognition', () => {
    const { places, ignored, problems } = findColumns(['Nachname', 'surname', 'Mail'], { surname: ' nachname ' });
    expect(problems).toEqual([]);
    expect(places).toEqual({ surname: 0, email: 2 });
    expect(ignored).toEqual([1]);
  });

  it('takes nothing from a column that is mapped to something else', () => {
    const { places } = findColumns(['name', 'mail'], { surname: 'name' });
    expect(places).toEqual({ surname: 0, email: 1 });
  });

  it.each([
    ['no surname', ['given name', 'mail'], {}, ['1:null column-missing']],
    ['neither', ['profile'], {}, ['1:null column-missing', '1:null column-missing']],
    ['two mail columns', ['surname', 'mail', 'e-mail'], {}, ['1:3 column-twice']],
    ['a mapping to nothing', ['surname', 'mail'], { givenName: 'Vorname' }, ['1:null column-unknown']],
    ['a mapping to two columns', ['x', 'X', 'mail'], { surname: 'x' }, ['1:2 column-twice']],
  ])('tells %s', (_name, header, mapping, wanted) => {
    const { problems } = findColumns(header, mapping);
    expect(problems.map(({ row, column, code }) => `${row}:${column} ${code}`)).toEqual(wanted);
    for (const { remedy } of problems) expect(remedy).toBeTruthy();
  });
});
