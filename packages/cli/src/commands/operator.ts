import { randomBytes } from 'node:crypto';
import { personId } from '@see/domain';
import type { Command } from 'commander';
import { type CommandContext, passphraseFrom } from '../command-context.ts';
import { generateApprovalKey, writeApprovalKey, writePublicKey } from '../keys/approval-key.ts';
import { grouped, readRegistrableKey } from '../keys/registrable-key.ts';
import { addReviewCommands } from './operator-review.ts';
import { proposeOnHead } from './statement.ts';

/** `see operator …` */
export function addOperatorCommands(program: Command, context: CommandContext): void {
  const operator = program.command('operator').description('operators and their approval keys');
  addReviewCommands(operator, context);
  operator
    .command('keygen')
    .description('make an approval key on this machine; it never leaves it')
    .requiredOption('--label <text>', 'whose key it is')
    .requiredOption('--out <file>', 'the key file (0600); FILE.public.json is made beside it')
    .option('--passphrase-file <file>', 'file with the passphrase that protects the key')
    .option('--json', 'print as JSON')
    .action((options: { label: string; out: string; passphraseFile?: string }, command: Command) => {
      const key = generateApprovalKey(options.label);
      writeApprovalKey(options.out, key, passphraseFrom(options.passphraseFile));
      writePublicKey(`${options.out}.public.json`, key);
      const loud = options.passphraseFile
        ? ''
        : '\nThe key file is NOT protected by a passphrase: whoever reads it signs as you';
      const next = `Next: give ${options.out}.public.json to an administrator for see operator register`;
      context.print(
        command,
        { credentialId: key.credentialId, file: options.out, publicFile: `${options.out}.public.json` },
        `Key ${key.credentialId} in ${options.out}${loud}\n${next}`,
      );
    });
  operator
    .command('register <public-key-file>')
    .description('propose an approval key or passkey for a person: two administrators sign')
    .option('--person <id>', 'person id; a new one when left out')
    .option('--json', 'print as JSON')
    .action(async (file: string, options: { person?: string }, command: Command) => {
      const key = readRegistrableKey(file);
      const person = options.person ?? personId(randomBytes(10));
      const made = await proposeOnHead(context, 'credential-register', {
        personId: person,
        publicKey: { ...key.publicKey },
        label: key.label,
        ...(key.passkey === null ? {} : { passkey: key.passkey }),
      });
      const what =
        key.passkey === null
          ? `key ${key.credentialId}`
          : `passkey ${key.label}\nIts owner must read out this fingerprint: ${grouped(key.fingerprint)}`;
      const next = `Next: see statement sign ${made.digest.slice(0, 16)} --key FILE (two administrators), then see operator grant ${person} --role operator`;
      context.print(
        command,
        { ...made, personId: person, credentialId: key.credentialId, fingerprint: key.fingerprint },
        `Proposed for person ${person}: ${what}\n${next}`,
      );
    });
  operator
    .command('grant <person>')
    .description('propose a role for a person: two administrators sign')
    .requiredOption('--role <role>', 'administrator, operator, ca-operations, auditor')
    .option('--json', 'print as JSON')
    .action(async (person: string, options: { role: string }, command: Command) => {
      const made = await proposeOnHead(context, 'role-grant', { personId: person, role: options.role });
      context.print(
        command,
        made,
        `Proposed\nNext: see statement sign ${made.digest.slice(0, 16)} --key FILE (two administrators)`,
      );
    });
  operator
    .command('remove <credential>')
    .description('propose the removal of an approval key: two administrators sign')
    .option('--json', 'print as JSON')
    .action(async (credential: string, _options: unknown, command: Command) => {
      const made = await proposeOnHead(context, 'credential-remove', { credentialId: credential });
      context.print(
        command,
        made,
        `Proposed\nNext: see statement sign ${made.digest.slice(0, 16)} --key FILE (two administrators)`,
      );
    });
}
