import { DomainError } from '@sfs/kernel';
import { checkDisplayName, checkEmail, checkNumber, checkProfileId, refuse } from '../entities/check-input.ts';
import { COLUMNS, type UserRow } from './read-user-rows.ts';

export type CheckedRow = UserRow;

export interface RefusedRow {
  readonly line: number;
  /** a column of the file */
  readonly field: string;
  readonly message: string;
}

export interface Known {
  readonly sites: ReadonlySet<string>;
  readonly switches: ReadonlySet<string>;
}

/** Every row by itself, and against the rows before it: a file gives a number only once. */
export function checkRows(rows: readonly UserRow[], known: Known): (CheckedRow | RefusedRow)[] {
  const given = new Map<string, number>();
  return rows.map((row) => {
    try {
      const checked = checkRow(row, known);
      checkOnce(checked, given);
      return checked;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { line: row.line, field: columnOf(error.details.field ?? ''), message: `${error.message}. ${error.details.remedy ?? ''}`.trim() };
    }
  });
}

function checkRow(row: UserRow, { sites, switches }: Known): CheckedRow {
  const displayName = checkDisplayName(row.displayName);
  const email = checkEmail(row.email);
  const callingProfileId = checkProfileId(row.callingProfileId);
  if (!sites.has(row.siteId)) throw unknown('siteId', 'site', sites);
  if (row.number === '') return { ...row, displayName, email, callingProfileId, switchId: '' };
  const number = checkNumber(row.number);
  if (!switches.has(row.switchId)) throw unknown('switchId', 'switch', switches);
  return { ...row, displayName, email, callingProfileId, number };
}

function checkOnce({ switchId, number, displayName, email, siteId, line }: CheckedRow, given: Map<string, number>): void {
  const key = number === '' ? JSON.stringify([displayName, email, siteId]) : `${switchId}/${number}`;
  const before = given.get(key);
  if (before !== undefined) throw refuse({ code: 'imports/repeated', field: number === '' ? 'displayName' : 'number', message: `Line ${before} has the same already`, remedy: 'Remove one of them.' });
  given.set(key, line);
}

function unknown(field: string, subject: string, known: ReadonlySet<string>): DomainError {
  return refuse({ code: `imports/unknown-${subject}`, field, message: `There is no such ${subject}`, remedy: `Known: ${[...known].slice(0, 10).join(', ') || 'none'}.` });
}

function columnOf(field: string): string {
  return Object.entries(COLUMNS).find(([, ours]) => ours === field)?.[0] ?? field;
}
