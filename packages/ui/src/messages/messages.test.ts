import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Catalogue } from '../language/speech.ts';
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

/** Each area's part of the catalogue, by its file. */
const AREAS = globSync('packages/ui/src/messages/mi/*.ts', { cwd: ROOT }).toSorted();
const areas = new Map<string, Catalogue>();
for (const path of AREAS) {
  const parts = (await import(`${ROOT}${path}`)) as Readonly<Record<string, Catalogue>>;
  areas.set(path, Object.assign({}, ...Object.values(parts)) as Catalogue);
}

/** The files that a file reaches by relative imports, itself included. */
function reached(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const [, to = ''] of readFileSync(`${ROOT}${path}`, 'utf8').matchAll(/from '(\.[^']+)'/g))
    reached(relative(ROOT, join(ROOT, dirname(path), to)), seen);
  return seen;
}

describe('te reo Māori', () => {
  it('says the same text in the same way everywhere', () => {
    const said = new Map<string, string>();
    const different: string[] = [];
    for (const [key, text] of [...areas.values()].flatMap((area) => Object.entries(area))) {
      if ((said.get(key) ?? text) !== text) different.push(key);
      said.set(key, text);
    }
    expect(different).toEqual([]);
  });

  it.each(globSync('packages/ui/src/islands/*/', { cwd: ROOT }).toSorted())('has every text of %s', (folder) => {
    const paths = [...reached(join(folder, `${basename(folder)}.ts`))];
    const known = new Set(paths.flatMap((path) => Object.keys(areas.get(path) ?? {})));
    const spoken = paths.filter((path) => path.includes('/islands/') || path.endsWith('-in-words.ts'));
    const missing = spoken.flatMap((path) => (read.get(path)?.texts ?? []).map(({ key }) => key));
    expect(missing.filter((key) => !known.has(key))).toEqual([]);
  });

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
