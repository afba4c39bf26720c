// RFC 3492 with the parameters of its section 5.
const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;

/**
 * The Unicode text of a Punycode string (without the `xn--`), or undefined where it is malformed, overflows, or is not the
 * one encoding of that text.
 */
export function decodePunycode(input: string): string | undefined {
  const points = decodePoints(input.toLowerCase());
  if (points === undefined) return undefined;
  return encodePoints(points) === input.toLowerCase() ? String.fromCodePoint(...points) : undefined;
}

function decodePoints(input: string): number[] | undefined {
  const delimiter = input.lastIndexOf('-');
  const points = Array.from(delimiter > 0 ? input.slice(0, delimiter) : '', (character) => character.charCodeAt(0));
  let position = delimiter > 0 ? delimiter + 1 : 0;
  let point = 128;
  let bias = 72;
  let index = 0;
  while (position < input.length) {
    const before = index;
    let weight = 1;
    for (let k = BASE; ; k += BASE) {
      const digit = position < input.length ? digitOf(input.charCodeAt(position++)) : -1;
      if (digit < 0) return undefined;
      index += digit * weight;
      const threshold = thresholdAt(k, bias);
      if (digit < threshold) break;
      weight *= BASE - threshold;
      if (weight > 0x7fffffff || index > 0x7fffffff) return undefined;
    }
    const length = points.length + 1;
    bias = adapt(index - before, length, before === 0);
    point += Math.floor(index / length);
    index %= length;
    if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return undefined;
    points.splice(index++, 0, point);
  }
  return points;
}

function encodePoints(points: readonly number[]): string {
  const basic = points.filter((each) => each < 128);
  let output = String.fromCharCode(...basic);
  if (basic.length > 0) output += '-';
  let point = 128;
  let delta = 0;
  let bias = 72;
  let handled = basic.length;
  while (handled < points.length) {
    const next = Math.min(...points.filter((each) => each >= point));
    delta += (next - point) * (handled + 1);
    point = next;
    for (const each of points) {
      if (each < point) delta++;
      if (each !== point) continue;
      output += encodeDelta(delta, bias);
      bias = adapt(delta, handled + 1, handled === basic.length);
      delta = 0;
      handled++;
    }
    delta++;
    point++;
  }
  return output;
}

function encodeDelta(delta: number, bias: number): string {
  let output = '';
  let rest = delta;
  for (let k = BASE; ; k += BASE) {
    const threshold = thresholdAt(k, bias);
    if (rest < threshold) return output + characterOf(rest);
    output += characterOf(threshold + ((rest - threshold) % (BASE - threshold)));
    rest = Math.floor((rest - threshold) / (BASE - threshold));
  }
}

function thresholdAt(k: number, bias: number): number {
  return Math.min(T_MAX, Math.max(T_MIN, k - bias));
}

function adapt(delta: number, length: number, first: boolean): number {
  let rest = first ? Math.floor(delta / 700) : Math.floor(delta / 2);
  rest += Math.floor(rest / length);
  let k = 0;
  for (; rest > ((BASE - T_MIN) * T_MAX) / 2; k += BASE) rest = Math.floor(rest / (BASE - T_MIN));
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + 38));
}

function digitOf(unit: number): number {
  if (unit >= 0x61 && unit <= 0x7a) return unit - 0x61;
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30 + 26;
  return -1;
}

function characterOf(digit: number): string {
  return String.fromCharCode(digit < 26 ? 0x61 + digit : 0x30 + digit - 26);
}
