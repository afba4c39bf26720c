import { existsSync } from 'node:fs';
import { initEvaluation } from '@see/cli';
import { serviceNames } from '@see/db';
import { readConfiguration } from '@see/process';
import { supervisorProgram } from './commands.ts';
import { runProgram } from './run-program.ts';
import type { ServiceEntry } from './supervisor.ts';

const services: ServiceEntry[] = serviceNames
  .map((name) => ({ name, main: new URL(`../../${name}/src/main.ts`, import.meta.url).pathname }))
  .filter(({ main }) => existsSync(main));
const program = supervisorProgram({
  services,
  initialise: async (layout, database) => {
    const say = (message: string): boolean => process.stdout.write(`${message}\n`);
    await initEvaluation(layout, database, readConfiguration(process.env, process.cwd()), new Date(), say);
  },
});
await runProgram(program, process.argv);
