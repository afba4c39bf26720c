import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AuthorityFollower, openDatabase } from '@see/db';
import { isWithin, refused } from '@see/domain';
import { checkSuffix } from '@see/policy';
import { readSecretFile } from '@see/process';
import { signDigest } from '@see/statement';
import type { Command } from 'commander';
import { reissueCas } from '../ceremony/reissue-cas.ts';
import { publishRootCrl } from '../ceremony/root-crl.ts';
import { openRoot } from '../ceremony/root-key.ts';
import { type CommandContext, passphraseFrom } from '../command-context.ts';
import { readApprovalKey } from '../keys/approval-key.ts';
import { table } from '../table.ts';
import { proposeOnHead } from './statement.ts';

interface ReissueOptions {
  readonly permit?: string;
  readonly key?: readonly string[];
  readonly passphraseFile?: string;
  readonly rootPassphraseFile?: string;
}

/** `see ca …` and `see crl …`: the CAs, and what the root key is needed for. */
export function addCaCommands(program: Command, context: CommandContext): void {
  const ca = program.command('ca').description('certification authorities');
  ca.command('list')
    .description('list the CAs')
    .option('--json', 'print as JSON')
    .action(async (_options: unknown, command: Command) => {
      const page = await context.api().get<{ items: { id: string; notAfter: string; ski: string }[] }>('/api/v1/cas');
      const rows = page.items.map((one) => [one.id, one.notAfter.slice(0, 10), one.ski]);
      context.print(command, page, table(['CA', 'EXPIRES', 'KEY'], rows, 'No CA'));
    });
  ca.command('reissue')
    .description("root ceremony: make the issuing CAs' certificates again, with another suffix permitted")
    .option('--permit <suffix>', 'a suffix to add to the name constraints; two administrators sign')
    .option('--key <file...>', 'approval keys of two administrators, with --permit')
    .option('--passphrase-file <file>', "file with the keys' passphrase")
    .option('--root-passphrase-file <file>', 'opens the root key (evaluation: found by itself)')
    .option('--json', 'print as JSON')
    .action(async (options: ReissueOptions, command: Command) => {
      if (options.permit !== undefined) await permit(context, options.permit, options);
      const made = await withRoot(context, options.rootPassphraseFile, async (db, root, configuration) =>
        reissueCas(db, root, configuration, new Date()),
      );
      const lines = Object.entries(made).map(([id, sha256]) => `${id.padEnd(12)} ${sha256}`);
      context.print(
        command,
        made,
        `${lines.join('\n')}\nNext: see stop, see up: the processes read the certificates when they start`,
      );
    });
  program
    .command('crl')
    .description('certificate revocation lists')
    .command('publish')
    .description("root ceremony: make and publish the next root CRL; the issuing CAs' lists are made by the signer")
    .option('--root-passphrase-file <file>', 'opens the root key (evaluation: found by itself)')
    .option('--json', 'print as JSON')
    .action(async (options: { rootPassphraseFile?: string }, command: Command) => {
      const made = await withRoot(context, options.rootPassphraseFile, (db, root) =>
        publishRootCrl(db, root, new Date()),
      );
      context.print(
        command,
        made,
        `Root CRL ${made.number} is published; the next one is due before ${made.nextUpdate.toISOString()}`,
      );
    });
}

type Work<T> = (
  db: ReturnType<typeof openDatabase>,
  root: Awaited<ReturnType<typeof openRoot>>,
  configuration: Awaited<ReturnType<AuthorityFollower['refresh']>>['configuration'],
) => Promise<T>;

async function withRoot<T>(context: CommandContext, file: string | undefined, work: Work<T>): Promise<T> {
  const { instance, dataDir } = context.local();
  const generated = join(dataDir, 'evaluation', 'root.passphrase');
  const path = file ?? (existsSync(generated) ? generated : undefined);
  if (path === undefined)
    throw refused('passphrase-needed', 'the root key is sealed', { remedy: 'give --root-passphrase-file FILE' });
  const db = openDatabase(await context.surroundings.ownerUrl(), { applicationName: 'see ceremony', max: 2 });
  try {
    const authority = await new AuthorityFollower(db, Uint8Array.fromHex(instance.anchor)).refresh();
    return await work(db, await openRoot(instance.stateDir, readSecretFile(path), db), authority.configuration);
  } finally {
    await db.destroy();
  }
}

/** Adds a suffix to the configuration: a statement of two administrators, carried out when the signer has accepted it. */
async function permit(context: CommandContext, suffix: string, options: ReissueOptions): Promise<void> {
  const { instance } = context.local();
  const db = openDatabase(await context.surroundings.ownerUrl(), { applicationName: 'see ceremony', max: 1 });
  try {
    const follower = new AuthorityFollower(db, Uint8Array.fromHex(instance.anchor));
    const { configuration } = await follower.refresh();
    const wanted = checkSuffix(suffix);
    if (configuration.permittedDomains.some((known) => isWithin(wanted, known))) return;
    const subject = { ...configuration, permittedDomains: [...configuration.permittedDomains, wanted] };
    const proposed = await proposeOnHead(context, 'configuration-activate', subject);
    for (const file of options.key ?? []) {
      const key = readApprovalKey(file, passphraseFrom(options.passphraseFile));
      const signature = signDigest(Uint8Array.fromHex(proposed.digest), key.credentialId, key.privateKey);
      await context
        .api('administrator1')
        .post(`/api/v1/statements/${proposed.digest}/signatures`, { credentialId: key.credentialId, signature });
    }
    for (let tries = 0; tries < 40; tries += 1) {
      if ((await follower.refresh()).configuration.permittedDomains.includes(wanted)) return;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    throw refused('not-enough-signatures', `statement ${proposed.digest.slice(0, 16)} is not accepted`, {
      remedy: `two administrators sign it: see statement sign ${proposed.digest.slice(0, 16)} --key FILE; then see ca reissue`,
    });
  } finally {
    await db.destroy();
  }
}
