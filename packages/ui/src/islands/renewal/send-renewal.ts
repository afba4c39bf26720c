import { encodeBase64 } from '@see/x509';

/** How far a renewal is. */
export interface Renewal {
  readonly orderId: string;
  readonly state: string;
  readonly stateReason: string | null;
  readonly profile: string;
  readonly approvals: number;
  readonly quorum: number;
  readonly certificate: {
    readonly sha256: string;
    readonly serial: string;
    readonly notAfter: string;
    readonly pem: string;
    readonly chain: readonly string[];
  } | null;
}

/** The service did not take it: a code of its catalogue, or of the rule that was broken; `offline` when there was no answer. */
export class RenewalRefused extends Error {
  readonly code: string;
  constructor(code: string, detail: string) {
    super(detail);
    this.code = code;
  }
}

/** Sends a signed request, or asks how far it is: the same request is always the same order. Throws RenewalRefused. */
export function sendRenewal(request: Uint8Array): Promise<Renewal> {
  return post('/api/v1/renewals', request);
}

/** Says, signed by the holder, that the key of a new encryption certificate works. Throws RenewalRefused. */
export async function sendConfirmation(request: Uint8Array): Promise<void> {
  await post('/api/v1/confirmations', request);
}

async function post<T>(path: string, request: Uint8Array): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ request: encodeBase64(request) }),
      redirect: 'error',
      cache: 'no-store',
    });
  } catch {
    throw new RenewalRefused('offline', '');
  }
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer as T;
  const { code, detail, violations } = (answer ?? {}) as {
    code?: string;
    detail?: string;
    violations?: readonly { code: string; message: string }[];
  };
  const [first] = violations ?? [];
  throw new RenewalRefused(first?.code ?? code ?? 'internal', first?.message ?? detail ?? '');
}
