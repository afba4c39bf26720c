import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from './read-csv.ts';
import { isFormula, writeCsv } from './write-csv.ts';

const DELIMITERS = [',', ';', '\t'] as const;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the reader refuses them
const REFUSED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffd\ufeff]/;
const cell = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !REFUSED.test(text));

describe('writeCsv', () => {
  it('gives back what the reader takes, whatever is in the cells', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { maxLength: 20 }), (rows) => {
        const text = writeCsv([['a', 'b', 'c'], ...rows]);
        const table = readCsv(new TextEncoder().encode(text));
        const wanted = rows
          .map((row) => row.map((value) => (isFormula(value) ? `'${value}` : value)))
          .filter((row) => row.some((value) => value !== ''));
        expect(table.problems).toEqual([]);
        expect(table.rows.map((row) => row.cells)).toEqual(wanted);
      }),
    );
  });

  it('leaves no cell that a spreadsheet would run', () => {
    for (const start of ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
      const [header, line] = [writeCsv([['a']]), writeCsv([[`${start}1+1`]]).slice(1)];
      expect(header).toBe('\ufeffa\r\n');
      expect([start, line.replace(/^"/, '').charAt(0)]).toEqual([start, "'"]);
    }
    expect(writeCsv([["o'neill", '1-2', 'a=b']])).toBe("\ufeffo'neill,1-2,a=b\r\n");
  });
});

describe('readCsv', () => {
  it.each(DELIMITERS)('reads back what is written with %j, whatever is in the cells', (delimiter) => {
    const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell), { maxLength: 20 }),
        fc.constantFrom('\r\n', '\n', '\r'),
        (rows, lineEnd) => {
          const text = [['a', 'b'], ...rows].map((row) => row.map(quote).join(delimiter)).join(lineEnd);
          const table = readCsv(new TextEncoder().encode(text));
          expect(table.problems).toEqual([]);
          const filled = rows.flatMap((row, index) =>
            row.some((value) => value !== '') ? [{ row: index + 2, cells: row }] : [],
          );
          expect(table.rows).toEqual(filled);
        },
      ),
    );
  });
});
