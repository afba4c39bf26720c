import { basename } from 'node:path';
import { blankOut, lineOf, readSources, type SourceFile } from './source-text.ts';

const MAX_LINES = 400;
const MAX_TEST_LINES = 600;
const PATTERN_NAMES = /^(?:utils?|helpers?|manager|types|common|misc|shared)(?:\.test)?\.ts$/;
const LEFTOVERS = [
  { pattern: /\b(?:TODO|FIXME|XXX|HACK)\b/g, what: 'a note of unfinished work', inComments: true },
  { pattern: /\bas any\b/g, what: '"as any"', inComments: false },
  { pattern: /@ts-(?:ignore|nocheck|expect-error)\b/g, what: 'a type error that is silenced', inComments: true },
  {
    pattern: /\b(?:it|test|describe)\.(?:skip|only|todo)\b(?!If)/g,
    what: 'a test that is skipped or runs alone',
    inComments: false,
  },
] as const;

/** Every breach of the house's habits that a program can see, as `path:line message`. */
export function findBreaches(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => !path.endsWith('.gen.ts'))
    .flatMap((file) => [...nameBreaches(file), ...sizeBreaches(file), ...leftovers(file)]);
}

function nameBreaches({ path }: SourceFile): string[] {
  const name = basename(path);
  if (PATTERN_NAMES.test(name)) return [`${path}:1 is named after a pattern; name the one noun or operation inside it`];
  return /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9-]+)*\.ts$/.test(name) ? [] : [`${path}:1 is not in kebab-case`];
}

/** A migration is one step, however long. */
function sizeBreaches({ path, text }: SourceFile): string[] {
  if (path.startsWith('migrations/')) return [];
  const limit = path.endsWith('.test.ts') ? MAX_TEST_LINES : MAX_LINES;
  const lines = blankOut(text)
    .split('\n')
    .filter((line) => line.trim() !== '').length;
  return lines > limit ? [`${path}:1 has ${lines} lines of code, more than ${limit}; split it by noun`] : [];
}

function leftovers({ path, text }: SourceFile): string[] {
  if (path.startsWith('scripts/src/house-style')) return [];
  const blank = blankOut(text);
  return LEFTOVERS.flatMap(({ pattern, what, inComments }) =>
    [...(inComments ? text : blank).matchAll(pattern)].map(
      (match) => `${path}:${lineOf(text, match.index)} has ${what}`,
    ),
  );
}

if (import.meta.main) {
  const files = readSources();
  const breaches = findBreaches(files);
  for (const breach of breaches) console.error(breach);
  console.log(`${files.length} files, ${breaches.length} breaches`);
  process.exitCode = breaches.length === 0 ? 0 : 1;
}
