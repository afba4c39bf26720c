import { describe, expect, it } from 'vitest';
import { flavourFor, guessDevice } from './device.ts';

describe('guessDevice', () => {
  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140',
      'windows',
      'modern',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15',
      'mac',
      'compatible',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile Safari',
      'iphone',
      'compatible',
    ],
    [
      'Mozilla/5.0 (Linux; Android 12; Pixel 4) AppleWebKit/537.36 Chrome/140 Mobile Safari/537.36',
      'android',
      'compatible',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0', 'firefox', 'modern'],
    ['Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0', 'android', 'compatible'],
    ['curl/8', 'linux', 'modern'],
  ])('%s', (agent, device, flavour) => {
    expect(guessDevice(agent)).toBe(device);
    expect(flavourFor(guessDevice(agent))).toBe(flavour);
  });
});
