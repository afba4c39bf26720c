import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Catalogue } from '@see/language';
import { catalogueFaults, readMessages } from '@see/language/testing';
import { describe, expect, it } from 'vitest';
import { mi } from './mi.ts';
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
const WORDLESS = ['packages/ui/src/messages/', 'packages/ui/src/assets/'];

/** It has the names of the months in both languages. */
const BILINGUAL = ['packages/ui/src/components/time.ts'];

const read = readMessages(SOURCES, WORDLESS);
const faults = catalogueFaults(mi, read);

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
    expect(read.size).toBeGreaterThan(100);
    expect(faults.missing).toEqual([]);
  });

  it('has nothing that no page says', () => {
    expect(faults.leftOver).toEqual([]);
  });

  it('says each text with the same values and markup', () => {
    expect(faults.different).toEqual([]);
  });
});

describe('words outside of `t`', () => {
  it.each([...read.keys()].filter((path) => !UNTRANSLATED.includes(path) && !BILINGUAL.includes(path)))(
    '%s has none',
    (path) => {
      expect(read.get(path)?.loose).toEqual([]);
    },
  );

  it('still stand in each file of the list of those that are not translated yet', () => {
    expect(UNTRANSLATED.filter((path) => !read.get(path)?.loose.length)).toEqual([]);
  });
});
