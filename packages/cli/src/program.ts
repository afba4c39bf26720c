import type { Command } from 'commander';
import { CommandContext, type CommandSurroundings } from './command-context.ts';
import { addAuditCommands } from './commands/audit.ts';
import { addBatchCommands } from './commands/batch.ts';
import { addCaCommands } from './commands/ca.ts';
import { addCertCommands } from './commands/cert.ts';
import { addHrFeedCommands } from './commands/hr-feed.ts';
import { addMailCommands } from './commands/mail.ts';
import { addOperatorCommands } from './commands/operator.ts';
import { addOrderCommands } from './commands/order.ts';
import { addRecordCommands } from './commands/records.ts';
import { addRecoveryCommands } from './commands/recovery.ts';
import { addRegistryCommands } from './commands/registry.ts';
import { addReportCommand } from './commands/report.ts';
import { addRiskCommands } from './commands/risk.ts';
import { addServiceCommands } from './commands/service.ts';
import { addSessionCommands } from './commands/session.ts';
import { addStatementCommands } from './commands/statement.ts';
import { addTlsCommands } from './commands/tls.ts';
import { addTokenCommands } from './commands/token.ts';
import { addVaCommands } from './commands/va.ts';
import { Demo } from './demo/demo.ts';

/** Adds every command that works on an instance from the outside, or on its database as the owner. */
export function addCommands(program: Command, surroundings: CommandSurroundings): void {
  const context = new CommandContext(surroundings);
  addOrderCommands(program, context);
  addBatchCommands(program, context);
  addRiskCommands(program, context);
  addHrFeedCommands(program, context);
  addCertCommands(program, context);
  addRegistryCommands(program, context);
  addRecordCommands(program, context);
  addRecoveryCommands(program, context);
  addCaCommands(program, context);
  addStatementCommands(program, context);
  addOperatorCommands(program, context);
  addTlsCommands(program, context);
  addReportCommand(program, context);
  addServiceCommands(program, context);
  addTokenCommands(program, context);
  addSessionCommands(program, context);
  addMailCommands(program, context);
  addVaCommands(program, context);
  addAuditCommands(program, context);
  program
    .command('demo')
    .description('do the main job on the running evaluation instance, with CSRs of the openssl command')
    .requiredOption('--out <folder>', 'where certificates, keys, CRLs and manifest.json go')
    .option('--json', 'print as JSON')
    .action(async (options: { out: string }, command: Command) => {
      const json = (command.opts() as { json?: boolean }).json === true;
      const say = (text: string): void => (json ? undefined : surroundings.out(`${text}\n`));
      const result = await new Demo(context, options.out, say).run();
      context.print(command, result, `Done: ${result.checks.length} checks passed; everything is in ${result.folder}`);
    });
}
