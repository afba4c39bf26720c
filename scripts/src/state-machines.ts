import { writeFileSync } from 'node:fs';
import {
  AGENCY_MACHINE,
  CERTIFICATE_MACHINE,
  describeMachine,
  MAIL_MACHINE,
  ORDER_MACHINE,
  RECOVERY_MACHINE,
} from '@see/domain';

const MACHINES = [ORDER_MACHINE, CERTIFICATE_MACHINE, AGENCY_MACHINE, RECOVERY_MACHINE, MAIL_MACHINE];

export const STATE_MACHINES_FILE = new URL('../../docs/state-machines.md', import.meta.url);

/** docs/state-machines.md, as it follows from the machines that the code interprets. */
export function stateMachinesPage(): string {
  return `# State machines

Written by \`node scripts/src/state-machines.ts\` from the tables that the code interprets (packages/domain/src/machine);
a test compares. What no row allows changes nothing; people who ask for it hear 409, and their refusal is in the audit
trail. The database holds the transitions of orders and recoveries too, each for the login of the process that makes it.

${MACHINES.map(describeMachine).join('\n')}`;
}

if (import.meta.main) writeFileSync(STATE_MACHINES_FILE, stateMachinesPage());
