import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { serviceNames } from '@see/db';
import { supervisorProgram } from './commands.ts';
import { runProgram } from './run-program.ts';
import type { ServiceEntry } from './supervisor.ts';

const services: ServiceEntry[] = serviceNames.map((name) => ({
  name,
  main: fileURLToPath(new URL(`../../${name}/src/main.ts`, import.meta.url)),
}));

const program = supervisorProgram({
  services: services.filter(({ main }) => existsSync(main)),
  initialise: async (layout, database, configuration, say) => {
    // Loaded only when needed: stop and status must be quick and work whatever else is broken.
    const { initEvaluation } = await import('@see/cli');
    await initEvaluation(layout, database, configuration, new Date(), say);
  },
});
await runProgram(program, process.argv);
