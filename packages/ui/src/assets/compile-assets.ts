import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { compile } from 'sass';

/**
 * Compiles styles and islands and prints them as JSON. Runs as a process of its own (see load-assets.ts): the
 * compilers' memory and threads go away with it, and a service never has them loaded.
 */
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

function style(): string {
  return compile(here('../style/site.scss'), {
    style: 'compressed',
    loadPaths: [here('../../node_modules')],
    quietDeps: true,
  }).css;
}

async function islands(): Promise<Record<string, string>> {
  const bundle = await rolldown({
    input: { site: here('../islands/site/site.ts'), enrolment: here('../islands/enrolment/enrolment.ts') },
    platform: 'browser',
    tsconfig: false,
    // Left to be found below, when something that is used needs it.
    external: /^node:/,
    // Only the islands themselves do something when they are loaded; from packages they take what they use.
    treeshake: { moduleSideEffects: (id) => id.includes('/islands/') },
  });
  const { output } = await bundle.generate({ format: 'es', minify: true, entryFileNames: '[name].js' });
  await bundle.close();
  const scripts: Record<string, string> = {};
  for (const part of output) {
    if (part.type !== 'chunk' || !part.isEntry) throw new Error(`an island came out in pieces: ${part.fileName}`);
    const foreign = part.imports.find((name) => name.startsWith('node:'));
    if (foreign) throw new Error(`${part.fileName} needs ${foreign}, which no browser has`);
    scripts[part.fileName] = part.code;
  }
  return scripts;
}

const files = {
  'site.css': style(),
  ...(await islands()),
  'icon.svg': readFileSync(here('../icons/icon.svg'), 'utf8'),
};
process.stdout.write(JSON.stringify(files));
