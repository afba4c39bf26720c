import { refused } from '@see/domain';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { SERVER_CERTIFICATE, type ServerCertificateView } from '../server-certificate.ts';

interface OrderOptions {
  readonly agency: string;
  readonly applicant: string;
  readonly sponsor: string;
  readonly agent?: string;
  readonly host?: readonly string[];
}

/** `see tls …`: the certificate of the service's own TLS doors. */
export function addTlsCommands(program: Command, context: CommandContext): void {
  const tls = program.command('tls').description("the service's own TLS doors: https, and mutual TLS for operators");
  tls
    .command('show')
    .description('show how the doors stand, with which certificate, and until when')
    .option('--json', 'print as JSON')
    .action(async (_options: unknown, command: Command) => {
      const view = await context.api().get<ServerCertificateView>(SERVER_CERTIFICATE);
      const door = (open: boolean): string => (open ? 'open' : 'closed');
      const names = view.certificate ? `\nNames  ${view.certificate.names.join(', ')}` : '';
      context.print(
        command,
        view,
        `${view.detail}\nhttps  ${door(view.doors.https)}\nmtls   ${door(view.doors.mtls)}${names}`,
      );
    });
  tls
    .command('order')
    .description('order the next certificate: its key was made by the service and never leaves it')
    .requiredOption('--agency <id>', 'the agency whose host names these are')
    .requiredOption('--applicant <person>', 'person id of who looks after the service')
    .requiredOption('--sponsor <person>', "person id of the agency's sponsor")
    .option('--agent <person>', 'person id of the registration agent')
    .option('--host <name...>', 'host names; those of the public addresses unless given')
    .option('--json', 'print as JSON')
    .action(async (options: OrderOptions, command: Command) => {
      const made = await orderServerCertificate(context, options);
      const id = String(made['id']);
      context.print(
        command,
        made,
        `Order ${id} is ${String(made['state'])}\nNext: see order approve ${id} --key FILE. The service takes the certificate up by itself once it is issued`,
      );
    });
}

async function orderServerCertificate(context: CommandContext, options: OrderOptions) {
  const api = context.api();
  const { request, hosts } = await api.get<ServerCertificateView>(SERVER_CERTIFICATE);
  if (!request) {
    throw refused(
      'certificate-from-files',
      'this service shows a certificate from files, so there is nothing to order',
      {
        remedy: 'unset SEE_TLS_CERTIFICATE and SEE_TLS_KEY and start again, or replace the files',
      },
    );
  }
  return api.post('/api/v1/orders', {
    agencyId: options.agency,
    applicantId: options.applicant,
    sponsorId: options.sponsor,
    ...(options.agent ? { agentId: options.agent } : {}),
    items: [{ profile: 'tls-server', csr: request.csr, domains: options.host ?? hosts }],
  });
}
