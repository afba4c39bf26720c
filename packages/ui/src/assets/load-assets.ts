import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { AssetName, AssetReference } from '../site.ts';

/** One file as it is served. */
export interface Asset {
  readonly path: string;
  readonly type: string;
  readonly body: Buffer;
  /** The same, compressed once for all. */
  readonly gzip: Buffer;
}

export interface AssetSet {
  readonly references: Readonly<Record<AssetName, AssetReference>>;
  readonly files: ReadonlyMap<string, Asset>;
}

const TYPES: Readonly<Record<AssetName, string>> = {
  'site.css': 'text/css; charset=utf-8',
  'site.js': 'text/javascript; charset=utf-8',
  'enrolment.js': 'text/javascript; charset=utf-8',
  'approval.js': 'text/javascript; charset=utf-8',
  'batch.js': 'text/javascript; charset=utf-8',
  'registration.js': 'text/javascript; charset=utf-8',
  'handover.js': 'text/javascript; charset=utf-8',
  'sign-in.js': 'text/javascript; charset=utf-8',
  'passkey.js': 'text/javascript; charset=utf-8',
  'renewal.js': 'text/javascript; charset=utf-8',
  'live-import.js': 'text/javascript; charset=utf-8',
  'follow.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
};

/**
 * Compiles styles and islands (about two seconds, in another process) and gives each file a name with its content's
 * hash. Blocks, and reads files of the checkout: call it once, when a service's main module is loaded, before
 * privileges are dropped. Throws when something does not compile.
 */
export function loadAssets(): AssetSet {
  const script = fileURLToPath(new URL('compile-assets.ts', import.meta.url));
  const printed = execFileSync(process.execPath, [script], {
    encoding: 'utf8',
    maxBuffer: 32 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'] ?? '', NODE_NO_WARNINGS: '1' },
  });
  const texts = JSON.parse(printed) as Record<AssetName, string>;
  const references: Partial<Record<AssetName, AssetReference>> = {};
  const files = new Map<string, Asset>();
  for (const name of Object.keys(TYPES) as AssetName[]) {
    const body = Buffer.from(texts[name], 'utf8');
    const [stem, extension] = name.split('.');
    const url = `/assets/${stem}-${createHash('sha256').update(body).digest('hex').slice(0, 16)}.${extension}`;
    references[name] = { url, integrity: `sha384-${createHash('sha384').update(body).digest('base64')}` };
    files.set(url, { path: url, type: TYPES[name], body, gzip: gzipSync(body, { level: 9 }) });
  }
  return { references: references as Record<AssetName, AssetReference>, files };
}
