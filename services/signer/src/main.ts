import { assertServiceLogin, openDatabase } from '@see/db';
import { runService } from '@see/process';
import { runSigner } from './signer.ts';

await runService('signer', async (context) => {
  const db = openDatabase(context.databaseUrl, {
    applicationName: 'see-signer',
    onLost: (error) => context.log('warn', 'database connection lost', { error }),
  });
  await assertServiceLogin(db, 'signer');
  const signer = await runSigner(context, db);
  return {
    async close() {
      await signer.close();
      await db.destroy();
    },
  };
});
