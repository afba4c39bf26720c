import { posix } from 'node:path';
import { blankOut, lineOf, readSources, type SourceFile } from './source-text.ts';

/** The packages, pure first, adapters last. A package imports only from those above itself. */
// biome-ignore format: one line a layer
const ORDER = [
  'language', 'asn1', 'x509', 'ocsp', 'pfx', 'cms', 'lint', 'verify', 'merkle', 'statement', 'domain', 'policy', 'letters', 'person-import', 'scim', 'issuance',
  'db', 'keys', 'process', 'http', 'ui', 'acme', 'est', 'cmp', 'scep', 'cli',
];
const PURE = new Set(ORDER.slice(0, ORDER.indexOf('db')));
/** These run in a browser too. */
const BROWSER = new Set(['language', 'asn1', 'x509', 'pfx', 'cms']);
const ISLANDS = 'packages/ui/src/islands/';
/** Where a parent of this prefix may import these modules. Everywhere else they are refused. */
const RESERVED: readonly { readonly module: RegExp; readonly allowed: readonly string[]; readonly why: string }[] = [
  { module: /^kysely(\/|$)/, allowed: ['packages/db/', 'migrations/', 'test/'], why: 'SQL belongs into packages/db' },
  { module: /^pg(\/|$)/, allowed: ['packages/db/', 'test/'], why: 'connections belong into packages/db' },
  {
    module: /^@?fastify(\/|$)/,
    allowed: [
      'packages/http/',
      'packages/ui/',
      'packages/acme/',
      'packages/est/',
      'packages/cmp/',
      'packages/scep/',
      'services/',
      'test/',
    ],
    why: 'fastify belongs into http, ui, protocol plugins and services',
  },
  {
    module: /^@see\/keys(\/|$)/,
    allowed: [
      'packages/keys/',
      'packages/cli/src/init/',
      // The root key is used at a ceremony only.
      'packages/cli/src/ceremony/',
      // Compares the log with the signer's last checkpoint, which only the sealed store has.
      'packages/cli/src/commands/audit.ts',
      'services/signer/',
      'services/va/',
      'services/worker/',
      'scripts/',
      'test/',
    ],
    why: 'private keys are for the signer, for va and worker (their own identity) and for the making of an instance',
  },
  { module: /^@see\/migrations(\/|$)/, allowed: ['packages/db/', 'test/'], why: 'migrations are run by packages/db' },
  { module: /^@see\/(service-|scripts|test)/, allowed: [], why: 'nobody imports a service, the scripts or the tests' },
];
/** What a pure package takes as arguments instead. */
const IMPURE = [
  { pattern: /\bDate\s*\.\s*now\b/g, what: 'Date.now' },
  { pattern: /\bnew\s+Date\s*\(\s*\)/g, what: 'new Date()' },
  { pattern: /\bprocess\s*\./g, what: 'process' },
  { pattern: /\bMath\s*\.\s*random\b/g, what: 'Math.random' },
  { pattern: /\bperformance\s*\./g, what: 'performance' },
  { pattern: /\bTemporal\s*\.\s*Now\b/g, what: 'Temporal.Now' },
];

/** Every violation of the import rules of the design, as `path:line message`. */
export function findViolations(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => [...importViolations(file), ...purityViolations(file)]);
}

function importViolations(file: SourceFile): string[] {
  const own = /^packages\/([^/]+)\//.exec(file.path)?.[1];
  const home = /^(?:(?:packages|services)\/[^/]+|migrations|scripts|test)\//.exec(file.path)?.[0] ?? '';
  const isTest = isTestFile(file.path);
  const violations: string[] = [];
  for (const { specifier, line } of importsOf(file.text)) {
    const refuse = (why: string): number => violations.push(`${file.path}:${line} imports ${specifier}: ${why}`);
    const reserved = RESERVED.find(({ module }) => module.test(specifier));
    if (reserved && !reserved.allowed.some((prefix) => file.path.startsWith(prefix))) refuse(reserved.why);
    if (specifier.startsWith('.')) {
      const target = posix.join(posix.dirname(file.path), specifier);
      const byTests =
        (home === 'test/' && target.startsWith('services/')) || (home === 'scripts/' && target.startsWith('test/'));
      if (!target.startsWith(home) && !byTests) refuse('a relative import stays inside its own package');
      if (!specifier.endsWith('.ts') && !specifier.endsWith('.json')) refuse('imports end in .ts');
    }
    const other = /^@see\/([^/]+)/.exec(specifier)?.[1];
    const role = /^@see\/db\/(ra|signer|va|worker|desk)$/.exec(specifier)?.[1];
    if (
      role !== undefined &&
      !['packages/cli/src/init/', 'packages/cli/src/ceremony/', 'scripts/', 'test/', `services/${role}/`].some(
        (prefix) => file.path.startsWith(prefix),
      )
    ) {
      refuse(`these are the queries of ${role} alone`);
    }
    if (own !== undefined && other !== undefined && ORDER.includes(other)) {
      if (ORDER.indexOf(own) === -1) refuse(`${own} is missing in the order of packages`);
      else if (ORDER.indexOf(other) >= ORDER.indexOf(own)) refuse('a package imports only from above itself');
    }
    if (isTest) continue;
    if (own !== undefined && BROWSER.has(own) && specifier.startsWith('node:'))
      refuse('this package also runs in a browser');
    if (
      file.path.startsWith(ISLANDS) &&
      !/^(\.|@see\/(language|asn1|x509|pfx|cms|statement|domain|policy)$|govuk-frontend$)/.test(specifier)
    ) {
      refuse('an island takes only pure packages, of which it is given what it uses, and govuk-frontend with it');
    }
    if (own !== undefined && PURE.has(own) && /^node:(?!crypto$|buffer$|url$|net$|util$)/.test(specifier))
      refuse('this package is pure');
  }
  return violations;
}

function purityViolations(file: SourceFile): string[] {
  const own = /^packages\/([^/]+)\//.exec(file.path)?.[1];
  if (own === undefined || !PURE.has(own) || isTestFile(file.path)) return [];
  const text = blankOut(file.text);
  return IMPURE.flatMap(({ pattern, what }) =>
    [...text.matchAll(pattern)].map(
      (match) =>
        `${file.path}:${lineOf(text, match.index)} uses ${what}: time, randomness and environment come in as arguments`,
    ),
  );
}

function isTestFile(path: string): boolean {
  return /\.test\.ts$|\/(?:testdata|fixtures|testing)\//.test(path) || path.startsWith('test/');
}

/** Static and dynamic imports and re-exports, type-only ones included. */
function importsOf(text: string): { specifier: string; line: number }[] {
  const blank = blankOut(text);
  const statement =
    /(?:^|[\s;}])(?:import|export)\b[^;'"`]*?\bfrom\s*(['"])([^'"\n]+)\1|(?:^|[\s;}])import\s*(['"])([^'"\n]+)\3|\bimport\s*\(\s*(['"])([^'"\n]+)\5/g;
  return [...text.matchAll(statement)]
    .filter((match) => /\b(?:import|export)\b/.test(blank.slice(match.index, match.index + match[0].length)))
    .map((match) => ({
      specifier: match[2] ?? match[4] ?? match[6] ?? '',
      line: lineOf(text, match.index + match[0].length),
    }));
}

if (import.meta.main) {
  const files = readSources();
  const violations = findViolations(files);
  for (const violation of violations) console.error(violation);
  console.log(`${files.length} files, ${violations.length} violations`);
  process.exitCode = violations.length === 0 ? 0 : 1;
}
