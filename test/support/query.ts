import pg from 'pg';

/** Runs one statement on a connection of its own, for tests that look at the database from outside or attack it. */
export async function query<T extends pg.QueryResultRow = pg.QueryResultRow>(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<T[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'see test' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const answer = await client.query<T>(text, values);
    return answer.rows;
  } finally {
    await client.end();
  }
}
