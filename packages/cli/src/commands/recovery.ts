import { readFileSync } from 'node:fs';
import { RECOVERY_CAPACITIES, RECOVERY_THRESHOLD, refused } from '@see/domain';
import { decodePem, encodePem } from '@see/x509';
import type { Command } from 'commander';
import { type CommandContext, passphraseFrom } from '../command-context.ts';
import { generateAgentKey, readAgentPublicKey, writeAgentKey } from '../keys/agent-key.ts';
import { renderRecovery } from '../recovery/render-recovery.ts';
import { table } from '../table.ts';
import { type ApproveOptions, approveRecovery } from './recovery-approve.ts';
import { proposeOnHead } from './statement.ts';

interface RecoveryView {
  readonly id: string;
  readonly state: string;
  readonly agencyId: string;
  readonly capacity: string;
  readonly subjectId: string;
  readonly expiresAt: string;
}

interface RequestOptions {
  readonly certificate: string;
  readonly capacity: string;
  readonly legalBasis: string;
  readonly purpose: string;
  readonly from: string;
  readonly until: string;
  readonly recipient: string;
  readonly suppressNotice?: string;
}

/** `see recovery …`: the opening of kept encryption keys by two recovery agents. */
export function addRecoveryCommands(program: Command, context: CommandContext): void {
  const recovery = program
    .command('recovery')
    .description('encryption keys that are kept, opened by two recovery agents');
  addAgentCommands(recovery, context);
  addRequestCommands(recovery, context);
  addDecisionCommands(recovery, context);
}

function addAgentCommands(recovery: Command, context: CommandContext): void {
  recovery
    .command('keygen')
    .description('make a recovery agent’s key on this machine; it never leaves it')
    .requiredOption('--label <text>', 'whose key it is; holders read it when their key is made')
    .requiredOption('--out <file>', 'the key file (0600); FILE.public.json is made beside it')
    .option('--passphrase-file <file>', 'file with the passphrase that protects the key')
    .option('--json', 'print as JSON')
    .action((options: { label: string; out: string; passphraseFile?: string }, command: Command) => {
      const key = generateAgentKey(options.label);
      writeAgentKey(options.out, key, passphraseFrom(options.passphraseFile));
      const publicFile = `${options.out}.public.json`;
      const loud = options.passphraseFile ? '' : '\nThe key file is NOT protected by a passphrase';
      context.print(
        command,
        { keyId: key.keyId, file: options.out, publicFile },
        `Key ${key.keyId} in ${options.out}${loud}\nKeep a copy apart: without two agents’ keys nothing that is kept can be opened\nNext: give ${publicFile} to an administrator for see recovery agents`,
      );
    });
  recovery
    .command('agents')
    .description('propose the agents for whom keys are kept from now on: two administrators sign')
    .requiredOption(
      '--agent <person:agency:file...>',
      'person id, agency and public key file of each agent, two to seven',
    )
    .option('--json', 'print as JSON')
    .action(async (options: { agent: readonly string[] }, command: Command) => {
      const agents = options.agent.map((text) => {
        const [, personId = '', agencyId = '', file = ''] = /^([^:]+):([^:]+):(.+)$/.exec(text) ?? [];
        if (file === '') throw refused('agent-form', `${text} is not PERSON:AGENCY:FILE`);
        return { personId, agencyId, ...readAgentPublicKey(file) };
      });
      const made = await proposeOnHead(context, 'recovery-agents-activate', { threshold: RECOVERY_THRESHOLD, agents });
      const few =
        agents.length < 3 ? '\nWith two agents, one lost key loses every key that is kept: name three or more' : '';
      context.print(
        command,
        made,
        `Proposed${few}\nNext: see statement sign ${made.digest.slice(0, 16)} --key FILE (two administrators)`,
      );
    });
}

