import type { KeyKind } from './key-pair.ts';

/** What a right code shows: for whom the certificates are. */
export interface RedemptionDetails {
  readonly orderId: string;
  readonly displayName: string;
  readonly email: string;
  readonly agency: string;
  readonly useBefore: string;
  readonly profiles: readonly {
    readonly id: string;
    readonly title: string;
    readonly description: string;
    /** The key to make for it. */
    readonly key: KeyKind;
    /** For whom a copy of the key is kept; null when there is none. */
    readonly escrow: KeptFor | null;
  }[];
}

/** The agents of whom any two can open the copy of a key. */
export interface KeptFor {
  /** Digest of the statement that names them, hex. */
  readonly statement: string;
  /** RSA public keys as SubjectPublicKeyInfo, DER, base64. */
  readonly agents: readonly { readonly label: string; readonly publicKey: string }[];
}

export interface IssuedCertificate {
  readonly profile: string;
  readonly serial: string;
  readonly notAfter: string;
  /** DER, base64. */
  readonly certificate: string;
  /** Issuing CA first, root last; DER, base64. */
  readonly chain: readonly string[];
}

/** A refusal as the service said it. `code` is one of the catalogue, or `offline` when there was no answer. */
export class RedemptionRefused extends Error {
  readonly code: string;
  readonly triesLeft: number | undefined;
  constructor(code: string, detail: string, triesLeft?: number) {
    super(detail);
    this.code = code;
    this.triesLeft = triesLeft;
  }
}

/** Asks whether a proof of the code is right. Throws RedemptionRefused. */
export async function checkCode(orderId: string, proof: string): Promise<RedemptionDetails> {
  return (await post(`/api/v1/redemptions/${orderId}/check`, { proof })).body as RedemptionDetails;
}

export interface SentKey {
  /** PKCS#10 request, DER, base64. */
  readonly csr: string;
  /** The tag that ties its key to the code, hex. */
  readonly tag: string;
  /** The copy of the key where one is kept: envelopes in base64, and the tag that ties them to key and code. */
  readonly escrow?: { readonly agents: string; readonly envelopes: readonly string[]; readonly tag: string };
}

/**
 * Sends the requests and waits for the certificates, one a key, in the same order. The same keys may be sent again
 * without harm, so it simply asks until they are there. Throws RedemptionRefused.
 */
export async function redeem(orderId: string, keys: readonly SentKey[]): Promise<readonly IssuedCertificate[]> {
  for (let tries = 0; tries < 40; tries += 1) {
    const { status, body } = await post(`/api/v1/redemptions/${orderId}/redeem`, { keys });
    if (status === 200) return (body as { certificates: IssuedCertificate[] }).certificates;
    await new Promise((resolve) => setTimeout(resolve, 1_500));
  }
  throw new RedemptionRefused('slow', '');
}

async function post(path: string, body: unknown): Promise<{ status: number; body: unknown }> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      cache: 'no-store',
    });
  } catch {
    throw new RedemptionRefused('offline', '');
  }
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return { status: response.status, body: answer };
  const problem = (answer ?? {}) as { code?: string; detail?: string; triesLeft?: number };
  throw new RedemptionRefused(problem.code ?? 'internal', problem.detail ?? '', problem.triesLeft);
}
