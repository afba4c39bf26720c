import { createServer } from 'node:http';
import { assertServiceLogin, openDatabase, type ServiceName, serviceNames, startListening } from '@see/db';
import { type Face, runService } from '@see/process';

/**
 * A service that does nothing but what every service does: checks its login, listens on its port and on the database, and ends in time. Stop tests run the supervisor on
 * five of these, so that they test the supervisor and nothing else.
 */
const name = serviceNames.find((service) => service === process.env['SEE_SERVICE']);
if (!name) throw new Error('SEE_SERVICE names no service');
const FACES: Partial<Record<ServiceName, Face>> = { va: 'va', ra: 'portal', desk: 'desk' };

await runService(name, async (context) => {
  const db = openDatabase(context.databaseUrl, { applicationName: `see ${name}` });
  await assertServiceLogin(db, name);
  const hub = await startListening(context.databaseUrl, {
    applicationName: `see ${name} listen`,
    listeners: { see_audit: async () => undefined },
    onError: (error, where) => context.log('warn', 'listening failed', { where, error }),
  });
  const face = FACES[name];
  const server = createServer((_, response) => {
    db.selectNoFrom((select) => select.val(1).as('one'))
      .execute()
      .then(
        () => response.end(JSON.stringify({ service: name, uid: process.getuid?.() })),
        (error: unknown) => {
          response.statusCode = 503;
          response.end(String(error));
        },
      );
  });
  if (face) {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(context.instance.ports[face], '127.0.0.1', resolve);
    });
  }
  context.ready();
  return {
    close: async () => {
      if (face) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
      await hub.close();
      await db.destroy();
    },
  };
});
