const LOCAL_ATOM = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const HOST = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/;

export interface MailAddress {
  readonly localPart: string;
  /** Lower-case A-labels. */
  readonly domain: string;
}

/**
 * Reads an addr-spec as certificates carry it (PRF-0.9): ASCII dot-atom, no quoting, comment or display name. The
 * domain is folded to lower case. Returns undefined for anything else. Whether the mailbox exists is not checked.
 */
export function readMailAddress(text: string): MailAddress | undefined {
  const at = text.lastIndexOf('@');
  if (at < 1 || text.length > 254) return undefined;
  const localPart = text.slice(0, at);
  const domain = text.slice(at + 1).toLowerCase();
  if (localPart.length > 64 || !LOCAL_ATOM.test(localPart) || !HOST.test(domain)) return undefined;
  return { localPart, domain };
}
