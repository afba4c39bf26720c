/** Octets as base64url without padding, the form of WebAuthn's JSON. */
export function toBase64url(octets: ArrayBuffer | Uint8Array): string {
  const bytes = octets instanceof Uint8Array ? octets : new Uint8Array(octets);
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** Throws when the text is not base64url. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (sign) => sign.charCodeAt(0));
}
