import { checkDnsName } from './dns-name.ts';
import { printable } from './name-characters.ts';
import { X509Error } from './x509-error.ts';

/**
 * Throws `bad-mail-address` unless the text is `Dot-string@domain` of RFC 5321 4.1.2 in ASCII: no quoted local part, no
 * comment, no display name, no address literal, nothing that could break a mail header. NOT checked: whether the mailbox
 * exists or who owns it.
 */
export function checkMailAddress(address: string): void {
  if (address.length > 254) refuse(address, 'is longer than 254 characters');
  const at = address.lastIndexOf('@');
  if (at <= 0) refuse(address, 'has no local part or no @');
  const local = address.slice(0, at);
  if (local.length > 64) refuse(address, 'has a local part longer than 64 characters');
  if (!/^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i.test(local)) {
    refuse(address, 'has a local part that is not plain ASCII atoms separated by dots');
  }
  try {
    checkDnsName(address.slice(at + 1), { wildcard: false });
  } catch (error) {
    if (error instanceof X509Error) refuse(address, `has a bad domain: ${error.message}`);
    throw error;
  }
}

function refuse(address: string, why: string): never {
  throw new X509Error('bad-mail-address', 'RFC 5280 4.2.1.6', `the mail address ${printable(address)} ${why}`);
}
