import { type Refusal, RefusedError, refused } from '@see/domain';
import { sendOverTls, type TlsTrust } from './tls-transport.ts';

/** What the REST API answers; the shape is the caller's to know. */
export type Answer = { readonly [key: string]: unknown };

/** What a client speaks TLS with, and as what. */
export interface ApiClientOptions {
  /** What to speak TLS with; without it https is what `fetch` makes of it. */
  readonly tls?: TlsTrust | undefined;
  /** Which of several roles, with a certificate: `operator`, `sponsor treasury`. */
  readonly role?: string | undefined;
}

/** Talks to the registration authority's REST API in the name of one access token or client certificate. */
export class ApiClient {
  readonly url: string;
  readonly #token: string | undefined;
  readonly #options: ApiClientOptions;

  constructor(url: string, token: string | undefined, options: ApiClientOptions = {}) {
    this.url = url.replace(/\/$/, '');
    this.#token = token;
    this.#options = options;
  }

  async get<T = Answer>(path: string): Promise<T> {
    return (await (await this.#send('GET', path)).json()) as T;
  }

  async bytes(path: string, accept: string): Promise<Uint8Array> {
    return new Uint8Array(await (await this.#send('GET', path, undefined, { accept })).arrayBuffer());
  }

  async post<T = Answer>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<T> {
    const response = await this.#send('POST', path, JSON.stringify(body), {
      'content-type': 'application/json',
      ...headers,
    });
    return (await response.json()) as T;
  }

  async #send(method: string, path: string, body?: string, headers: Record<string, string> = {}): Promise<Response> {
    const { tls, role } = this.#options;
    const request = {
      method,
      headers: {
        ...headers,
        ...(this.#token ? { authorization: `Bearer ${this.#token}` } : {}),
        ...(role ? { 'see-role': role } : {}),
      },
      ...(body === undefined ? {} : { body }),
    };
    const address = `${this.url}${path}`;
    let response: Response;
    try {
      response =
        tls && address.startsWith('https:')
          ? await sendOverTls(address, request, tls)
          : await fetch(address, { ...request, redirect: 'error', signal: AbortSignal.timeout(60_000) });
    } catch (error) {
      if (error instanceof RefusedError) throw error;
      const cause = codeOf(error);
      if (/CERT|SELF_SIGNED|ALTNAME/.test(cause)) {
        throw refused(
          'server-not-trusted',
          `the certificate of ${this.url} is not one that is trusted here (${cause})`,
          {
            remedy: 'name the root of the instance, whose fingerprint you compared: SEE_CA_FILE',
          },
        );
      }
      throw refused('service-unreachable', `${this.url} does not answer (${cause})`, {
        remedy: 'start the instance (see start), or name it: SEE_URL, SEE_DATA_DIR',
      });
    }
    if (response.ok) return response;
    throw await problemOf(response);
  }
}

function codeOf(error: unknown): string {
  const { code, cause, name } = error as { code?: string; cause?: { code?: string }; name?: string };
  return cause?.code ?? code ?? name ?? 'error';
}

interface ProblemBody {
  readonly type?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly violations?: readonly Refusal[];
}

/** An RFC 9457 answer as an error with every violation. */
async function problemOf(response: Response): Promise<RefusedError> {
  const text = await response.text();
  let body: ProblemBody = {};
  try {
    body = JSON.parse(text) as ProblemBody;
  } catch {
    return refused('service-failed', `the service answered ${response.status} without saying why`);
  }
  const code = body.type?.split(':').at(-1) ?? `http-${response.status}`;
  const message = body.detail ?? body.title ?? `the service answered ${response.status}`;
  return new RefusedError(code, [{ code, message }, ...(body.violations ?? [])]);
}
