import type { Instance, Layout } from '@see/process';
import { readDoorState } from './door-state.ts';

/**
 * Says how the TLS doors stand once everything runs. Those of an evaluation instance get their certificate before: an
 * order that the generated keys approve. That it fails is said and is no reason not to start.
 */
export async function tendDoors(instance: Instance, layout: Layout): Promise<string> {
  let failed = '';
  // Nothing more is loaded when all is well.
  const before = await readDoorState(instance.ports);
  if (instance.preset === 'evaluation' && before?.state !== 'serving') {
    try {
      const { orderEvaluationServerCertificate } = await import('@see/cli');
      await orderEvaluationServerCertificate(instance, layout);
    } catch (error) {
      failed = `The certificate of this machine could not be had: ${error instanceof Error ? error.message : String(error)}. `;
    }
  }
  return `${failed}${(await readDoorState(instance.ports))?.detail ?? 'It is not known how the doors stand'}`;
}
