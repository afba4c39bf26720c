import { resolve } from 'node:path';
import { refused, type StatusPlan } from '@see/domain';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { type ExportedCertificate, exportVa } from '../va/export-va.ts';
import { addStatusPlanCommands } from './va-status-plan.ts';

interface CertificatePage {
  readonly items: readonly (ExportedCertificate & { readonly notAfter: string })[];
  readonly next: string | null;
}

/** `see va …`: what the validation authority serves. */
export function addVaCommands(program: Command, context: CommandContext): void {
  const va = program.command('va').description('the validation authority');
  addStatusPlanCommands(va, context);
  va.command('export <folder>')
    .description('write all that va serves as files, for a web server or an object store; again before they end')
    .option('--url <url>', 'where va answers (else the instance of this machine)')
    .option('--json', 'print as JSON')
    .action(async (folder: string, options: { url?: string }, command: Command) => {
      const api = context.api();
      const now = new Date();
      const { items } = await api.get<{ items: { id: string }[] }>('/api/v1/cas');
      const { status } = await api.get<{ status: StatusPlan }>('/api/v1/configuration');
      const report = await exportVa({
        now,
        va: (options.url ?? context.vaUrl()).replace(/\/$/, ''),
        folder: resolve(context.surroundings.workingFolder, folder),
        cas: items.map(({ id }) => id).filter((id) => id !== 'root'),
        plan: status,
        certificates: lasting(context, now),
      });
      context.print(
        command,
        report,
        `${report.files} files, ${report.certificates} certificates, until ${report.until ?? 'none ends'}; ${report.removed} removed`,
      );
      if (report.failed.length > 0)
        throw refused(
          'not-exported',
          `${report.failed.length} addresses gave nothing to serve: ${report.failed.slice(0, 5).join(' ')}`,
          {
            remedy: 'see /readyz of va, and export again',
          },
        );
    });
}

/** Every certificate that has not expired. */
async function* lasting(context: CommandContext, now: Date): AsyncGenerator<ExportedCertificate> {
  let cursor: string | null = null;
  do {
    const from: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: CertificatePage = await context.api().get<CertificatePage>(`/api/v1/certificates?limit=200${from}`);
    for (const one of page.items) if (new Date(one.notAfter) > now) yield one;
    cursor = page.next;
  } while (cursor !== null);
}
