import { type Refusal, RefusedError, refused } from '@see/domain';

/** What the REST API answers; the shape is the caller's to know. */
export type Answer = { readonly [key: string]: unknown };

/** Talks to the registration authority's REST API in the name of one access token. */
export class ApiClient {
  readonly url: string;
  readonly #token: string | undefined;

  constructor(url: string, token: string | undefined) {
    this.url = url.replace(/\/$/, '');
    this.#token = token;
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
    let response: Response;
    try {
      response = await fetch(`${this.url}${path}`, {
        method,
        headers: { ...headers, ...(this.#token ? { authorization: `Bearer ${this.#token}` } : {}) },
        ...(body === undefined ? {} : { body }),
        redirect: 'error',
        signal: AbortSignal.timeout(60_000),
      });
    } catch (error) {
      const cause = (error as { cause?: { code?: string } }).cause?.code ?? (error as Error).name;
      throw refused('service-unreachable', `${this.url} does not answer (${cause})`, {
        remedy: 'start the instance (see start), or name it: SEE_URL, SEE_DATA_DIR',
      });
    }
    if (response.ok) return response;
    throw await problemOf(response);
  }
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
