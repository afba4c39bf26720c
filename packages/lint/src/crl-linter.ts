import { concat, derSequence, equalBytes, headerLength, tag, writeHeader } from '@see/asn1';
import { type CrlPart, parseTbsCertList, RevokedScanner } from '@see/x509';
import { CrlEntries } from './crl-entries.ts';
import { CrlUnderLint } from './crl-under-lint.ts';
import type { Finding } from './finding.ts';
import type { LintContext } from './lint-context.ts';
import { findingsOf } from './lint-crl.ts';
import { unreadable } from './rule.ts';

const VERSION = 2;

/**
 * Lints a tbsCertList while it is written, in constant memory: every octet that `take` is given is looked at, and `finish`
 * says of all of them together what `lintCrl` would. Entries that are not in the order of their serial numbers are refused:
 * so none is there twice.
 */
export class CrlLinter {
  readonly #context: LintContext;
  readonly #entries: CrlEntries;
  #head: Uint8Array = new Uint8Array(0);
  #tail: Uint8Array = new Uint8Array(0);
  #listed = 0;
  #fault: unknown;

  constructor(context: LintContext) {
    this.#context = context;
    this.#entries = new CrlEntries(context.now);
  }

  /** Takes the next part. Its octets are not kept. */
  take({ kind, octets }: CrlPart): void {
    if (kind === 'head') this.#head = concat(this.#head, octets);
    else if (kind === 'tail') this.#tail = concat(this.#tail, octets);
    else this.#takeEntries(octets);
  }

  /** All findings, once everything was taken. Never throws; octets that cannot be read give `e_crl_unreadable`. */
  finish(): Finding[] {
    if (this.#fault !== undefined) return [unreadable('e_crl_unreadable', this.#fault)];
    try {
      if (!this.#entries.rises) throw new Error('the entries are not in the order of their serial numbers');
      const crl = parseTbsCertList(derSequence(this.#before(), this.#tail));
      return findingsOf(new CrlUnderLint(crl, this.#entries.faults, this.#context));
    } catch (error) {
      return [unreadable('e_crl_unreadable', error)];
    }
  }

  #takeEntries(octets: Uint8Array): void {
    this.#listed += octets.length;
    if (this.#fault !== undefined) return;
    try {
      this.#entries.take(new RevokedScanner(octets, 0, octets.length, VERSION));
    } catch (error) {
      this.#fault = error;
    }
  }

  /** What stands before the entries, without the headers around it, which have to be right for all that was taken. */
  #before(): Uint8Array {
    const list = this.#listed === 0 ? new Uint8Array(0) : headerOf(this.#listed);
    const outerLength = 1 + ((this.#head[1] ?? 0) < 0x80 ? 1 : 1 + ((this.#head[1] as number) & 0x7f));
    const before = this.#head.subarray(outerLength, this.#head.length - list.length);
    const outer = headerOf(before.length + list.length + this.#listed + this.#tail.length);
    if (!equalBytes(this.#head, concat(outer, before, list)))
      throw new Error('the lengths are not those of what was written');
    return before;
  }
}

function headerOf(length: number): Uint8Array {
  const header = new Uint8Array(headerLength(length));
  writeHeader(header, 0, tag.sequence, length);
  return header;
}
