import { randomUUID } from 'node:crypto';
import { serviceNames } from '@see/db';
import { readConfiguration, writeInstance } from '@see/process';
import { supervisorProgram } from '../../services/see/src/commands.ts';
import { runProgram } from '../../services/see/src/run-program.ts';

/** The `see` command with the real supervisor, five fixture services and an instance that is made of nothing but its public facts. */
const main = new URL('./fixture-service.ts', import.meta.url).pathname;
const program = supervisorProgram({
  services: serviceNames.map((name) => ({ name, main })),
  initialise: async (layout) => {
    const { ports, urls, rpId, database } = readConfiguration(process.env, process.cwd());
    writeInstance(layout.dataDir, {
      v: 1,
      instance: randomUUID(),
      preset: 'evaluation',
      createdAt: new Date().toISOString(),
      stateDir: layout.stateDir,
      database: database.kind,
      urls,
      ports,
      rpId,
      policyArc: '2.25.1',
      rootFingerprint: '00'.repeat(32),
      anchor: '00'.repeat(48),
    });
  },
});
await runProgram(program, process.argv);
