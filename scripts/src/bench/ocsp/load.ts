import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Requests that a load is made of: GET paths, or POST bodies to one path. */
export type Requests =
  | { readonly paths: readonly string[] }
  | { readonly path: string; readonly bodies: readonly Uint8Array[] };

/** Whether wrk, the load generator, is there; says how to get it where it is not. */
export function haveWrk(): boolean {
  if (spawnSync('wrk', ['--version']).error === undefined) return true;
  process.stderr.write('wrk is not installed: apt-get install wrk\n');
  return false;
}

/** A load against servers on this machine, by wrk on a core of its own: keep-alive, each request the next of the list. */
export class Load {
  readonly #script: string;
  readonly #core: number;

  constructor(requests: Requests, core = 1) {
    this.#script = join(mkdtempSync(join(tmpdir(), 'see-load-')), 'load.lua');
    this.#core = core;
    writeFileSync(this.#script, lua(requests));
  }

  /** Requests a second over so many seconds. Throws when an answer was no 200 or a connection failed. */
  async run(port: number, seconds: number, connections = 32): Promise<number> {
    const { stdout } = await run('taskset', [
      '-c',
      String(this.#core),
      'wrk',
      '-t1',
      `-c${connections}`,
      `-d${seconds}s`,
      '-s',
      this.#script,
      `http://127.0.0.1:${port}`,
    ]);
    const fault = /^ *(Non-2xx|Socket errors).*$/m.exec(stdout)?.[0];
    if (fault) throw new Error(fault.trim());
    return Number(/Requests\/sec: *([\d.]+)/.exec(stdout)?.[1]);
  }
}

function lua(requests: Requests): string {
  const made =
    'paths' in requests
      ? requests.paths.map((path) => `wrk.format('GET', ${quoted(path)})`)
      : requests.bodies.map((body) => `wrk.format('POST', ${quoted(requests.path)}, headers, ${octets(body)})`);
  return `
local headers = { ['content-type'] = 'application/ocsp-request' }
local requests = {}
function init()
${made.map((text, index) => `  requests[${index + 1}] = ${text}`).join('\n')}
end
local at = 0
function request()
  at = at % #requests + 1
  return requests[at]
end
`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

function octets(body: Uint8Array): string {
  return `'${Array.from(body, (octet) => `\\${String(octet).padStart(3, '0')}`).join('')}'`;
}
