// What is known of every report, and how its rows are shown in a grid.

import { address, customerPath, documentPath, eventPath } from './address.svelte.ts';
import { cut } from './cut.svelte.ts';
import { reportUrl } from './api.svelte.ts';
import { decimalsOf, isAmount, shown, toMinor } from './money.ts';
import { settings } from './settings.svelte.ts';
import { heading, termOf } from './words.ts';

export type Cell = string | number | null;
export type Row = Record<string, Cell>;

export interface ReportAnswer {
  report: string;
  ledger: string;
  cut: { effective: string | null; known: number };
  rows: Row[];
  rows_total?: number;
  total: Row[];
  figures: Record<string, Cell>;
  particulars?: Record<string, Cell>;
}

export interface Parameter {
  name: string;
  form: 'subject' | 'search' | 'value' | 'choice' | 'list' | 'flag';
  value: string;
  help: string;
}

export interface ReportInfo {
  name: string;
  summary: string;
  rows: string;
  columns: { name: string; type: ColumnType; meaning: string }[];
  parameters: Parameter[];
  default_day: string;
  compares_cuts: boolean;
}

export type ColumnType = 'text' | 'word' | 'number' | 'money' | 'balance' | 'date' | 'time';

export interface Column {
  name: string;
  heading: string;
  type: ColumnType;
  meaning?: string;
  // What people read; the plain cell is what is copied.
  show: (row: Row) => string;
  // Where a cell leads.
  link?: (row: Row) => string | null;
}

// The cut that rests, as reports are asked for it.
export function cutValues(): [string, string][] {
  return [['effective', cut.restedEffective], ['known', String(cut.restedKnown)]];
}

// The report's address at the cut that rests.
export function atCut(name: string, values: [string, string][] = []): string | null {
  return cut.ready ? reportUrl(name, [...cutValues(), ...values, ['language', settings.language]]) : null;
}

const documents: Record<string, string> = {
  invoice: 'invoice', payment: 'payment', credit_note: 'credit_note', debit_note: 'debit_note', promise: 'promise', dispute: 'dispute',
  shipment: 'shipment', write_off: 'write_off', bill: 'bill', override: 'override', recovery: 'recovery', refund: 'refund',
};

// What a cell of this name leads to.
export function linkOf(name: string, value: Cell): string | null {
  if (value === null || value === '' || value === 0) return null;
  if (name === 'seq' || name === 'evidence') return /^\d+$/.test(String(value)) ? address.to(eventPath(value)) : null;
  if (name === 'customer') return address.to(customerPath(String(value)));
  if (name === 'document') return address.to(documentPath(String(value)));
  if (name in documents && !String(value).includes(';')) return address.to(documentPath(String(value), documents[name]));
  return null;
}

// What Enter on a row opens, where the cell that has the focus leads nowhere.
const firstOf = ['seq', ...Object.keys(documents), 'document', 'customer'];

export function leadOf(row: Row): string | null {
  for (const name of firstOf) {
    const link = linkOf(name, row[name] ?? null);
    if (link !== null) return link;
  }
  return null;
}

const bucket = /^\d+(-\d+|\+)$/;
const typesByName: Record<string, ColumnType> = { not_due: 'balance', seq: 'number', date: 'date', recorded_at: 'time', type: 'word' };

function typeOf(name: string, rows: Row[], info: ReportInfo | undefined): ColumnType {
  const known = info?.columns.find((column) => column.name === name)?.type ?? typesByName[name];
  if (known !== undefined) return known;
  if (bucket.test(name)) return 'balance';
  const value = rows.find((row) => row[name] !== null && row[name] !== '')?.[name];
  if (typeof value === 'number') return 'number';
  return isAmount(value) && value.includes('.') ? 'balance' : 'text';
}

export const isFigure = (type: ColumnType) => type === 'number' || type === 'money' || type === 'balance';

export function showCell(value: Cell, type: ColumnType, report: string): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  if (type === 'money' || type === 'balance') return isAmount(value) ? shown(value) : value;
  if (type === 'time') return value.replace('T', ' ').replace(/(\.\d+)?Z$/, '');
  if (type === 'word') return termOf(report, value);
  return value;
}

// The columns of a report's rows, in the order that the server gave them.
export function columnsOf(answer: ReportAnswer, info: ReportInfo | undefined, leave: string[] = []): Column[] {
  const names = answer.rows.length > 0 ? Object.keys(answer.rows[0]) : (info?.columns.map(({ name }) => name).filter((name) => name !== 'N-M' && name !== 'ATTRIBUTE') ?? []);
  // What a customer is called stands beside the number.
  const ordered = names.includes('customer') && names.includes('name') ? names.filter((name) => name !== 'name').flatMap((name) => (name === 'customer' ? [name, 'name'] : [name])) : names;
  return ordered
    .filter((name) => !leave.includes(name))
    .map((name) => {
      const type = typeOf(name, answer.rows, info);
      return {
        name,
        type,
        heading: heading(name, answer.report),
        meaning: info?.columns.find((column) => column.name === name)?.meaning,
        show: (row) => showCell(row[name], type, answer.report),
        link: (row) => linkOf(name, row[name] ?? null),
      };
    });
}

// "balance:desc" as the address says it. Rows of equal cells stay as they were.
export function sorted(rows: Row[], by: string | null, columns: Column[]): Row[] {
  if (by === null) return rows;
  const [name, direction] = by.split(':');
  const column = columns.find((each) => each.name === name);
  if (column === undefined) return rows;
  const sign = direction === 'desc' ? -1 : 1;
  const { compare } = new Intl.Collator(settings.language, { numeric: true });
  const figure = isFigure(column.type);
  const decimals = figure ? rows.reduce((most, row) => Math.max(most, isAmount(row[name]) ? decimalsOf(row[name]) : 0), 0) : 0;
  // Each cell is read once. Cells that are empty come last in either order.
  const keyed = rows.map((row) => {
    const cell = row[name] ?? null;
    return { row, key: cell !== null && figure && (typeof cell === 'number' || isAmount(cell)) ? toMinor(String(cell), decimals) : cell };
  });
  keyed.sort(({ key: a }, { key: b }) => {
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    if (typeof a === 'bigint' && typeof b === 'bigint') return a < b ? -sign : a > b ? sign : 0;
    return sign * compare(String(a), String(b));
  });
  return keyed.map(({ row }) => row);
}
