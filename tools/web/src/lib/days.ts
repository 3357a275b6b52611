// Days are whole numbers, counted from 1970-01-01, and YYYY-MM-DD for people and the server. No time zone is in them.

const milliseconds = 86_400_000;

export function dayOf(iso: string): number {
  return Math.round(Date.parse(`${iso}T00:00:00Z`) / milliseconds);
}

export function isoOf(day: number): string {
  return new Date(day * milliseconds).toISOString().slice(0, 10);
}

export function isDay(text: string | null): text is string {
  return text !== null && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(dayOf(text)) && isoOf(dayOf(text)) === text;
}

export function lastOfMonth(year: number, month: number): number {
  return Date.UTC(year, month + 1, 0) / milliseconds;
}

// So many months later: from the last day of a month to the last of another, else to the same day or the last there is.
export function addMonths(day: number, months: number): number {
  const date = new Date(day * milliseconds);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const last = lastOfMonth(year, month);
  if (day === lastOfMonth(date.getUTCFullYear(), date.getUTCMonth())) return last;
  return Math.min(Date.UTC(year, month, date.getUTCDate()) / milliseconds, last);
}

// Today where the reader is.
export function today(): string {
  const now = new Date();
  const two = (number: number) => String(number).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
