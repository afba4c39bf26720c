import { runService } from '@see/process/run-service';
import { openTrace } from './run/trace.ts';
import { startVa } from './start-va.ts';

await runService('va', async (context) => {
  const { instance, stateDir, databaseUrl, passphrase, log, closing } = context;
  if (!passphrase) throw new Error('SEE_VA_PASSPHRASE_FILE is not set: va cannot open its sealed store');
  const va = await startVa({
    instance,
    stateDir,
    databaseUrl,
    passphrase,
    log,
    closing,
    trace: await openTrace(process.env['OTEL_EXPORTER_OTLP_ENDPOINT'], instance.instance),
    fail: (error) => context.fail(error),
  });
  va.loaded.then(
    () => {
      if (!closing.aborted) context.ready({ port: va.port });
    },
    () => undefined,
  );
  return va;
});
