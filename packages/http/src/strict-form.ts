import { Refusal } from './problem.ts';
import { assertMemberName, assertPlainText, decodeUtf8 } from './strict-json.ts';

const MAX_FIELDS = 200;

/**
 * Reads a form body (application/x-www-form-urlencoded). A field that is sent more than once becomes an array, as the
 * WHATWG form model has it; everything else is text, nothing is converted. Bad percent-encoding, bytes that are not
 * UTF-8, control characters, names that reach a prototype and more than 200 fields are refused.
 */
export function parseStrictForm(bytes: Uint8Array): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = {};
  const pairs = decodeUtf8(bytes)
    .split('&')
    .filter((pair) => pair !== '');
  if (pairs.length > MAX_FIELDS) throw new Refusal('invalid-request', `A form has at most ${MAX_FIELDS} fields.`);
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    const name = decode(equals < 0 ? pair : pair.slice(0, equals));
    const value = decode(equals < 0 ? '' : pair.slice(equals + 1));
    for (const part of name.split(/[[\].]/)) assertMemberName(part);
    assertPlainText(name, 'A field name');
    assertPlainText(value, `The field ${name}`);
    const earlier = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (earlier === undefined) fields[name] = value;
    else if (Array.isArray(earlier)) earlier.push(value);
    else fields[name] = [earlier, value];
  }
  return fields;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new Refusal('malformed-text', 'The form is not well-formed percent-encoded UTF-8.');
  }
}
