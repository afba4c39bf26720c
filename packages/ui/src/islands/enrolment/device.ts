/** Which of the two forms of PKCS#12 a device reads. */
export type Flavour = 'modern' | 'compatible';

/** The kinds of device that the page offers, in its order. */
export type Device = 'windows' | 'apple' | 'android' | 'firefox' | 'linux';

/**
 * The device that a page is most likely open on, from its user agent. A guess: the page lets people choose another.
 * Firefox keeps certificates itself on every desktop system.
 */
export function guessDevice(userAgent: string): Device {
  if (/Android/i.test(userAgent)) return 'android';
  if (/iPhone|iPad|iPod/i.test(userAgent)) return 'apple';
  if (/Firefox\//i.test(userAgent)) return 'firefox';
  if (/Macintosh/i.test(userAgent)) return 'apple';
  if (/Windows/i.test(userAgent)) return 'windows';
  return 'linux';
}

/**
 * The form that a device surely opens. Apple and Android refuse the modern one up to versions still in use, with the
 * words "wrong password".
 */
export function flavourFor(device: Device): Flavour {
  return device === 'apple' || device === 'android' ? 'compatible' : 'modern';
}
