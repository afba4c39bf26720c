import { ScimError } from './scim-error.ts';

export const PATCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
export const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';

type Members = Readonly<Record<string, unknown>>;
const MOST_OPERATIONS = 50;

/**
 * What a PATCH (RFC 7644 3.5.2) asks for: whether the user is active from now on. Takes `replace` and `add` of `active`, by path or in
 * an object, in the spellings of the usual senders: `Replace`, `"False"`. Everything else of a user is read-only, and a PATCH is
 * done as a whole or not at all, so one operation on anything else refuses it. Throws ScimError.
 */
export function readPatch(body: unknown): { readonly active: boolean } {
  const members = objectOf(body);
  assertSchema(members, PATCH_SCHEMA);
  const operations = member(members, 'Operations');
  if (!Array.isArray(operations) || operations.length === 0 || operations.length > MOST_OPERATIONS)
    throw syntax(`Operations is a list of 1 to ${MOST_OPERATIONS} operations.`);
  const wanted = new Set(operations.flatMap((one) => readOperation(objectOf(one))));
  const [active, other] = wanted;
  if (active === undefined || other !== undefined)
    throw new ScimError(400, 'The operations do not say one thing about active.', 'invalidValue');
  return { active };
}

/**
 * What a PUT (RFC 7644 3.5.1) of a user asks for. All attributes but `active` are read-only: what is sent of them is ignored, as the
 * RFC has it. Throws ScimError.
 */
export function readReplacement(body: unknown): { readonly active: boolean } {
  const members = objectOf(body);
  assertSchema(members, USER_SCHEMA);
  const active = member(members, 'active');
  // A user that is replaced without saying so stays what it is by default: active.
  return { active: active === undefined ? true : readBoolean(active) };
}

function readOperation(operation: Members): boolean[] {
  const op = member(operation, 'op');
  const verb = typeof op === 'string' ? op.toLowerCase() : '';
  if (!['add', 'replace', 'remove'].includes(verb)) throw syntax('op is one of add, replace, remove.');
  const path = member(operation, 'path');
  const value = member(operation, 'value');
  if (verb === 'remove') throw readOnly(typeof path === 'string' ? path : 'this');
  if (path === undefined || path === null || path === '') {
    const entries = Object.entries(objectOf(value));
    if (entries.length === 0) throw syntax('An operation without a path has an object of attributes as its value.');
    return entries.map(([name, one]) => readAttribute(name, one));
  }
  if (typeof path !== 'string') throw new ScimError(400, 'path is a text.', 'invalidPath');
  return [readAttribute(path, value)];
}

function readAttribute(path: string, value: unknown): boolean {
  const plain = path.toLowerCase().startsWith(`${USER_SCHEMA.toLowerCase()}:`)
    ? path.slice(USER_SCHEMA.length + 1)
    : path;
  if (plain.toLowerCase() !== 'active') throw readOnly(plain);
  return readBoolean(value);
}

/** A boolean, or its name as some senders write it; also as the only element of a list. */
function readBoolean(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  if (text === 'true' || text === 'false') return text === 'true';
  throw new ScimError(400, 'active is true or false.', 'invalidValue');
}

/** A member by its name, which has no case (RFC 7643 2.1); one that is named twice in different cases is refused. */
function member(members: Members, name: string): unknown {
  const found = Object.keys(members).filter((key) => key.toLowerCase() === name.toLowerCase());
  if (found.length > 1) throw syntax(`${name} is there twice.`);
  return found[0] === undefined ? undefined : members[found[0]];
}

function objectOf(value: unknown): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw syntax('A JSON object is expected.');
  return value as Members;
}

function assertSchema(members: Members, schema: string): void {
  const schemas = member(members, 'schemas');
  if (
    !Array.isArray(schemas) ||
    !schemas.some((one) => typeof one === 'string' && one.toLowerCase() === schema.toLowerCase())
  )
    throw syntax(`schemas names ${schema}.`);
}

function syntax(detail: string): ScimError {
  return new ScimError(400, detail, 'invalidSyntax');
}

function readOnly(path: string): ScimError {
  const shown = /^[\w.:[\]" -]{1,60}$/.test(path) ? path : 'this attribute';
  return new ScimError(
    400,
    `${shown} cannot be changed by this feed, and nothing of the request was done: only active can be set to false. Names and addresses change with evidence; have the sponsor declare it.`,
    'mutability',
  );
}
