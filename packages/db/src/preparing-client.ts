import pg from 'pg';

/** Most different statements that a process prepares; beyond it they run unprepared, as before. */
const MOST = 400;

const names = new Map<string, string>();

/**
 * A client whose statements with parameters are prepared under a name, once a connection, so that the server parses and
 * plans them once instead of each time (PostgreSQL, PREPARE). What a statement does is the same.
 */
export class PreparingClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const plain = this.query.bind(this) as (...args: unknown[]) => unknown;
    const query = (...args: unknown[]): unknown => {
      const [text, values, ...rest] = args;
      if (typeof text !== 'string' || !Array.isArray(values) || values.length === 0) return plain(...args);
      const name = nameOf(text);
      return name === undefined ? plain(...args) : plain({ name, text, values: [...(values as unknown[])] }, ...rest);
    };
    this.query = query as typeof this.query;
  }
}

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST) return known;
  const name = `see_${names.size}`;
  names.set(text, name);
  return name;
}
