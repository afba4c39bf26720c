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

/** Each island is one file: it is bundled apart, with what it uses of the packages. */
const ISLANDS = [
  'site',
  'enrolment',
  'approval',
  'batch',
  'registration',
  'handover',
  'sign-in',
  'passkey',
  'renewal',
  'live-import',
  'follow',
];

async function island(name: string): Promise<string> {
  const bundle = await rolldown({
    input: { [name]: here(`../islands/${name}/${name}.ts`) },
    platform: 'browser',
    tsconfig: false,
    // Left to be found below, when something that is used needs it.
    external: /^node:/,
    // Only the islands themselves do something when they are loaded; from packages they take what they use.
    treeshake: { moduleSideEffects: (id) => id.includes('/islands/') },
  });
  const { output } = await bundle.generate({ format: 'es', minify: true, entryFileNames: '[name].js' });
  await bundle.close();
  const [part, ...more] = output;
  if (more.length > 0 || part.type !== 'chunk') throw new Error(`the island ${name} came out in pieces`);
  const foreign = part.imports.find((specifier) => specifier.startsWith('node:'));
  if (foreign) throw new Error(`${name} needs ${foreign}, which no browser has`);
  return part.code;
}

async function islands(): Promise<Record<string, string>> {
  const scripts: Record<string, string> = {};
  for (const name of ISLANDS) scripts[`${name}.js`] = await island(name);
  return scripts;
}

const files = {
  'site.css': style(),
  ...(await islands()),
  'icon.svg': readFileSync(here('../icons/icon.svg'), 'utf8'),
};
process.stdout.write(JSON.stringify(files));