function addRequestCommands(recovery: Command, context: CommandContext): void {
  recovery
    .command('request')
    .description('ask for the kept key of a certificate')
    .requiredOption('--certificate <id>', 'SHA-256 or serial number of the certificate')
    .requiredOption('--capacity <capacity>', RECOVERY_CAPACITIES.join(', '))
    .requiredOption('--legal-basis <text>', 'provision, warrant or instrument')
    .requiredOption('--purpose <text>', 'what the key is needed for')
    .requiredOption('--from <time>', 'first day of the messages, like 2026-05-01')
    .requiredOption('--until <time>', 'last day of the messages')
    .requiredOption(
      '--recipient <file>',
      'certificate to encrypt the key to (PEM), one of ours for encryption; of a chain, the first',
    )
    .option('--suppress-notice <text>', 'reason in law why the holder is not told')
    .option('--json', 'print as JSON')
    .action(async (options: RequestOptions, command: Command) => {
      const made = await context.api().post('/api/v1/recoveries', {
        certificate: options.certificate.replaceAll(':', '').toLowerCase(),
        capacity: options.capacity,
        legalBasis: options.legalBasis,
        purpose: options.purpose,
        messagesFrom: timeOf(options.from),
        messagesUntil: timeOf(options.until, '23:59:59'),
        recipient: firstCertificate(options.recipient),
        ...(options.suppressNotice === undefined ? {} : { suppressNotice: options.suppressNotice }),
      });
      const id = String(made['id']);
      context.print(
        command,
        made,
        `Recovery ${id} is requested\nNext: two recovery agents, with see recovery approve ${id}`,
      );
    });
  recovery
    .command('close <id>')
    .description('say that the file arrived, or that nothing can be done with it')
    .requiredOption('--reason <text>', 'what became of it')
    .option('--json', 'print as JSON')
    .action(async (id: string, options: { reason: string }, command: Command) => {
      const answer = await context.api().post(`/api/v1/recoveries/${id}/close`, { reason: options.reason });
      context.print(command, answer, `Recovery ${id} is closed; what was opened for it is erased`);
    });
}

function addDecisionCommands(recovery: Command, context: CommandContext): void {
  recovery
    .command('list')
    .description('list recoveries, the newest first')
    .option('--state <state>', 'only those in this state')
    .option('--json', 'print as JSON')
    .action(async (options: { state?: string }, command: Command) => {
      const query = options.state === undefined ? '' : `?state=${encodeURIComponent(options.state)}`;
      const page = await context.api().get<{ items: RecoveryView[] }>(`/api/v1/recoveries${query}`);
      const rows = page.items.map((one) => [
        one.id,
        one.state,
        one.agencyId,
        one.capacity,
        one.subjectId,
        one.expiresAt,
      ]);
      const heading = ['RECOVERY', 'STATE', 'AGENCY', 'CAPACITY', 'HOLDER', 'ENDS'];
      context.print(command, page, table(heading, rows, 'There is no recovery'));
    });
  recovery
    .command('show <id>')
    .description('show a recovery')
    .option('--json', 'print as JSON')
    .action(async (id: string, _options: unknown, command: Command) => {
      const api = context.api();
      const found = await api.get(`/api/v1/recoveries/${id}`);
      const { text } = renderRecovery(await api.bytes(`/api/v1/recoveries/${id}/content`, 'application/json'));
      context.print(command, found, `State: ${String(found['state'])}\n\n${text}`);
    });
  recovery
    .command('approve <id>')
    .description('read what is asked, approve it with your key, and do your part of the opening')
    .requiredOption('--key <file>', 'your approval key (see operator keygen)')
    .option('--passphrase-file <file>', "file with the approval key's passphrase")
    .requiredOption('--agent-key <file>', 'your key as a recovery agent (see recovery keygen)')
    .option('--agent-passphrase-file <file>', "file with the agent key's passphrase")
    .option('--out <file>', 'where the key goes, encrypted to the recipient; for the agent who comes second')
    .option('--yes', 'do not ask')
    .option('--json', 'print as JSON')
    .action((id: string, options: ApproveOptions, command: Command) => approveRecovery(context, id, options, command));
  recovery
    .command('refuse <id>')
    .description('refuse a recovery; the reason is read by the requester and the auditor')
    .requiredOption('--reason <text>', 'the reason')
    .option('--json', 'print as JSON')
    .action(async (id: string, options: { reason: string }, command: Command) => {
      const answer = await context
        .api('ca-operations')
        .post(`/api/v1/recoveries/${id}/refuse`, { reason: options.reason });
      context.print(command, answer, `Recovery ${id} is refused`);
    });
}

/** The first certificate of a PEM file: its CAs may follow it, as see cert get writes them. */
function firstCertificate(file: string): string {
  const [first] = decodePem(readFileSync(file), 'CERTIFICATE');
  if (!first) throw refused('no-certificate', `${file} holds no certificate`);
  return encodePem('CERTIFICATE', first);
}

/** A day as its start, or as the time of day given; a time as it is. */
function timeOf(text: string, clock = '00:00:00'): string {
  return /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T${clock}Z` : text;
}
