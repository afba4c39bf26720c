import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const module = fileURLToPath(new URL('./preload-modules.ts', import.meta.url));
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'see-preload-'));
  chmodSync(folder, 0o700);
  writeFileSync(
    join(folder, 'library.cjs'),
    `exports.late = () => require('./late.cjs').even(); exports.odd = () => require('no-such-module');`,
  );
  writeFileSync(join(folder, 'late.cjs'), `exports.even = () => require("./later.cjs");`);
  writeFileSync(join(folder, 'later.cjs'), `module.exports = 'loaded';`);
  writeFileSync(
    join(folder, 'main.mjs'),
    `import library from './library.cjs';
     import { rmSync } from 'node:fs';
     const { preloadModules } = await import(process.argv[2]);
     if (process.argv[3] === 'preload') preloadModules();
     for (const name of ['late.cjs', 'later.cjs']) rmSync(new URL(name, import.meta.url));
     try { console.log(library.late()); } catch (error) { console.log(error.code); }`,
  );
});
afterEach(() => rmSync(folder, { recursive: true }));

async function main(...args: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [join(folder, 'main.mjs'), module, ...args]);
  return stdout.trim();
}

describe('preloadModules', () => {
  it('loads what a library would load later, and what that would load', async () => {
    expect(await main('preload')).toBe('loaded');
  });

  it('is what makes the difference', async () => {
    expect(await main()).toBe('MODULE_NOT_FOUND');
  });
});
