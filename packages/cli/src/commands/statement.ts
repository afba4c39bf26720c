import { refused } from '@see/domain';
import { type CanonicalValue, type PasskeyJwk, readStatement, signDigest } from '@see/statement';
import type { Command } from 'commander';
import { type CommandContext, passphraseFrom } from '../command-context.ts';
import { nextStatementOn } from '../init/chain-builder.ts';
import { readApprovalKey } from '../keys/approval-key.ts';
import { grouped, passkeyFingerprint } from '../keys/registrable-key.ts';
import { table } from '../table.ts';
import { confirm } from './order.ts';
import { readJson } from './read-json.ts';

interface StatementView {
  readonly digest: string;
  readonly kind: string;
  readonly seq: number | null;
  readonly bytes: string;
  readonly state: string;
  readonly signedBy: readonly string[];
}

/** Proposes the next statement of the chain, on the head that the service has now. */
export async function proposeOnHead(
  context: CommandContext,
  kind: string,
  subject: { readonly [key: string]: CanonicalValue },
  role = 'administrator1',
): Promise<StatementView> {
  const api = context.api(role);
  const { head } = await api.get<{ head: { seq: number; digest: string } }>('/api/v1/statements');
  const { instance } = await api.get<{ instance: string }>('/api/v1/status');
  const read = nextStatementOn(instance, head.seq, head.digest, kind, subject, Math.floor(Date.now() / 1000));
  return api.post<StatementView>('/api/v1/statements', { bytes: read.bytes.toBase64() });
}

/**
 * What a signer reads of a statement: its very bytes, indented; for a passkey also the fingerprint that its owner has
 * to read out, made from the same bytes.
 */
export function renderStatement(bytes: Uint8Array): string {
  const { statement } = readStatement(bytes);
  const { passkey, publicKey } = statement.subject;
  const text = JSON.stringify(statement, null, 2);
  if (statement.kind !== 'credential-register' || typeof passkey !== 'string') return text;
  const fingerprint = grouped(passkeyFingerprint(passkey, publicKey as unknown as PasskeyJwk));
  return `${text}\n\nIts owner must read out this fingerprint: ${fingerprint}`;
}

/** `see statement …` */
export function addStatementCommands(program: Command, context: CommandContext): void {
  const statement = program
    .command('statement')
    .description('statements that carry authority: sign what others proposed');
  statement
    .command('list')
    .description('list statements that wait for signatures')
    .option('--json', 'print as JSON')
    .action(async (_options: unknown, command: Command) => {
      const page = await context.api('administrator1').get<{ items: StatementView[] }>('/api/v1/statements');
      const rows = page.items.map((one) => [
        one.digest.slice(0, 16),
        one.kind,
        String(one.seq ?? '-'),
        one.state,
        String(one.signedBy.length),
      ]);
      context.print(
        command,
        page,
        table(['DIGEST', 'KIND', 'NUMBER', 'STATE', 'SIGNATURES'], rows, 'No statement waits'),
      );
    });
  statement
    .command('sign <digest>')
    .description('read a statement and sign it with your key')
    .requiredOption('--key <file>', 'your approval key')
    .option('--passphrase-file <file>', "file with the key's passphrase")
    .option('--yes', 'do not ask')
    .option('--json', 'print as JSON')
    .action(
      async (digest: string, options: { key: string; passphraseFile?: string; yes?: boolean }, command: Command) => {
        const api = context.api('administrator1');
        const full = digest.length === 96 ? digest : await findDigest(context, digest);
        const found = await api.get<StatementView>(`/api/v1/statements/${full}`);
        const bytes = Uint8Array.fromBase64(found.bytes);
        const read = readStatement(bytes);
        if (read.digest.toHex() !== full) throw refused('other-statement', 'the service gave another statement');
        const key = readApprovalKey(options.key, passphraseFrom(options.passphraseFile));
        if (!options.yes)
          await confirm(context, `${renderStatement(bytes)}\n\nYou sign this, in the name of ${key.label}.`);
        const signature = signDigest(read.digest, key.credentialId, key.privateKey);
        const answer = await api.post<StatementView>(`/api/v1/statements/${full}/signatures`, {
          credentialId: key.credentialId,
          signature,
        });
        context.print(
          command,
          answer,
          `Signed: ${answer.signedBy.length} signatures; the statement is ${answer.state}`,
        );
      },
    );
  statement
    .command('propose <kind> <file>')
    .description('propose a statement with the subject in a JSON file')
    .option('--json', 'print as JSON')
    .action(async (kind: string, file: string, _options: unknown, command: Command) => {
      const subject = readJson(file) as { [key: string]: CanonicalValue };
      const made = await proposeOnHead(context, kind, subject);
      context.print(
        command,
        made,
        `Proposed ${made.digest}\nNext: see statement sign ${made.digest.slice(0, 16)} --key FILE, by two persons`,
      );
    });
}

async function findDigest(context: CommandContext, start: string): Promise<string> {
  const page = await context.api('administrator1').get<{ items: StatementView[] }>('/api/v1/statements');
  const found = page.items.filter((one) => one.digest.startsWith(start.toLowerCase()));
  if (found.length !== 1 || !found[0])
    throw refused('not-found', `${found.length} waiting statements start with ${start}`);
  return found[0].digest;
}
