import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { refused } from '@see/domain';
import { signDigest } from '@see/statement';
import { printable } from '@see/x509';
import type { Command } from 'commander';
import { type CommandContext, passphraseFrom } from '../command-context.ts';
import { readApprovalKey } from '../keys/approval-key.ts';
import { table } from '../table.ts';
import { askYes } from './ask-yes.ts';
import { redeem } from './redeem.ts';
import { renderOrder } from './render-order.ts';

interface OrderView {
  readonly id: string;
  readonly state: string;
  readonly agencyId: string;
  readonly profiles: readonly string[];
  readonly subject: string;
  readonly approvals: number;
  readonly quorum: number;
  readonly risks: readonly { readonly code: string; readonly reason: string }[];
  readonly createdAt: string;
}

interface CreateOptions {
  readonly agency: string;
  readonly applicant: string;
  readonly sponsor: string;
  readonly agent?: string;
  readonly type?: string;
  readonly profile: readonly string[];
  readonly csr?: readonly string[];
  readonly domain?: readonly string[];
  readonly validityDays?: string;
  readonly replaces?: readonly string[];
}

/** `see order …` */
export function addOrderCommands(program: Command, context: CommandContext): void {
  const order = program.command('order').description('orders of certificates');
  order
    .command('list')
    .description('list orders; those that wait for approval unless a state is named')
    .option('--state <state>', 'only orders in this state', 'pending')
    .option('--risk', 'only orders that need a second approval because of a risk')
    .option('--json', 'print as JSON')
    .action(async (options: { state: string; risk?: boolean }, command: Command) => {
      const page = await context
        .api()
        .get<{ items: OrderView[] }>(
          `/api/v1/orders?state=${encodeURIComponent(options.state)}${options.risk ? '&risk=true' : ''}`,
        );
      const rows = page.items.map((one) => [
        one.id,
        one.agencyId,
        one.profiles.join('+'),
        one.subject,
        `${one.approvals}/${one.quorum}`,
        one.risks.map(({ code }) => code).join('+') || '-',
        one.createdAt,
      ]);
      context.print(
        command,
        page,
        table(
          ['ORDER', 'AGENCY', 'PROFILES', 'SUBJECT', 'APPROVALS', 'RISK', 'MADE'],
          rows,
          `No order is ${options.state}`,
        ),
      );
    });
  order
    .command('show <id>')
    .description('show an order')
    .option('--json', 'print as JSON')
    .action(async (id: string, _options: unknown, command: Command) => {
      const found = await context.api().get(`/api/v1/orders/${id}`);
      const bytes = await context
        .api()
        .bytes(`/api/v1/orders/${id}/content`, 'application/json')
        .catch(() => undefined);
      const what = bytes ? `\n\n${renderOrder(bytes).text}` : '';
      context.print(
        command,
        found,
        `State: ${String(found['state'])}, approvals ${String(found['approvals'])} of ${String(found['quorum'])}${what}`,
      );
    });
  order
    .command('create')
    .description('order certificates: with a CSR a profile, or for a person who gets a code')
    .requiredOption('--agency <id>', 'the agency')
    .requiredOption('--applicant <person>', 'person id of the applicant')
    .requiredOption('--sponsor <person>', "person id of the agency's sponsor")
    .option('--agent <person>', 'person id of the registration agent')
    .option('--type <type>', 'certificate type')
    .requiredOption('--profile <profile...>', 'profiles, one a certificate')
    .option('--csr <file...>', 'CSR files, in the order of the profiles')
    .option('--domain <name...>', 'mail domains or host names')
    .option('--validity-days <days>', 'less than the profile allows')
    .option('--replaces <sha256...>', 'certificates that these replace, by SHA-256')
    .option('--json', 'print as JSON')
    .action(async (options: CreateOptions, command: Command) => {
      const made = await context.api().post('/api/v1/orders', orderWish(options));
      const id = String(made['id']);
      const link =
        typeof made['enrolmentUrl'] === 'string'
          ? `\nGive the person this link, by another way than mail: ${made['enrolmentUrl']}`
          : '';
      context.print(
        command,
        made,
        `Order ${id} is ${String(made['state'])}${link}${raised(made as unknown as OrderView)}\nNext: see order approve ${id} --key FILE`,
      );
    });
  order
    .command('approve <id>')
    .description('read what will be signed, and approve it with your key')
    .requiredOption('--key <file>', 'your approval key (see operator keygen)')
    .option('--passphrase-file <file>', "file with the key's passphrase")
    .option('--yes', 'do not ask')
    .option('--json', 'print as JSON')
    .action((id: string, options: { key: string; passphraseFile?: string; yes?: boolean }, command: Command) =>
      approve(context, id, options, command),
    );
  order
    .command('agree <id>')
    .description('agree, as its sponsor, to a renewal that a holder asked for; operators say how they have the word')
    .option('--note <text>', 'the form of the word, like the reference of a letter')
    .option('--json', 'print as JSON')
    .action(async (id: string, options: { note?: string }, command: Command) => {
      const answer = await context.api().post(`/api/v1/orders/${id}/agree`, options.note ? { note: options.note } : {});
      context.print(command, answer, `The sponsor agrees. Next: see order approve ${id} --key FILE`);
    });
  order
    .command('reject <id>')
    .description('reject an order; the reason is read by those who ordered')
    .requiredOption('--reason <text>', 'the reason')
    .option('--json', 'print as JSON')
    .action(async (id: string, options: { reason: string }, command: Command) => {
      const answer = await context.api().post(`/api/v1/orders/${id}/reject`, { reason: options.reason });
      context.print(command, answer, `Order ${id} is rejected`);
    });
  order
    .command('redeem <id>')
    .description("make the keys of a person's order here and get the certificates, without a browser")
    .requiredOption('--code-file <file>', 'file that holds the code; - for standard input')
    .requiredOption('--out <folder>', 'where keys, certificates and PKCS#12 files go')
    .option('--yes', 'agree that a copy of an encryption key is kept, where that is so')
    .option('--json', 'print as JSON')
    .action(async (id: string, options: { codeFile: string; out: string; yes?: boolean }, command: Command) => {
      const code = readFileSync(options.codeFile === '-' ? 0 : options.codeFile, 'utf8').trim();
      const agree = (agents: readonly string[]) => agreeToCopy(context, agents, options.yes === true);
      const result = await redeem(context.api(), id.toLowerCase(), code, options.out, agree);
      context.print(command, result, `Written to ${options.out}: ${result.files.join(', ')}`);
    });
}

