import { Refusal } from './problem.ts';

const MAX_ADDRESS = 4096;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

/**
 * Refuses an address that no route of ours has and that proxies and file systems read differently: bad
 * percent-encoding, control characters, backslashes, dot segments (plain or encoded) and absolute forms.
 * Returns the path without the query.
 */
export function checkedPath(address: string): string {
  if (address.length > MAX_ADDRESS) {
    throw new Refusal('uri-too-long', `An address has at most ${MAX_ADDRESS} characters.`);
  }
  const question = address.indexOf('?');
  const path = question < 0 ? address : address.slice(0, question);
  if (!path.startsWith('/')) throw new Refusal('bad-path', 'The address must start with a slash.');
  const decoded = decode(path, 'The address');
  if (decoded.includes('\\')) throw new Refusal('bad-path', 'The address holds a backslash.');
  if (decoded.split('/').some((segment) => segment === '.' || segment === '..')) {
    throw new Refusal('bad-path', 'The address holds a dot segment.');
  }
  if (question >= 0) decode(address.slice(question + 1).replaceAll('+', ' '), 'The query');
  return path;
}

function decode(text: string, place: string): string {
  let decoded: string;
  try {
    decoded = decodeURIComponent(text);
  } catch {
    throw new Refusal('bad-path', `${place} is not well-formed percent-encoded UTF-8.`);
  }
  if (CONTROL.test(decoded)) throw new Refusal('bad-path', `${place} holds a control character.`);
  return decoded;
}
