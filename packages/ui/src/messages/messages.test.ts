import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { mi } from './mi.ts';
import { readWords } from './source-words.ts';
import { UNTRANSLATED } from './untranslated.ts';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
/** Where pages and their words are made. */
const SOURCES = [
  'packages/ui/src',
  'services/ra/src/routes/console',
  'services/ra/src/routes/portal',
  'services/desk/src',
];
/** Files whose words are for programs and not for people. */
const WORDLESS = ['packages/ui/src/messages/', 'packages/ui/src/language/', 'packages/ui/src/assets/'];

/** It has the names of the months in both languages. */
const BILINGUAL = ['packages/ui/src/components/time.ts'];

const files = SOURCES.flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: ROOT }))
  .filter((path) => !path.endsWith('.test.ts') && !path.endsWith('.d.ts'))
  .filter((path) => !WORDLESS.some((folder) => path.startsWith(folder)))
  .toSorted();
const read = new Map(files.map((path) => [path, readWords(path, readFileSync(`${ROOT}${path}`, 'utf8'))]));
const keys = new Set([...read.values()].flatMap(({ texts }) => texts.map(({ key }) => key)));

const marks = (text: string): string[] => [...text.matchAll(/\{\d+\}/g)].map(([mark]) => mark).toSorted();
const tags = (text: string): string[] => [...text.matchAll(/<\/?[a-z]+/g)].map(([tag]) => tag).toSorted();

describe('te reo Māori', () => {
  it('has every text of the pages', () => {
    expect([...keys].filter((key) => !Object.hasOwn(mi, key))).toEqual([]);
  });

  it('has nothing that no page says', () => {
    expect(Object.keys(mi).filter((key) => !keys.has(key))).toEqual([]);
  });

  it.each(Object.entries(mi))('says %j with the same values and markup', (key, text) => {
    expect(text.trim()).not.toBe('');
    expect(marks(text)).toEqual(marks(key));
    expect(tags(text)).toEqual(tags(key));
  });
});

describe('words outside of `t`', () => {
  it.each(files.filter((path) => !UNTRANSLATED.includes(path) && !BILINGUAL.includes(path)))('%s has none', (path) => {
    expect(read.get(path)?.loose).toEqual([]);
  });

  it('still stand in each file of the list of those that are not translated yet', () => {
    expect(UNTRANSLATED.filter((path) => !read.get(path)?.loose.length)).toEqual([]);
  });
});
