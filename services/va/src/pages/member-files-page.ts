import { createHash } from 'node:crypto';
import { certsOnly } from '@see/cms';
import type { AgencyScope } from '@see/domain';
import { Refusal } from '@see/http/problem';
import { encodePem } from '@see/x509';
import type { Page } from '../http/page.ts';
import type { Reply } from '../http/reply.ts';
import type { DirectoryIndex } from './directory-index.ts';
import { fromDirectory } from './directory-page.ts';
import { encryptionCertificates } from './member-list.ts';

export interface MemberFilesDeps {
  readonly index: DirectoryIndex;
  /** Agencies by their verified scopes; undefined while they are not known. */
  readonly agencies: () => Iterable<AgencyScope> | undefined;
  readonly now: () => Date;
}

interface Files {
  readonly pem: Uint8Array;
  readonly p7b: Uint8Array;
}

/** How long the files are served before others are made, in milliseconds. */
const KEEP_MS = 15_000;
const CACHE = { 'cache-control': 'public, max-age=60, no-transform' };

/**
 * `/members.pem` and `/members.p7b`: what gateways encrypt to, in one file. The certificates of `dca` in `/members.json`,
 * in its order; above each one of the PEM file a line says whose it is.
 */
export function memberFilesPage(deps: MemberFilesDeps): Page {
  let kept: { readonly files: Files; readonly until: number } | undefined;
  const current = async (): Promise<Files> => {
    const time = deps.now().getTime();
    if (kept && time < kept.until) return kept.files;
    const files = await make(deps);
    kept = { files, until: time + KEEP_MS };
    return files;
  };
  return async ({ path }) => {
    if (path === '/members.pem') return reply('application/x-pem-file', (await current()).pem);
    if (path === '/members.p7b') return reply('application/x-pkcs7-certificates', (await current()).p7b);
    return undefined;
  };
}

async function make(deps: MemberFilesDeps): Promise<Files> {
  const agencies = deps.agencies();
  if (!agencies)
    throw new Refusal('unavailable', 'The list of members is not loaded yet.', { headers: { 'retry-after': '5' } });
  const entries = await fromDirectory(encryptionCertificates(agencies, deps.index, deps.now()));
  const lines = entries.map(({ agency, domain, certificate: { record, der } }) => {
    const until = `${new Date(record.notAfter).toISOString().slice(0, 19)}Z`;
    return `# ${agency} ${domain} sha256=${record.sha256} until=${until}\n${encodePem('CERTIFICATE', der)}`;
  });
  const head = `# ${entries.length} certificates to encrypt to, made ${deps.now().toISOString().slice(0, 19)}Z\n`;
  return {
    pem: new TextEncoder().encode(head + lines.join('')),
    p7b: certsOnly(entries.map(({ certificate }) => certificate.der)),
  };
}

function reply(type: string, body: Uint8Array): Reply {
  const etag = createHash('sha256').update(body).digest('hex');
  return { status: 200, headers: { 'content-type': type, ...CACHE }, body, etag, ranges: true };
}
