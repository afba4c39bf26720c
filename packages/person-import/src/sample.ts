import { writeCsv } from './write-csv.ts';

/** A file that can be imported once the addresses are of the agency's mail domains. */
export function sampleCsv(): string {
  return writeCsv([
    ['given name', 'surname', 'display name', 'email', 'employee number'],
    ['Tāne', 'Mahuta', '', 'tane.mahuta@agency.govt.nz', '10001'],
    ['Grace', "O'Neill", 'Grace O’Neill', 'grace.oneill@agency.govt.nz', '10002'],
    ['', 'Wiremu', '', 'wiremu@agency.govt.nz', '10003'],
  ]);
}
