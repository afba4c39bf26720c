import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The root of the workspace. */
export const workspace: string = join(import.meta.dirname, '../..');

/** A source file of the workspace. */
export interface SourceFile {
  /** Relative to the workspace, with `/`. */
  readonly path: string;
  readonly text: string;
}

const PATTERNS = [
  'packages/*/src/**/*.ts',
  'services/*/src/**/*.ts',
  'migrations/src/**/*.ts',
  'scripts/src/**/*.ts',
  'test/**/*.ts',
];

/** Every TypeScript source of the workspace. Throws when there is none, so that a check over nothing cannot pass. */
export function readSources(): SourceFile[] {
  const paths = globSync(PATTERNS, { cwd: workspace, exclude: (path) => path.includes('node_modules') });
  if (paths.length === 0) throw new Error('no source file was found');
  return paths
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !path.includes('/node_modules/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(workspace, path), 'utf8') }));
}

/**
 * The text with comments blanked out and the contents of strings, templates and regular expressions replaced by underscores; every line keeps its number. Expressions
 * inside a template are lost too. Good enough to look for words of the language in formatted code; it is no parser.
 */
export function blankOut(text: string): string {
  return text.replace(TOKENS, (token) => {
    if (token.startsWith('//') || token.startsWith('/*')) return token.replace(/[^\n]/g, ' ');
    return token.length < 2 ? token : token[0] + token.slice(1, -1).replace(/[^\n]/g, '_') + token.at(-1);
  });
}

const TOKENS =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`|(?<=[=(,:!&|?{};[\n]\s*|return\s+)\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/g;

/** The line of an offset, counted from 1. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
