import { concat, derSequence, equalBytes, headerLength, tag, writeHeader } from '@see/asn1';
import { compareSerialOctets, parseTbsCertList } from '@see/x509';
import type { CheckedEntries, EntryFaults } from './checked-entries.ts';
import { CrlUnderLint } from './crl-under-lint.ts';
import type { Finding } from './finding.ts';
import type { LintContext } from './lint-context.ts';
import { findingsOf } from './lint-crl.ts';
import { unreadable } from './rule.ts';

/**
 * Lints a tbsCertList while it is written, in constant memory: `finish` says of everything that it was given what `lintCrl` would
 * say of it together. Entries that are not in the order of their serial numbers are refused: so none is there twice. NOT checked:
 * that what was taken is what is signed; for that each octet goes into the signature when it is taken (`streamCrl`).
 */
export class CrlLinter {
  readonly #context: LintContext;
  readonly #head: Uint8Array;
  readonly #tail: Uint8Array;
  #faults: EntryFaults = {};
  #listed = 0;
  #rises = true;
  #last: Uint8Array = new Uint8Array(0);

  /** `head` and `tail` stand before and behind the entries. */
  constructor(head: Uint8Array, tail: Uint8Array, context: LintContext) {
    this.#head = head;
    this.#tail = tail;
    this.#context = context;
  }

  /** Takes the entries that come next. */
  take(entries: CheckedEntries): void {
    const { first, last, rises, octets } = entries;
    this.#listed += octets.length;
    this.#faults = { ...entries.faultsAt(this.#context.now), ...this.#faults };
    this.#rises &&= rises && compareSerialOctets(this.#last, 0, this.#last.length, first, 0, first.length) < 0;
    this.#last = last;
  }

  /** All findings, once everything was taken. Never throws; octets that cannot be read give `e_crl_unreadable`. */
  finish(): Finding[] {
    try {
      if (!this.#rises) throw new Error('the entries are not in the order of their serial numbers');
      const crl = parseTbsCertList(derSequence(this.#before(), this.#tail));
      return findingsOf(new CrlUnderLint(crl, this.#faults, this.#context));
    } catch (error) {
      return [unreadable('e_crl_unreadable', error)];
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
