import { fileURLToPath } from 'node:url';
import { serviceNames } from '@see/db';
import { findLayout, readConfiguration } from '@see/process';
import { supervisorProgram } from './commands.ts';
import { findInstanceDatabase } from './instance-database.ts';
import { runProgram } from './run-program.ts';
import type { ServiceEntry } from './supervisor.ts';
import { tendDoors } from './tend-doors.ts';

/** Commands that work without the rest of the program. */
const SUPERVISOR_COMMANDS = new Set(['start', 'up', 'stop', 'status', 'doctor', 'db']);

const services: ServiceEntry[] = serviceNames.map((name) => ({
  name,
  main: fileURLToPath(new URL(`../../${name}/src/main.ts`, import.meta.url)),
}));

const program = supervisorProgram({
  services,
  initialise: async (layout, database, configuration, say) => {
    // Loaded only when needed: stop and status must be quick and work whatever else is broken.
    const { initEvaluation } = await import('@see/cli');
    await initEvaluation(layout, database, configuration, new Date(), say);
  },
  tendDoors,
});
if (!SUPERVISOR_COMMANDS.has(process.argv[2] ?? '')) {
  const { addCommands } = await import('@see/cli');
  const { addInitCommand } = await import('./init-command.ts');
  addInitCommand(program);
  addCommands(program, {
    environment: process.env,
    workingFolder: process.cwd(),
    out: (text) => {
      process.stdout.write(text);
    },
    isTerminal: process.stdin.isTTY === true && process.stdout.isTTY === true,
    ownerUrl: async () => {
      const configuration = readConfiguration(process.env, process.cwd());
      const database = findInstanceDatabase(findLayout(configuration.dataDir), configuration);
      if (!database)
        throw Object.assign(new Error('the database of this instance does not run; start it: see up'), {
          code: 'not-running',
        });
      return database.ownerUrl;
    },
  });
}
await runProgram(program, process.argv);
