import type { App } from '@see/http';

/** An answer as these tests look at it. */
export interface Page {
  readonly status: number;
  readonly text: string;
  readonly location: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly json: Readonly<Record<string, unknown>>;
}

/** A browser without scripts on the console: it keeps cookies, and sends forms and JSON as our own pages do. */
export class ConsoleBrowser {
  readonly #app: App;
  readonly #origin: string;
  readonly #address: string;
  readonly cookies = new Map<string, string>();

  /** `address` is where it comes from; failures and limits are counted for it. */
  constructor(app: App, origin: string, address = '127.0.0.1') {
    this.#app = app;
    this.#origin = origin;
    this.#address = address;
  }

  get(url: string): Promise<Page> {
    return this.#ask('GET', url, undefined, {});
  }

  form(url: string, fields: Readonly<Record<string, string>>): Promise<Page> {
    const type = 'application/x-www-form-urlencoded';
    return this.#ask('POST', url, new URLSearchParams(fields).toString(), { 'content-type': type });
  }

  post(url: string, body: object): Promise<Page> {
    const headers = { 'content-type': 'application/json', accept: '*/*' };
    return this.#ask('POST', url, JSON.stringify(body), headers);
  }

  /** A form of a page, with the page's form token. */
  async press(page: string, action: string, fields: Readonly<Record<string, string>> = {}): Promise<Page> {
    const { text } = await this.get(page);
    const formToken = /name="formToken" value="([^"]+)"/.exec(text)?.[1] ?? '';
    return this.form(action, { formToken, ...fields });
  }

  /** Whether the console opens. */
  async isSignedIn(): Promise<boolean> {
    return (await this.get('/console')).status === 200;
  }

  async #ask(
    method: 'GET' | 'POST',
    url: string,
    payload: string | undefined,
    headers: Readonly<Record<string, string>>,
  ): Promise<Page> {
    const answer = await this.#app.inject({
      method,
      url,
      remoteAddress: this.#address,
      headers: {
        host: 'localhost',
        accept: 'text/html',
        ...(method === 'POST' ? { origin: this.#origin } : {}),
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...headers,
      },
      ...(payload === undefined ? {} : { payload }),
    });
    for (const { name, value } of answer.cookies) {
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const isJson = String(answer.headers['content-type']).includes('json');
    return {
      status: answer.statusCode,
      text: answer.body,
      location: answer.headers.location,
      headers: answer.headers,
      json: isJson ? answer.json<Record<string, unknown>>() : {},
    };
  }
}
