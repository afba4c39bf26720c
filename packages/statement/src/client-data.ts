export type ClientDataFault = 'bad-client-data' | 'wrong-type' | 'wrong-challenge' | 'wrong-origin' | 'cross-origin';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Why client data (WebAuthn L3 5.8.1) is not that of an assertion over exactly this challenge on exactly this origin, in a
 * page that nothing else framed; undefined when it is. `challenge` is base64url without padding, `origin` as browsers
 * write it. Stricter than 7.2: any `topOrigin` is refused. Members that are not named here are ignored, as 5.8.1 asks.
 */
export function clientDataFault(
  clientDataJson: Uint8Array,
  challenge: string,
  origin: string,
): ClientDataFault | undefined {
  const data = readObject(clientDataJson);
  if (!data) return 'bad-client-data';
  if (data['type'] !== 'webauthn.get') return 'wrong-type';
  if (data['challenge'] !== challenge) return 'wrong-challenge';
  if (data['origin'] !== origin) return 'wrong-origin';
  if ((Object.hasOwn(data, 'crossOrigin') && data['crossOrigin'] !== false) || Object.hasOwn(data, 'topOrigin')) {
    return 'cross-origin';
  }
  return undefined;
}

function readObject(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(bytes));
  } catch {
    return undefined;
  }
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Record<string, unknown>) : undefined;
}
