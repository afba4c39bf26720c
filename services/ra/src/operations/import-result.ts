import { readImportRows } from '@see/db/ra';
import { writeCsv } from '@see/person-import';
import type { Ra } from '../ra.ts';
import { enrolmentUrl } from './order-view.ts';

const HEADER = [
  'row',
  'state',
  'person id',
  'given name',
  'surname',
  'display name',
  'email',
  'external id',
  'code',
  'reason',
  'order id',
  'order state',
  'enrolment link',
];

/** What became of each row of an import, as CSV in which no cell is run by a spreadsheet. */
export async function importResult(ra: Ra, id: string): Promise<string> {
  const rows = await readImportRows(ra.db, id);
  return writeCsv([
    HEADER,
    ...rows.map((row) => [
      String(row.row),
      row.state,
      row.personId ?? '',
      row.givenName ?? '',
      row.surname ?? '',
      row.displayName ?? '',
      row.email ?? '',
      row.externalId ?? '',
      row.code ?? '',
      row.reason ?? '',
      row.order?.id ?? '',
      row.order?.state ?? '',
      (row.order && enrolmentUrl(ra, { kind: 'person', ...row.order })) ?? '',
    ]),
  ]);
}
