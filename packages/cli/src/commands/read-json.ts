import { readFileSync } from 'node:fs';
import { refused } from '@see/domain';

/** What a JSON file of the caller holds. Throws RefusedError `bad-file`. */
export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw refused('bad-file', `${file} can not be read as JSON: ${(error as Error).message}`);
  }
}
