import { Refusal } from '@see/http/problem';

/** Characters of our own addresses; none needs percent-encoding. */
const PATH = /^\/[A-Za-z0-9._~/-]*$/;
export const MAX_URL = 4096;

/**
 * The path and query of a request target in origin or absolute form. The authority in it, like Host, is never looked at.
 * Throws Refusal for what no address of ours has: percent-encoding, dot segments, backslashes, other characters, too
 * many characters.
 */
export function requestPath(target: string): { readonly path: string; readonly query: string } {
  if (target.length > MAX_URL) throw new Refusal('uri-too-long', `An address has at most ${MAX_URL} characters.`);
  const origin = originForm(target);
  const question = origin.indexOf('?');
  const path = question < 0 ? origin : origin.slice(0, question);
  if (path.includes('%') || path.includes('\\'))
    throw new Refusal('bad-path', 'No address here has percent-encoding or backslashes.');
  if (!PATH.test(path)) throw new Refusal('bad-path', 'The address has characters that no address here has.');
  if (path.split('/').some((segment) => segment === '.' || segment === '..'))
    throw new Refusal('bad-path', 'The address holds a dot segment.');
  return { path, query: question < 0 ? '' : origin.slice(question + 1) };
}

/** Cuts `http://authority` off an absolute target, as a proxy may send it (RFC 9112 3.2.2). */
export function originForm(target: string): string {
  const absolute = /^https?:\/\/[^/?#]*/i.exec(target);
  if (!absolute) return target;
  const rest = target.slice(absolute[0].length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}
