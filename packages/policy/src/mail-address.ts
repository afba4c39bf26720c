import { checkMailAddress } from '@see/x509';
import { isName } from './dns-name.ts';

export interface MailAddress {
  readonly localPart: string;
  /** Lower-case A-labels, at least two. */
  readonly domain: string;
}

/**
 * Reads an addr-spec as certificates carry it (PRF-0.9): ASCII dot-atom, no quoting, comment or display name. The
 * domain is folded to lower case. Returns undefined for anything else. Whether the mailbox exists is not checked.
 */
export function readMailAddress(text: string): MailAddress | undefined {
  const at = text.lastIndexOf('@');
  if (at < 1) return undefined;
  const localPart = text.slice(0, at);
  const domain = text.slice(at + 1).toLowerCase();
  if (!domain.includes('.') || !isName(() => checkMailAddress(`${localPart}@${domain}`))) return undefined;
  return { localPart, domain };
}
