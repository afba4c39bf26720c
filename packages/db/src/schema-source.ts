import { sql } from 'kysely';
import { type Database, openDatabase } from './connect.ts';

/**
 * TypeScript source of the row types of every table and view in schema public, as the database at this URL really has them. A text column whose CHECK
 * lists its values becomes the union of them, and so does one that refers to a table whose comment is `constants`. A view's column is nullable unless its comment is `not null`, since PostgreSQL does not know better.
 */
export async function renderSchema(url: string): Promise<string> {
  const db = openDatabase(url, { applicationName: 'see schema', max: 1 });
  try {
    const columns = await readColumns(db);
    const unions = new Map([...(await readUnions(db)), ...(await readConstants(db))]);
    return render(columns, unions);
  } finally {
    await db.destroy();
  }
}

interface Column {
  relation: string;
  kind: 'r' | 'v' | 'm' | 'p';
  column: string;
  type: string;
  required: boolean;
  always: boolean;
  optional: boolean;
  enum_values: string[] | null;
}

async function readColumns(db: Database): Promise<Column[]> {
  const answer = await sql<Column>`
    select c.relname as relation, c.relkind as kind, a.attname as column,
      format_type(case when t.typtype = 'd' then t.typbasetype else t.oid end, null) as type,
      a.attnotnull or t.typnotnull or coalesce(col_description(c.oid, a.attnum) = 'not null', false) as required,
      a.attgenerated <> '' or a.attidentity = 'a' as always,
      a.atthasdef or a.attidentity = 'd' as optional,
      (select array_agg(e.enumlabel::text order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid) as enum_values
    from pg_class c
      join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      join pg_type t on t.oid = a.atttypid
    where c.relkind in ('r', 'v', 'm', 'p') and not c.relispartition
    order by c.relname collate "C", a.attnum`.execute(db);
  return answer.rows;
}

/** Values that a CHECK of the form `column IN (…)` allows, by `relation.column`. */
async function readUnions(db: Database): Promise<Map<string, string[]>> {
  const answer = await sql<{ relation: string; column: string; definition: string }>`
    select c.relname as relation, a.attname as column, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k
      join pg_class c on c.oid = k.conrelid
      join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
      join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
    where k.contype = 'c' and cardinality(k.conkey) = 1`.execute(db);
  const unions = new Map<string, string[]>();
  for (const { relation, column, definition } of answer.rows) {
    const listed = /^CHECK \(\(\(?"?\w+"?\)?(?:::text)? = ANY \(ARRAY\[(.+)\](?:::text\[\])?\)\)\)$/.exec(
      definition,
    )?.[1];
    const values = listed
      ?.split(', ')
      .map((item) => /^\(?'([^']+)'::(?:text|character varying)\)?(?:::text)?$/.exec(item)?.[1]);
    if (values?.every((value) => value !== undefined)) unions.set(`${relation}.${column}`, values);
  }
  return unions;
}

/** Values that a table of constants has for those columns that refer to it, by `relation.column`. */
async function readConstants(db: Database): Promise<Map<string, string[]>> {
  const answer = await sql<{ relation: string; column: string; constants: string; key: string }>`
    select c.relname as relation, a.attname as column, t.relname as constants, b.attname as key
    from pg_constraint k
      join pg_class c on c.oid = k.conrelid
      join pg_class t on t.oid = k.confrelid and obj_description(t.oid, 'pg_class') = 'constants'
      join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
      join pg_attribute b on b.attrelid = t.oid and b.attnum = k.confkey[1]
    where k.contype = 'f' and cardinality(k.conkey) = 1`.execute(db);
  const unions = new Map<string, string[]>();
  for (const { relation, column, constants, key } of answer.rows) {
    const { rows } = await sql<{ value: string }>`
      select ${sql.ref(key)} as value from ${sql.table(constants)} order by 1`.execute(db);
    unions.set(
      `${relation}.${column}`,
      rows.map(({ value }) => value),
    );
  }
  return unions;
}

const HEADER = `// Made by \`node scripts/src/generate-schema.ts\` from the migrated schema. Never edited by hand: the check fails on any difference.
import type { ColumnType } from 'kysely';

/** May be left out of an INSERT. */
export type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>;

/** Made by the database alone. */
export type GeneratedAlways<T> = T extends ColumnType<infer S, unknown, unknown> ? ColumnType<S, never, never> : ColumnType<T, never, never>;

/** Read as a number (a RangeError beyond 2^53-1), written as number or bigint. */
export type Int8 = ColumnType<number, number | bigint, number | bigint>;

/** Read as the parsed value, written as JSON text, because the driver would turn an array into an array of the database. */
export type Json = ColumnType<unknown, string, string>;
`;

function render(columns: readonly Column[], unions: ReadonlyMap<string, string[]>): string {
  const relations = Map.groupBy(columns, (column) => column.relation);
  const interfaces = [...relations].map(([relation, own]) => {
    const lines = own.map((column) => `  ${column.column}: ${columnType(column, unions)};`);
    return `export interface ${interfaceName(relation)} {\n${lines.join('\n')}\n}\n`;
  });
  const tables = [...relations.keys()].map((relation) => `  ${relation}: ${interfaceName(relation)};`);
  return [HEADER, ...interfaces, `export interface DB {\n${tables.join('\n')}\n}\n`].join('\n');
}

function columnType(column: Column, unions: ReadonlyMap<string, string[]>): string {
  const values = column.enum_values ?? unions.get(`${column.relation}.${column.column}`);
  const base = values ? values.map((value) => `'${value}'`).join(' | ') : baseType(column.type);
  const type = column.required ? base : `${base} | null`;
  if (column.kind === 'v' || column.kind === 'm' || column.always) return `GeneratedAlways<${type}>`;
  return column.optional ? `Generated<${type}>` : type;
}

const BASE: ReadonlyMap<string, string> = new Map([
  ['bigint', 'Int8'],
  ['integer', 'number'],
  ['smallint', 'number'],
  ['real', 'number'],
  ['double precision', 'number'],
  ['boolean', 'boolean'],
  ['bytea', 'Uint8Array'],
  ['timestamp with time zone', 'Date'],
  ['json', 'Json'],
  ['jsonb', 'Json'],
  ['text', 'string'],
  ['character varying', 'string'],
  ['character', 'string'],
  ['name', 'string'],
  ['uuid', 'string'],
  ['numeric', 'string'],
  ['date', 'string'],
  ['inet', 'string'],
  ['cidr', 'string'],
  ['timestamp without time zone', 'string'],
]);

const ELEMENT: ReadonlyMap<string, string> = new Map([...BASE, ['bigint', 'number']]);

function baseType(type: string): string {
  const element = type.endsWith('[]') ? ELEMENT.get(type.slice(0, -2)) : undefined;
  const found = element === undefined ? BASE.get(type) : `${element}[]`;
  if (found === undefined || found === 'Json[]')
    throw new Error(`no TypeScript type is chosen for the column type ${type}`);
  return found;
}

function interfaceName(relation: string): string {
  return relation.replace(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
