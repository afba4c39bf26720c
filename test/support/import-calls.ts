import { type Answer, type Caller, type Calls, codesOf } from './registration-calls.ts';

/** The members of a preview that tests look at. */
export interface Preview {
  readonly digest: string;
  readonly confirmable: boolean;
  readonly openImport: string | null;
  readonly tidied: number;
  readonly counts: Readonly<Record<'rows' | 'create' | 'skip' | 'refuse' | 'problems', number>>;
  readonly columns: readonly { readonly header: string; readonly field: string | null }[];
  readonly problems: readonly { readonly row: number | null; readonly column: number | null; readonly code: string }[];
  readonly conflicts: readonly {
    readonly row: number;
    readonly code: string;
    readonly outcome: string;
    readonly wanted: { readonly displayName: string };
    readonly existing: { readonly id: string; readonly displayName: string; readonly email: string | null } | null;
    readonly sameAsRow: number | null;
  }[];
  readonly first: readonly { readonly displayName: string; readonly email: string }[];
}

/** The members of an import that tests look at. */
export interface ImportBody {
  readonly id: string;
  readonly state: string;
  readonly rows: number;
  readonly waiting: number;
  readonly done: number;
  readonly skipped: number;
  readonly failed: number;
}

export interface ImportOptions {
  readonly agencyId?: string;
  readonly mapping?: Readonly<Record<string, string>>;
  readonly sameName?: 'skip' | 'create';
  readonly leaveOut?: boolean;
  readonly order?: object;
}

/** What is asked of the API for a file's text or octets. */
export function importWish(file: string | Uint8Array, options: ImportOptions = {}): object {
  const octets = typeof file === 'string' ? Buffer.from(file) : Buffer.from(file);
  return { agencyId: 'treasury', csv: octets.toString('base64'), ...options };
}

/** The imports of an API as its clients use them. */
export class ImportCalls {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** Previews; throws when that is refused. */
  async preview(file: string | Uint8Array, options: ImportOptions = {}, who: Caller = 'agent'): Promise<Preview> {
    const answer = await this.#calls.call(who, 'POST', '/api/v1/imports/preview', importWish(file, options));
    if (answer.status !== 200) throw new Error(`${answer.status} ${answer.raw.toString()}`);
    return answer.body as unknown as Preview;
  }

  confirm(
    file: string | Uint8Array,
    digest: string,
    options: ImportOptions = {},
    who: Caller = 'agent',
  ): Promise<Answer> {
    return this.#calls.call(who, 'POST', '/api/v1/imports', { ...importWish(file, options), confirm: digest });
  }

  /** Previews and confirms; returns the id. */
  async start(file: string, options: ImportOptions = {}, who: Caller = 'agent'): Promise<string> {
    const { digest } = await this.preview(file, options, who);
    const answer = await this.confirm(file, digest, options, who);
    if (answer.status !== 201) throw new Error(`${answer.status} ${codesOf(answer).join()} ${answer.raw.toString()}`);
    return answer.body.id;
  }

  /** Previews, confirms and waits for the runner. */
  async run(file: string, options: ImportOptions = {}): Promise<ImportBody> {
    const id = await this.start(file, options);
    await this.settled();
    return this.show(id);
  }

  async show(id: string): Promise<ImportBody> {
    return (await this.#calls.call('agent', 'GET', `/api/v1/imports/${id}`)).body as unknown as ImportBody;
  }

  steer(id: string, way: 'pause' | 'resume' | 'retry' | 'cancel', who: Caller = 'agent'): Promise<Answer> {
    return this.#calls.call(who, 'POST', `/api/v1/imports/${id}/${way}`, {});
  }

  async result(id: string): Promise<string> {
    return (await this.#calls.call('agent', 'GET', `/api/v1/imports/${id}/result.csv`)).raw.toString();
  }

  /** Waits until the runner has nothing to do. */
  settled(): Promise<void> {
    return this.#calls.registration.ra.importRunner.settled();
  }
}

/** A number in letters, each three times, so that no two names are near each other. None of them looks like another. */
export function farName(index: number): string {
  const digits = [...index.toString(20)].map((digit) => 'abcdefghjkmnopqrstxz'.charAt(Number.parseInt(digit, 20)));
  return digits.map((letter) => letter.repeat(3)).join('');
}

/** A file of as many people of the Treasury, whose names and addresses start with a word of the test's own. */
export function manyPeople(word: string, count: number): string {
  const rows = Array.from(
    { length: count },
    (_, index) => `${word}ā,Ngata ${farName(index)},${word.toLowerCase()}.${index}@treasury.govt.nz,${word}-${index}`,
  );
  return `given name,surname,email,employee number\r\n${rows.join('\r\n')}\r\n`;
}
