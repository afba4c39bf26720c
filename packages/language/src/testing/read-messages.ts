import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Catalogue } from '../speech.ts';
import { readWords, type SourceWords } from './source-words.ts';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

/** What is said in the sources below some folders of the workspace, by file; tests and what `but` names are left out. */
export function readMessages(folders: readonly string[], but: readonly string[] = []): Map<string, SourceWords> {
  const paths = folders
    .flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: ROOT }))
    .filter((path) => !path.endsWith('.test.ts') && !path.endsWith('.d.ts'))
    .filter((path) => !but.some((start) => path.startsWith(start)))
    .toSorted();
  return new Map(paths.map((path) => [path, readWords(path, readFileSync(`${ROOT}${path}`, 'utf8'))]));
}

/** What is wrong with a catalogue, as lists of texts; all are empty when it is whole. */
export interface CatalogueFaults {
  /** Texts of the sources that it has not. */
  readonly missing: readonly string[];
  /** Texts that it has and no source says. */
  readonly leftOver: readonly string[];
  /** Texts whose translation has other values or markup, or is empty. */
  readonly different: readonly string[];
}

/** Holds a catalogue against what the sources say. */
export function catalogueFaults(catalogue: Catalogue, read: ReadonlyMap<string, SourceWords>): CatalogueFaults {
  const keys = new Set([...read.values()].flatMap(({ texts }) => texts.map(({ key }) => key)));
  return {
    missing: [...keys].filter((key) => !Object.hasOwn(catalogue, key)),
    leftOver: Object.keys(catalogue).filter((key) => !keys.has(key)),
    different: Object.entries(catalogue)
      .filter(([key, text]) => text.trim() === '' || marksOf(text) !== marksOf(key))
      .map(([key]) => key),
  };
}

/** Values and tags of a text, in an order of their own. */
function marksOf(text: string): string {
  return [...text.matchAll(/\{\d+\}|<\/?[a-z]+/g)]
    .map(([mark]) => mark)
    .toSorted()
    .join(' ');
}
