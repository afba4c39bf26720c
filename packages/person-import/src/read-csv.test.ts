import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CSV_LIMITS, type CsvTable, readCsv } from './read-csv.ts';

const utf8 = new TextEncoder();

function read(text: string): CsvTable {
  return readCsv(utf8.encode(text));
}

/** Cells below the header. */
function cells(table: CsvTable): readonly (readonly string[])[] {
  return table.rows.map((row) => row.cells);
}

function places(table: CsvTable): readonly string[] {
  return table.problems.map(({ row, column, code }) => `${row}:${column} ${code}`);
}

describe('readCsv', () => {
  it.each([
    ['commas and CRLF', 'a,b\r\n1,2\r\n', [['1', '2']]],
    ['line feeds, none at the end', 'a,b\n1,2', [['1', '2']]],
    [
      'carriage returns',
      'a,b\r1,2\r3,4\r',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    [
      'mixed line ends',
      'a,b\r\n1,2\n3,4\r5,6',
      [
        ['1', '2'],
        ['3', '4'],
        ['5', '6'],
      ],
    ],
    ['semicolons', 'a;b\n1,5;2', [['1,5', '2']]],
    ['tabs', 'a\tb\n1\t2', [['1', '2']]],
    ['a quoted header with other delimiters', '"a,;,";b\n1;2', [['1', '2']]],
    ['one column', 'a\n1\n2', [['1'], ['2']]],
    [
      'quotes with delimiter, quote and line breaks',
      'a,b\r\n"1,""x""","2\r\n3\n4\r5"\r\n',
      [['1,"x"', '2\r\n3\n4\r5']],
    ],
    ['a byte order mark', '\ufeffa,b\n1,2', [['1', '2']]],
    ['blanks and macrons as they are', 'a,b\n Tāne , Ōhanga', [[' Tāne ', ' Ōhanga']]],
    ['the header alone', 'a,b', []],
  ])('takes %s', (_name, text, wanted) => {
    const table = read(text);
    expect(table.problems).toEqual([]);
    expect(cells(table)).toEqual(wanted);
  });

  it.each(['utf-16le', 'utf-16be'] as const)('takes %s with a byte order mark', (encoding) => {
    const octets = new Uint8Array(Buffer.from('\ufeffa;b\r\nĀ;ō', 'utf16le'));
    if (encoding === 'utf-16be') Buffer.from(octets.buffer).swap16();
    const table = readCsv(octets);
    expect([table.header, cells(table), table.delimiter]).toEqual([['a', 'b'], [['Ā', 'ō']], ';']);
  });

  it('counts rows as a spreadsheet does, and leaves out empty ones', () => {
    const table = read('a,b\r\n\r\n"1\r\n1",2\r\n,\r\n3,4\r\n\r\n');
    expect(table.rows).toEqual([
      { row: 3, cells: ['1\r\n1', '2'] },
      { row: 5, cells: ['3', '4'] },
    ]);
    expect(table.problems).toEqual([]);
  });

  it.each([
    ['nothing', '', ['1:null empty-file']],
    ['an empty header', '\n1,2', ['1:null empty-file']],
    ['a quote that never closes', 'a,b\n1,2\n3,"4\n5,6\n', ['3:2 bad-quote']],
    ['text after a closing quote', 'a,b\n"1"x,2', ['2:1 bad-quote']],
    ['a quote inside of a cell', 'a,b\n1,x"2', ['2:2 bad-quote']],
    ['too few and too many cells', 'a,b\n1\n1,2,3\n1,2', ['2:2 ragged-row', '3:3 ragged-row']],
    ['NUL', 'a,b\n1,2\0', ['2:2 control-character']],
    ['escape and C1', 'a,b\n\u001b[1m,\u0085', ['2:1 control-character', '2:2 control-character']],
    ['a control character in the header', 'a,b\u0007\n1,2', ['1:2 control-character']],
    ['a character lost before', 'a,b\nT\ufffdne,2', ['2:1 lost-character']],
    ['a long cell', `a,b\n1,${'x'.repeat(CSV_LIMITS.cell + 1)}`, ['2:2 cell-too-long']],
    ['too many columns', `${'a,'.repeat(CSV_LIMITS.columns)}b`, [`1:${CSV_LIMITS.columns + 1} too-many-columns`]],
    [
      'UTF-16 without a byte order mark',
      Buffer.from('a,b', 'utf16le').toString('latin1'),
      expect.arrayContaining(['1:1 control-character']),
    ],
  ])('refuses %s by row and column', (_name, text, wanted) => {
    expect(places(read(text))).toEqual(wanted);
  });

  it('names the line that is not UTF-8', () => {
    const octets = new Uint8Array(Buffer.from('a,b\r\n1,2\r\nT\u00e4ne,3\r\n', 'latin1'));
    expect(readCsv(octets).problems).toMatchObject([{ row: 3, code: 'bad-encoding' }]);
    expect(readCsv(Uint8Array.of(0xff, 0xfe, 0x41)).problems).toMatchObject([{ row: null, code: 'bad-encoding' }]);
  });

  it('refuses too many rows and octets', () => {
    const rows = (count: number): CsvTable => read(`a\n${'1\n'.repeat(count)}`);
    expect(rows(CSV_LIMITS.rows).problems).toEqual([]);
    expect(rows(CSV_LIMITS.rows).rows).toHaveLength(CSV_LIMITS.rows);
    expect(places(rows(CSV_LIMITS.rows + 1))).toEqual([`${CSV_LIMITS.rows + 2}:null too-many-rows`]);
    expect(places(readCsv(new Uint8Array(CSV_LIMITS.octets + 1)))).toEqual(['null:null too-many-octets']);
  });

  it.each([
    ['line ends', '\n'],
    ['delimiters', ','],
    ['quotes', '"'],
    ['quotes and line ends', '"\n'],
    ['rows of delimiters', `${','.repeat(200)}\n`],
    ['NUL', '\0'],
  ])('needs less than three seconds for 4 MiB of %s', (_name, unit) => {
    const octets = utf8.encode(unit.repeat(Math.floor(CSV_LIMITS.octets / unit.length)));
    const start = performance.now();
    expect(readCsv(octets).problems.length).toBeGreaterThan(0);
    expect(performance.now() - start).toBeLessThan(3_000);
  });

  it('never throws, and has whole rows or problems, whatever the octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => {
        const { header, rows, problems } = readCsv(octets);
        const wrong = new Set(problems.map(({ row }) => row));
        for (const { row, cells: found } of rows) expect(found.length === header.length || wrong.has(row)).toBe(true);
        expect(header.length > 0 || problems.length > 0).toBe(true);
      }),
    );
  });
});
