import { type ImportProblem, problemAt } from './import-problem.ts';

const SAVE_AS_UTF8 = 'save the file as "CSV UTF-8" in the spreadsheet';

/**
 * Text of a file's octets: UTF-8 with or without a byte order mark, or UTF-16 with one. Anything else is a problem
 * `bad-encoding` that names the line; nothing is guessed, because a wrong guess spoils names.
 */
export function decodeText(octets: Uint8Array): string | ImportProblem {
  const wide = wideEncoding(octets);
  try {
    return new TextDecoder(wide ?? 'utf-8', { fatal: true }).decode(octets);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    if (wide) return problemAt(null, null, 'bad-encoding', 'the file is damaged UTF-16', { remedy: SAVE_AS_UTF8 });
    const line = brokenLine(octets);
    return problemAt(line, null, 'bad-encoding', `line ${line} is not UTF-8`, { remedy: SAVE_AS_UTF8 });
  }
}

function wideEncoding([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** The first line that is no UTF-8; neither line end occurs within a character. */
function brokenLine(octets: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  let start = 0;
  for (let at = 0; at <= octets.length; at += 1) {
    const octet = octets[at];
    const ends = octet === LINE_FEED || (octet === CARRIAGE_RETURN && octets[at + 1] !== LINE_FEED);
    if (!ends && at < octets.length) continue;
    if (!isDecodable(decoder, octets.subarray(start, at))) return line;
    start = at + 1;
    line += 1;
  }
  return line;
}

function isDecodable(decoder: TextDecoder, octets: Uint8Array): boolean {
  try {
    decoder.decode(octets);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
