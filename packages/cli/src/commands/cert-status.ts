import { refused } from '@see/domain';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';

interface EvidenceList {
  readonly number: number;
  readonly thisUpdate: string;
  readonly nextUpdate: string;
  readonly url: string;
  readonly lists?: boolean;
}

/** What va answers at `/status/<ca>/<serial>`. */
interface PastStatus {
  readonly ca: string;
  readonly serial: string;
  readonly at: string;
  readonly status: keyof typeof WORDS;
  readonly reason: string | null;
  readonly since: string | null;
  readonly invalidityDate: string | null;
  readonly retroactive: boolean;
  readonly notBefore: string | null;
  readonly notAfter: string | null;
  readonly knownAt: string;
  readonly evidence: { readonly inForce: EvidenceList | null; readonly firstListing: EvidenceList | null };
}

const WORDS = {
  good: 'was good',
  held: 'was on hold',
  revoked: 'was revoked',
  'not-yet-valid': 'was not valid yet',
  expired: 'had expired',
  unknown: 'was not issued by this CA, as far as is known',
} as const;

interface StatusOptions {
  readonly at?: string;
  readonly ca?: string;
  readonly url?: string;
}

/** `see cert status`: what the status of a certificate was at a time, and the signed lists that show it. */
export function addStatusQuery(cert: Command, context: CommandContext): void {
  cert
    .command('status <certificate>')
    .description('what the status was at a time, and which revocation lists show it; named by serial number or SHA-256')
    .option('--at <time>', 'when, as 2026-11-22T10:00:00Z (else now)')
    .option('--ca <ca>', 'the CA that issued it (else the service is asked, and the serial number may be a SHA-256)')
    .option('--url <url>', 'where va answers (else the instance of this machine)')
    .option('--json', 'print as JSON')
    .action(async (id: string, options: StatusOptions, command: Command) => {
      const { ca, serial } = options.ca
        ? { ca: options.ca, serial: id.toLowerCase() }
        : await context.api().get<{ ca: string; serial: string }>(`/api/v1/certificates/${id}`);
      const found = await ask((options.url ?? context.vaUrl()).replace(/\/$/, ''), ca, serial, options.at);
      context.print(command, found, inWords(found));
    });
}

async function ask(va: string, ca: string, serial: string, at: string | undefined): Promise<PastStatus> {
  const query = at === undefined ? '' : `?at=${encodeURIComponent(at)}`;
  const url = `${va}/status/${encodeURIComponent(ca)}/${encodeURIComponent(serial)}${query}`;
  const response = await fetch(url, { signal: AbortSignal.timeout(60_000) });
  const body = (await response.json()) as PastStatus & { readonly detail?: string };
  if (!response.ok)
    throw refused('no-status', body.detail ?? `${url} answers ${response.status}`, {
      remedy: response.status === 503 ? 'try again in a moment' : 'see the time, the CA and the serial number',
    });
  return body;
}

function inWords(found: PastStatus): string {
  const { status, reason, since, invalidityDate, retroactive, notBefore, notAfter, evidence } = found;
  const { inForce, firstListing } = evidence;
  const lines = [
    `${found.serial} of CA ${found.ca} ${WORDS[status]} at ${found.at}`,
    since === null ? '' : `Since ${since}${reason === null ? '' : `, reason ${reason}`}`,
    invalidityDate === null ? '' : `Invalid from ${invalidityDate} on, as its revocation says`,
    retroactive ? 'It was revoked after that time: answers of that time said something milder' : '',
    notBefore === null || notAfter === null ? '' : `Valid from ${notBefore} to ${notAfter}`,
    inForce === null
      ? 'No revocation list was in force then'
      : `CRL ${inForce.number} of ${inForce.thisUpdate} was in force and ${inForce.lists ? 'lists it' : 'does not list it'}: ${inForce.url}`,
    firstListing === null
      ? ''
      : `First listed by CRL ${firstListing.number} of ${firstListing.thisUpdate}: ${firstListing.url}`,
    `As was known at ${found.knownAt}`,
  ];
  return lines.filter((line) => line !== '').join('\n');
}
