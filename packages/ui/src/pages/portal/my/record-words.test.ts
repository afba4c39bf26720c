import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MAIL_MACHINE, ORDER_MACHINE, RECOVERY_MACHINE } from '@see/domain';
import { type HtmlValue, html } from '@see/language';
import { evidenceKinds, STANDARD_EVIDENCE } from '@see/policy';
import { describe, expect, it } from 'vitest';
import { speechIn } from '../../../view.ts';
import { EVIDENCE_WORDS } from '../../console/evidence-words.ts';
import { orderTag } from '../../console/states.ts';
import { mailKindText, mailStateTag } from '../../mail-words.ts';
import { signInMethodText } from '../../sign-in-words.ts';
import { ACTS } from './act-words.ts';

const ROOT = fileURLToPath(new URL('../../../../../../', import.meta.url));
const read = (path: string): string => readFileSync(`${ROOT}${path}`, 'utf8');

/** The values that the database allows in a column, as the row types have them of its constraints. */
function allowed(table: string, column: string): readonly string[] {
  const rows = read('packages/db/src/schema.gen.ts');
  const row = new RegExp(`^export interface ${table} \\{$([\\s\\S]*?)^\\}$`, 'm').exec(rows)?.[1] ?? '';
  const type = new RegExp(`^  ${column}: (.*);$`, 'm').exec(row)?.[1] ?? '';
  return [...type.matchAll(/'([^']+)'/g)].map(([, value = '']) => value);
}

const said = (words: HtmlValue, language: 'en' | 'mi'): string => html`${words}`.in(speechIn(language));

describe('words of one’s own record', () => {
  it.each([
    ['states of orders', 'Orders', 'state', orderTag, 11],
    ['kinds of mail', 'Mails', 'template', mailKindText, 8],
    ['states of mail', 'Mails', 'state', mailStateTag, 4],
    ['ways of signing in', 'Sessions', 'method', signInMethodText, 4],
  ] as const)('has the %s that the database allows', (_, table, column, words, atLeast) => {
    const values = allowed(table, column);
    expect(values.length).toBeGreaterThanOrEqual(atLeast);
    for (const value of values) {
      const [english, maori] = [said(words(value), 'en'), said(words(value), 'mi')];
      expect([value, english]).not.toEqual([value, value]);
      expect(english.replaceAll(/<[^>]*>/g, '')).not.toBe(value);
      expect(maori).not.toBe(english);
    }
  });

  it('has the kinds of evidence that the policy knows', () => {
    const kinds = evidenceKinds(STANDARD_EVIDENCE);
    expect(kinds.length).toBeGreaterThan(5);
    expect(kinds.filter((kind) => EVIDENCE_WORDS[kind] === undefined)).toEqual([]);
  });

  it('has everything that ra writes into the audit trail', () => {
    const prefixes = globSync('migrations/src/*.ts', { cwd: ROOT }).flatMap((path) =>
      [...read(path).matchAll(/\('see_ra', '([a-z-]+\.[a-z.]*)'\)/g)].map(([, prefix = '']) => prefix),
    );
    expect(prefixes).toContain('revocation.');
    const written = globSync('services/ra/src/**/*.ts', { cwd: ROOT })
      .filter((path) => !path.endsWith('.test.ts') && read(path).includes('writeAudit'))
      .flatMap((path) => [...read(path).matchAll(/(?<!access\()(?<!operation: )'([a-z-]+\.[a-z-]+)'/g)])
      .map(([, kind = '']) => kind)
      .filter((kind) => prefixes.some((prefix) => kind.startsWith(prefix)));
    // Those whose kind is put together.
    const byMachines = [MAIL_MACHINE, ORDER_MACHINE, RECOVERY_MACHINE]
      .flatMap(({ transitions }) => transitions.map(({ by, audit }) => ({ by, audit })))
      .filter(({ by }) => by === 'ra')
      .map(({ audit }) => audit);
    const composed = [
      ...['pause', 'resume', 'retry', 'cancel'].map((steering) => `import.${steering}`),
      ...['hold', 'release', 'revoke'].map((change) => `revocation.${change}`),
    ];
    const kinds = new Set([...written, ...byMachines, ...composed]);
    // That somebody took their record is left out of it; refusals are summed up by the process; the last is a permission.
    for (const kind of ['record.exported', 'access.refusals-summarised', 'person.set-number']) kinds.delete(kind);
    expect(kinds.size).toBeGreaterThan(60);
    expect([...kinds].filter((kind) => ACTS[kind] === undefined)).toEqual([]);
  });
});
