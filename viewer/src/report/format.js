// SPDX-License-Identifier: Apache-2.0
// Numbers as people read them: sensible digits, real minus signs, units with superscripts.

const none = '–';
const blank = '\u00a0';  // keeps a number and its unit on one line
const raised = {'-': '⁻', 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹'};
const whole = new Intl.NumberFormat('en', {maximumFractionDigits: 0});

const known = (value) => typeof value === 'number' && Number.isFinite(value);
const superscript = (text) => [...text].map((letter) => raised[letter] ?? letter).join('');
const minus = (text) => text.replace('-', '−');

function scientific(value, digits) {
  const [mantissa, exponent] = value.toExponential(digits - 1).split('e');
  return `${minus(mantissa)}·10${superscript(String(Number(exponent)))}`;
}

/** 14392 -> "14,392"; null -> a dash. */
export function count(value) {
  return known(value) ? minus(whole.format(value)) : none;
}

/** count(2, 'person', 'people') -> "2 people". */
export function counted(value, one, many = `${one}s`) {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** A number to so many significant digits; powers of ten outside 0.001 .. 100 000. */
export function significant(value, digits = 3) {
  if (!known(value)) return none;
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) return scientific(value, digits);
  const rounded = Number(value.toPrecision(digits));
  return minus(rounded.toLocaleString('en', {maximumSignificantDigits: Math.max(digits, 1)}));
}

/** "m/s2" -> "m/s²", "(rad/s)^2/Hz" -> "(rad/s)²/Hz". */
export function unitText(unit) {
  return (unit ?? '').replace(/\^?(-?\d+)/g, (match, power) => superscript(power));
}

/** Units inside a sentence: "0.05 m/s2" -> "0.05 m/s²". */
export function prose(text) {
  return (text ?? '').replace(/\bm\/s2\b/g, 'm/s²');
}

/** A number with its unit; the dash stays alone. */
export function quantity(value, unit, digits = 3) {
  return known(value) ? `${significant(value, digits)}${blank}${unitText(unit)}`.trim() : none;
}

/** Seconds in the unit people would say: "12 s", "2.4 min", "262 h". */
export function duration(seconds) {
  if (!known(seconds)) return none;
  if (seconds < 120) return quantity(seconds, 's');
  return seconds < 5400 ? quantity(seconds / 60, 'min') : quantity(seconds / 3600, 'h');
}

/** Bytes in powers of 1000. */
export function bytes(size) {
  if (!known(size)) return none;
  const step = Math.min(4, Math.max(0, Math.floor(Math.log10(Math.max(size, 1)) / 3)));
  return `${significant(size / 1000 ** step)}${blank}${['B', 'kB', 'MB', 'GB', 'TB'][step]}`;
}

/** A share 0..1 in per cent. */
export function share(value) {
  if (!known(value)) return none;
  const text = value > 0 && value < 0.005 ? '< 1' : value < 1 && value > 0.995 ? '> 99' : whole.format(100 * value);
  return `${text}${blank}%`;
}

/** The text at a tick: plain near one, a power of ten far from it. */
export function tickText(value) {
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-2 && size < 1e4)) return minus(String(Number(value.toPrecision(6))));
  const [mantissa, exponent] = value.toExponential(1).split('e');
  const power = `10${superscript(String(Number(exponent)))}`;
  return Number(mantissa) === 1 ? power : `${minus(String(Number(mantissa)))}·${power}`;
}
