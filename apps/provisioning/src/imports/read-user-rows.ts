import { DomainError } from '@sfs/kernel';
import { refuse } from '../entities/check-input.ts';
import { parseCsv } from './parse-csv.ts';

export interface UserRow {
  readonly line: number;
  readonly displayName: string;
  readonly email: string;
  readonly siteId: string;
  readonly switchId: string;
  readonly number: string;
  readonly callingProfileId: string;
}

/** the file's word -> ours */
export const COLUMNS = {
  display_name: 'displayName',
  email: 'email',
  site: 'siteId',
  switch: 'switchId',
  number: 'number',
  calling_profile: 'callingProfileId',
} as const satisfies Record<string, keyof UserRow>;

const REQUIRED = ['display_name', 'site'] as const;
const LARGEST_FILE = 1024 * 1024;
const MOST_ROWS = 5_000;

/** The file as rows, whatever the order of its columns. Throws what is wrong with the file as a whole; a row's own faults are the row's. */
export function readUserRows(csv: string): UserRow[] {
  if (Buffer.byteLength(csv) > LARGEST_FILE) throw tooLarge('imports/too-large', 'The file is larger than 1 MiB');
  const parsed = parseCsv(csv);
  if (!parsed.ok) throw refuse({ code: 'imports/bad-csv', field: 'csv', message: `Line ${parsed.error.line}: ${parsed.error.message}`, remedy: 'Export the file as CSV, UTF-8, with commas.' });
  const [header, ...records] = parsed.value;
  const columns = readHeader(header?.fields ?? []);
  if (records.length > MOST_ROWS) throw tooLarge('imports/too-many-rows', `The file has ${records.length} rows, more than ${MOST_ROWS}`);
  return records.map(({ line, fields }) => {
    const at = (name: keyof typeof COLUMNS): string => fields[columns.indexOf(name)] ?? '';
    return { line, displayName: at('display_name'), email: at('email'), siteId: at('site'), switchId: at('switch'), number: at('number'), callingProfileId: at('calling_profile') };
  });
}

function readHeader(fields: readonly string[]): string[] {
  const columns = fields.map((field) => field.toLowerCase());
  const unknown = columns.filter((column) => !(column in COLUMNS));
  const absent = REQUIRED.filter((column) => !columns.includes(column));
  const repeated = columns.filter((column, at) => columns.indexOf(column) !== at);
  const faults = [...unknown.map((column) => `unknown column ${JSON.stringify(column.slice(0, 40))}`), ...absent.map((column) => `column ${column} is missing`), ...repeated.map((column) => `column ${column} comes twice`)];
  if (faults.length === 0) return columns;
  throw refuse({ code: 'imports/bad-header', field: 'csv', message: `The first line: ${faults.slice(0, 5).join('; ')}`, remedy: `Begin the file with ${Object.keys(COLUMNS).join(',')}.` });
}

function tooLarge(code: string, message: string): DomainError {
  return new DomainError('exhausted', code, message, { field: 'csv', remedy: `At most 1 MiB and ${MOST_ROWS} rows: cut the file in parts.` });
}
