import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const LITERAL_REQUIRE = /\brequire\(\s*(['"])([^'"]+)\1\s*\)/g;

/**
 * Loads now what libraries would only load when they first need it: every module that a loaded CommonJS module names in a `require`, and so on until there is nothing new.
 * For a process that will not be able to read its own code later. What cannot be loaded is optional there too. Our own code imports statically and needs none of this.
 */
export function preloadModules(): void {
  const { cache } = createRequire(import.meta.url);
  const seen = new Set<string>();
  for (;;) {
    const files = Object.keys(cache).filter((file) => !seen.has(file));
    if (files.length === 0) return;
    for (const file of files) {
      seen.add(file);
      if (/\.c?js$/.test(file)) requireAll(file);
    }
  }
}

function requireAll(file: string): void {
  const from = createRequire(file);
  for (const [, , specifier = ''] of readFileSync(file, 'utf8').matchAll(LITERAL_REQUIRE)) {
    if (/\bbrowser\b/.test(specifier)) continue;
    try {
      from(specifier);
    } catch {
      // Not installed, or for another system: the library copes with that.
    }
  }
}
