/** Which of the two forms of PKCS#12 a device reads. */
export type Flavour = 'modern' | 'compatible';

/** The kinds of device that the page offers, in its order. */
export type Device = 'windows' | 'mac' | 'iphone' | 'android' | 'firefox' | 'linux';

/**
 * The device that a page is most likely open on, from its user agent. A guess: the page lets people choose another.
 * Firefox keeps certificates itself on every desktop system. An iPad that asks for desktop pages says that it is a Mac.
 */
export function guessDevice(userAgent: string): Device {
  if (/Android/i.test(userAgent)) return 'android';
  if (/iPhone|iPad|iPod/i.test(userAgent)) return 'iphone';
  if (/Firefox\//i.test(userAgent)) return 'firefox';
  if (/Macintosh/i.test(userAgent)) return 'mac';
  if (/Windows/i.test(userAgent)) return 'windows';
  return 'linux';
}

/**
 * The form that a device surely opens. Apple and Android refuse the modern one up to versions still in use, with the
 * words "wrong password".
 */
export function flavourFor(device: Device): Flavour {
  return device === 'mac' || device === 'iphone' || device === 'android' ? 'compatible' : 'modern';
}
