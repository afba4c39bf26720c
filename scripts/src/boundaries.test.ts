import { describe, expect, it } from 'vitest';
import { findViolations } from './boundaries.ts';

const allowed = [
  ['packages/x509/src/a.ts', "import { derNull } from '@see/asn1';"],
  ['packages/db/src/a.ts', "import { sql } from 'kysely';"],
  ['packages/policy/src/a.ts', "import { createHash } from 'node:crypto';"],
  ['packages/asn1/src/a.test.ts', "import { readFileSync } from 'node:fs';"],
  [
    'packages/statement/src/a.ts',
    "const text = 'Date.now() in words'; // new Date() in a comment\nexport const d = new Date('2026-01-01');",
  ],
  ['services/signer/src/main.ts', "import { SealedStore } from '@see/keys';\nimport { claim } from '@see/db/signer';"],
  ['test/integration/a.test.ts', "import { up } from '../../services/see/src/up.ts';"],
] as const;

const refused = [
  ['packages/asn1/src/a.ts', "import { parseCsr } from '@see/x509';", 'only from above'],
  ['packages/asn1/src/a.ts', "import type { Csr } from '@see/x509';", 'only from above'],
  ['packages/asn1/src/a.ts', "import {\n  one,\n  two,\n} from '@see/x509';", 'only from above'],
  ['packages/asn1/src/a.ts', "export * from '@see/asn1';", 'only from above'],
  ['packages/asn1/src/a.ts', "const x = await import('@see/db');", 'only from above'],
  ['packages/asn1/src/a.ts', "import 'node:fs';", 'browser'],
  ['packages/domain/src/a.ts', "import { readFileSync } from 'node:fs';", 'pure'],
  ['packages/domain/src/a.ts', "import { sql } from 'kysely';", 'packages/db'],
  ['packages/http/src/a.ts', "import pg from 'pg';", 'packages/db'],
  ['packages/db/src/a.ts', "import fastify from 'fastify';", 'fastify'],
  ['packages/db/src/a.ts', "import cookie from '@fastify/cookie';", 'fastify'],
  ['services/ra/src/a.ts', "import { SealedStore } from '@see/keys';", 'private keys'],
  ['services/ra/src/a.ts', "import { claim } from '@see/db/signer';", 'signer alone'],
  ['packages/cli/src/a.ts', "import { x } from '@see/service-ra';", 'nobody imports'],
  ['services/ra/src/a.ts', "import { x } from '../../va/src/x.ts';", 'own package'],
  ['packages/ui/src/a.ts', "import { x } from './x';", 'end in .ts'],
  ['packages/ui/src/islands/a.ts', "import { x } from 'pkijs';", 'island'],
  ['packages/statement/src/a.ts', 'export const now = Date.now();', 'Date.now'],
  ['packages/statement/src/a.ts', 'export const now = new Date();', 'new Date()'],
  ['packages/policy/src/a.ts', "export const home = process.env['HOME'];", 'process'],
  ['packages/merkle/src/a.ts', 'export const x = Math.random();', 'Math.random'],
  ['packages/unheard/src/a.ts', "import { x } from '@see/asn1';", 'missing in the order'],
] as const;

describe('findViolations', () => {
  it.each(allowed)('allows %s: %s', (path, text) => {
    expect(findViolations([{ path, text }])).toEqual([]);
  });

  it.each(refused)('refuses %s: %s', (path, text, reason) => {
    const violations = findViolations([{ path, text }]);
    expect(violations.join('\n')).toContain(reason);
  });

  it('names the line', () => {
    const text = "import { a } from './a.ts';\n\nimport { b } from '@see/db';\n";
    expect(findViolations([{ path: 'packages/asn1/src/x.ts', text }])[0]).toMatch(/^packages\/asn1\/src\/x\.ts:3 /);
  });
});
