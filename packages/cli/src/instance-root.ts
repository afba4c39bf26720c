import { createHash } from 'node:crypto';
import type { Instance } from '@see/process';
import { encodePem } from '@see/x509';

/** The root certificate of a local instance in PEM, from its validation authority; undefined when it does not answer or has another one. */
export async function instanceRoot(instance: Instance): Promise<string | undefined> {
  const answer = await fetch(`http://localhost:${instance.ports.va}/ca/root.cer`).catch(() => undefined);
  if (!answer?.ok) return undefined;
  const der = new Uint8Array(await answer.arrayBuffer());
  const fingerprint = createHash('sha256').update(der).digest('hex');
  const sealed = instance.rootFingerprint.replaceAll(/[ :]/g, '').toLowerCase();
  return fingerprint === sealed ? encodePem('CERTIFICATE', der) : undefined;
}
