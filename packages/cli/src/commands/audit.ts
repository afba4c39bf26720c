import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AuthorityFollower, openDatabase } from '@see/db';
import { SealedStore } from '@see/keys';
import { readSecretFile } from '@see/process';
import type { Command } from 'commander';
import { exportAudit, type KnownCheckpoint, verifyAudit } from '../audit/index.ts';
import { verifyBundle } from '../bundle/verify-bundle.ts';
import type { CommandContext } from '../command-context.ts';

/** `see audit …`: on the instance's own machine. */
export function addAuditCommands(program: Command, context: CommandContext): void {
  const audit = program.command('audit').description('the audit log');
  audit
    .command('verify')
    .description("prove the whole log against the signer's last checkpoint; exit code 1 at the first break")
    .option('--signer-passphrase-file <file>', "opens the signer's own memory (evaluation: found by itself)")
    .option('--json', 'print as JSON')
    .action(async (options: { signerPassphraseFile?: string }, command: Command) => {
      await withDatabase(context, async (db, instance) => {
        const authority = await new AuthorityFollower(db, Uint8Array.fromHex(instance.anchor)).refresh();
        const signed = signedCheckpoint(context, instance.stateDir, options.signerPassphraseFile);
        const report = await verifyAudit(db, authority, instance.instance, signed ? { known: signed } : {});
        const tail = `${report.uncovered} entries not yet under a checkpoint, ${report.unsequenced} events not yet in the log`;
        const against = signed
          ? "against the signer's own last checkpoint"
          : 'against the checkpoints in the database only';
        const text = report.break
          ? `BROKEN at entry ${report.break.seq}: ${report.break.message} (${report.break.code})`
          : `Whole: ${report.entries} entries, ${report.checkpoints} checkpoints, ${against}\n${tail}`;
        context.print(command, report, text);
        if (!report.ok) process.exitCode = 1;
      });
    });
  audit
    .command('verify-bundle <file>')
    .description(
      'verify a bundle of evidence or access offline, from the anchor alone; exit code 1 when anything does not hold',
    )
    .option('--anchor <hex>', "digest of the instance's first statement (default: that of the instance here)")
    .option('--root <fingerprint>', 'SHA-256 of the root (default: that of the instance here)')
    .option('--json', 'print as JSON')
    .action(async (file: string, options: { anchor?: string; root?: string }, command: Command) => {
      const here = options.anchor === undefined ? context.local().instance : undefined;
      const root = options.root ?? here?.rootFingerprint;
      const report = await verifyBundle(readFileSync(file, 'utf8'), options.anchor ?? here?.anchor ?? '', root);
      const approvals = report.approvals
        ? `\n${report.approvals.hold} approvals hold, ${report.approvals.needed} were needed; keys that were removed since do not count`
        : '';
      const text = `Whole: ${report.kind}, given out ${report.exportedAt}, ${report.entries} events under a checkpoint of ${report.treeSize}${approvals}`;
      context.print(command, report, text);
    });
  audit
    .command('export')
    .description('write the log as lines of JSON that prove themselves')
    .action(async () => {
      await withDatabase(context, async (db, instance) => {
        const authority = await new AuthorityFollower(db, Uint8Array.fromHex(instance.anchor)).refresh();
        await exportAudit(db, authority, (line) => context.surroundings.out(`${line}\n`));
      });
    });
}

type Work = (
  db: ReturnType<typeof openDatabase>,
  instance: ReturnType<CommandContext['local']>['instance'],
) => Promise<void>;

async function withDatabase(context: CommandContext, work: Work): Promise<void> {
  const { instance } = context.local();
  const db = openDatabase(await context.surroundings.ownerUrl(), {
    applicationName: 'see audit',
    max: 2,
    statementTimeoutMs: 0,
  });
  try {
    await work(db, instance);
  } finally {
    await db.destroy();
  }
}

/** What the signer signed last, from its sealed store; undefined when nobody can open it here. */
function signedCheckpoint(
  context: CommandContext,
  stateDir: string,
  file: string | undefined,
): KnownCheckpoint | undefined {
  const generated = join(context.dataDir, 'evaluation', 'signer.passphrase');
  const path = file ?? (existsSync(generated) ? generated : undefined);
  if (path === undefined) return undefined;
  const store = SealedStore.open(join(stateDir, 'signer'), readSecretFile(path));
  const { checkpoint } = JSON.parse(Buffer.from(store.read('state')).toString('utf8')) as {
    checkpoint: { size: number; root: string };
  };
  return checkpoint.size === 0 ? undefined : { size: checkpoint.size, root: Uint8Array.fromHex(checkpoint.root) };
}
