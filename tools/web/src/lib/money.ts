// Amounts are decimal strings, as the server writes them, or minor units in BigInt. No amount is ever a number: only the
// lengths of bars and the heights of areas are.

const decimal = /^-?\d+(\.\d+)?$/;

export function isAmount(text: unknown): text is string {
  return typeof text === 'string' && decimal.test(text);
}

// "-1234567.50" as "-1,234,567.50".
export function shown(amount: string): string {
  const [whole, part] = amount.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return part === undefined ? grouped : `${grouped}.${part}`;
}

export function fromMinor(minor: bigint, decimals: number): string {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(decimals + 1, '0');
  const sign = minor < 0n ? '-' : '';
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

// In units of 10^-decimals; of amounts of one currency these are its minor units.
export function toMinor(amount: string, decimals: number): bigint {
  const [whole, part = ''] = amount.split('.');
  return BigInt(whole + part.padEnd(decimals, '0'));
}

export function decimalsOf(amount: string): number {
  return amount.includes('.') ? amount.length - amount.indexOf('.') - 1 : 0;
}

export function isZero(amount: string | null | undefined): boolean {
  return amount === null || amount === undefined || /^-?[0.]*$/.test(amount);
}

// Tenths of a per cent, as "12.3 %"; nothing of nothing.
export function share(part: bigint, whole: bigint): string {
  if (whole <= 0n || part < 0n) return '';
  const tenths = (part * 2000n + whole) / (whole * 2n);
  return `${tenths / 10n}.${tenths % 10n} %`;
}
