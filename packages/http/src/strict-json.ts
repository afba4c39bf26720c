import { Refusal } from './problem.ts';

/** Members that reach an object's prototype when code merges what it was sent. No operation of ours has them. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);
const MAX_DEPTH = 24;
// C0 but for tab, line feed and carriage return; DEL; C1. None belongs in a name, and PostgreSQL refuses NUL.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a JSON body (RFC 8259) more strictly than JSON.parse: UTF-8 only, at most 24 levels deep, no member named
 * twice, none named `__proto__`, `constructor` or `prototype`, no lone surrogate and no control character in a text.
 * The size is the caller's to bound. Throws Refusal `malformed-text`, `malformed-json`, `duplicate-member` or
 * `forbidden-member`.
 */
export function parseStrictJson(bytes: Uint8Array): unknown {
  const text = decodeUtf8(bytes);
  if (text.trim() === '') throw new Refusal('malformed-json', 'The body is empty; send a JSON object.');
  checkStructure(text);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Refusal('malformed-json', 'The body is not JSON (RFC 8259). Check commas, quotes and brackets.', {
      cause,
    });
  }
}

/** Text of UTF-8 octets, without a byte order mark. Throws Refusal `malformed-text`. */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new Refusal('malformed-text', 'The body is not UTF-8. Save or send it as UTF-8.');
  }
}

/** Refuses text that no field of ours may hold: control characters and lone surrogates. */
export function assertPlainText(text: string, place: string): void {
  if (CONTROL.test(text)) throw new Refusal('malformed-text', `${place} holds a control character. Remove it.`);
  if (!text.isWellFormed()) throw new Refusal('malformed-text', `${place} is not well-formed Unicode.`);
}

/** Refuses a member name that reaches a prototype. */
export function assertMemberName(name: string): void {
  if (FORBIDDEN.has(name)) {
    throw new Refusal('forbidden-member', `A member must not be named ${JSON.stringify(name)}. Remove it.`);
  }
}

type Level = { readonly names: Set<string>; expectsName: boolean } | 'array';

/** One pass over the text without recursion. Texts that are not JSON at all are left to JSON.parse. */
function checkStructure(text: string): void {
  const levels: Level[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    const level = levels.at(-1);
    if (char === '{' || char === '[') {
      if (levels.length >= MAX_DEPTH) {
        throw new Refusal('malformed-json', `The body is nested deeper than ${MAX_DEPTH} levels.`);
      }
      levels.push(char === '{' ? { names: new Set(), expectsName: true } : 'array');
    } else if (char === '}' || char === ']') {
      levels.pop();
    } else if (char === ',') {
      if (level !== undefined && level !== 'array') level.expectsName = true;
    } else if (char === '"') {
      const end = endOfString(text, at);
      if (end < 0) return;
      readText(text.slice(at, end + 1), level);
      at = end;
    }
  }
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\\') at += 1;
    else if (char === '"') return at;
  }
  return -1;
}

function readText(token: string, level: Level | undefined): void {
  let value: string;
  try {
    value = JSON.parse(token) as string;
  } catch {
    return;
  }
  if (level === undefined || level === 'array' || !level.expectsName) {
    assertPlainText(value, 'A text');
    return;
  }
  level.expectsName = false;
  assertMemberName(value);
  assertPlainText(value, 'A member name');
  if (level.names.has(value)) {
    throw new Refusal('duplicate-member', `The member ${JSON.stringify(value)} appears twice in one object.`);
  }
  level.names.add(value);
}
