import type { Instance } from '@see/process';

/** How ra's TLS doors stand, as it says itself. */
export interface DoorState {
  readonly state: 'serving' | 'ending' | 'closed';
  readonly detail: string;
}

/** Asks ra at its http door; undefined when it does not answer within two seconds. */
export async function readDoorState(ports: Pick<Instance['ports'], 'portal'>): Promise<DoorState | undefined> {
  try {
    const answer = await fetch(`http://127.0.0.1:${ports.portal}/readyz`, { signal: AbortSignal.timeout(2_000) });
    const { tls } = (await answer.json()) as { readonly tls?: DoorState };
    return tls;
  } catch {
    return undefined;
  }
}
