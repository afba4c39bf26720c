import { equalBytes } from '@see/asn1';
import { encodeName, type GeneralName, type GeneralSubtree, type Name, type NameConstraints } from '@see/x509';

/** Whether a name may stand under these constraints (RFC 5280 4.2.1.10): in none excluded, in one permitted of its kind. */
export function isWithin(name: GeneralName, { permitted, excluded }: NameConstraints): boolean {
  if (excluded.some((base) => covers(base, name))) return false;
  let limited = false;
  for (const base of permitted) {
    if (base.kind !== name.kind) continue;
    if (covers(base, name)) return true;
    limited = true;
  }
  return !limited;
}

function covers(base: GeneralSubtree, name: GeneralName): boolean {
  if (base.kind === 'rfc822Name' && name.kind === 'rfc822Name') return coversMail(base.value, name.value);
  if (base.kind === 'dNSName' && name.kind === 'dNSName') return coversHost(base.value, name.value);
  if (base.kind === 'iPAddress' && name.kind === 'iPAddress') return coversAddress(base.bytes, name.bytes);
  if (base.kind === 'directoryName' && name.kind === 'directoryName') return coversDirectory(base.name, name.name);
  if (base.kind === 'uniformResourceIdentifier' && name.kind === base.kind) return true;
  return false;
}

// A mailbox, a host, or with a dot before it everything below a domain.
function coversMail(base: string, address: string): boolean {
  const at = address.lastIndexOf('@');
  const host = address.slice(at + 1).toLowerCase();
  if (base.includes('@')) {
    const baseAt = base.lastIndexOf('@');
    return base.slice(0, baseAt) === address.slice(0, at) && base.slice(baseAt + 1).toLowerCase() === host;
  }
  return base.startsWith('.') ? host.endsWith(base.toLowerCase()) : base.toLowerCase() === host || base === '';
}

function coversHost(base: string, name: string): boolean {
  const host = name.toLowerCase();
  const suffix = base.toLowerCase().replace(/^\./, '');
  return suffix === '' || host === suffix || host.endsWith(`.${suffix}`);
}

function coversAddress(base: Uint8Array, address: Uint8Array): boolean {
  if (base.length !== address.length * 2) return false;
  for (let index = 0; index < address.length; index++) {
    const mask = base[address.length + index] as number;
    if (((address[index] as number) & mask) !== ((base[index] as number) & mask)) return false;
  }
  return true;
}

// By octets: this CA encodes the same name always the same way (PRF-0.4).
function coversDirectory(base: Name, name: Name): boolean {
  if (base.length > name.length) return false;
  return equalBytes(encodeName(base), encodeName(name.slice(0, base.length)));
}