/** Says, before a key is made, that a copy of it is kept and who can open it. Nobody agrees without having been told. */
async function agreeToCopy(context: CommandContext, agents: readonly string[], agreed: boolean): Promise<void> {
  const text = `A copy of the encryption key is kept for the agency. Two of these people together can open it, never one alone: ${agents.join(', ')}. They may do so when the holder asks, or when the law gives the agency the right to read mail sent to the holder, who is told unless two of them have recorded a reason in law why not.`;
  if (agreed) return;
  if (!context.surroundings.isTerminal)
    throw refused('not-confirmed', text, { remedy: 'give --yes when you have read it; the code is still good' });
  context.surroundings.out(`${text}\n`);
  await askYes(context, 'Make the keys?');
}

/** Why the order waits for more approvals than its profiles ask for. */
function raised({ quorum, risks }: OrderView): string {
  if (risks.length === 0) return '';
  return `\nIt needs ${quorum} approvals:${risks.map(({ reason }) => `\n  - ${printable(reason)}`).join('')}`;
}

function orderWish(options: CreateOptions) {
  const csrs = options.csr ?? [];
  if (csrs.length > 0 && csrs.length !== options.profile.length) {
    throw refused('csr-count', `${options.profile.length} profiles need as many CSR files, ${csrs.length} were given`);
  }
  return {
    agencyId: options.agency,
    applicantId: options.applicant,
    sponsorId: options.sponsor,
    ...(options.agent ? { agentId: options.agent } : {}),
    ...(options.type ? { type: options.type } : {}),
    ...(options.replaces ? { replaces: options.replaces } : {}),
    ...(options.validityDays ? { validityDays: Number(options.validityDays) } : {}),
    items: options.profile.map((profile, index) => ({
      profile,
      ...(csrs[index] ? { csr: readFileSync(csrs[index], 'utf8') } : {}),
      ...(options.domain ? { domains: options.domain } : {}),
    })),
  };
}

async function approve(
  context: CommandContext,
  id: string,
  options: { key: string; passphraseFile?: string; yes?: boolean },
  command: Command,
): Promise<void> {
  const api = context.api();
  const rendered = renderOrder(await api.bytes(`/api/v1/orders/${id}/content`, 'application/json'));
  if (rendered.content.orderId !== id)
    throw refused('other-order', `the service gave the content of order ${rendered.content.orderId}`);
  const key = readApprovalKey(options.key, passphraseFrom(options.passphraseFile));
  if (!options.yes) await confirm(context, `${rendered.text}\n\nYou sign this, in the name of ${key.label}.`);
  const signature = signDigest(rendered.digest, key.credentialId, key.privateKey);
  const answer = await api.post(`/api/v1/orders/${id}/approvals`, { credentialId: key.credentialId, signature });
  context.print(
    command,
    answer,
    `Approved: ${String(answer['approvals'])} of ${rendered.content.quorum} approvals, order is ${String(answer['state'])}`,
  );
}

/** Shows what is to be signed and asks; without a terminal nobody can answer, so nothing is signed. */
export async function confirm(context: CommandContext, text: string): Promise<void> {
  if (!context.surroundings.isTerminal) {
    throw refused('not-confirmed', 'nobody can be asked here', { remedy: 'give --yes when you have read it' });
  }
  context.surroundings.out(`${text}\n`);
  const reader = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await reader.question('Type yes to sign: ');
  reader.close();
  if (answer.trim().toLowerCase() !== 'yes') throw refused('not-confirmed', 'not signed');
}
