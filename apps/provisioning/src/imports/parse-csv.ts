import { type Result, fail, ok } from '@sfs/kernel';

export interface CsvRecord {
  /** 1-based line of the file where the record begins */
  readonly line: number;
  readonly fields: readonly string[];
}

export interface CsvFault {
  readonly line: number;
  readonly message: string;
}

/**
 * RFC 4180 with what spreadsheets do to it: a byte order mark, LF or CRLF, quoted fields with commas, line ends and doubled quotes.
 * Blank lines are left out. A quote inside an unquoted field, text after a closing quote or an open quote at the end is a fault.
 */
export function parseCsv(text: string): Result<readonly CsvRecord[], CsvFault> {
  const scanner = new Scanner(text.startsWith('\uFEFF') ? text.slice(1) : text);
  const records: CsvRecord[] = [];
  while (!scanner.atEnd) {
    const line = scanner.line;
    const fields: string[] = [];
    let more = true;
    while (more) {
      const field = scanner.field();
      if (!field.ok) return field;
      fields.push(field.value.trim());
      more = scanner.separator();
    }
    if (fields.some((field) => field !== '')) records.push({ line, fields });
  }
  return ok(records);
}

class Scanner {
  line = 1;
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  get atEnd(): boolean {
    return this.at >= this.text.length;
  }

  field(): Result<string, CsvFault> {
    return this.text[this.at] === '"' ? this.quoted() : this.plain();
  }

  /** Goes over what follows a field; true = a comma, so the record goes on. */
  separator(): boolean {
    if (this.text[this.at] === ',') {
      this.at += 1;
      return true;
    }
    if (this.text.startsWith('\r\n', this.at)) this.at += 2;
    else this.at += 1;
    this.line += 1;
    return false;
  }

  private plain(): Result<string, CsvFault> {
    const end = this.find(/[,\n]|\r\n/g);
    const value = this.text.slice(this.at, end);
    if (value.includes('"')) return fail({ line: this.line, message: 'a quote inside a field that does not begin with one' });
    this.at = end;
    return ok(value);
  }

  private quoted(): Result<string, CsvFault> {
    const begins = this.line;
    let value = '';
    for (let from = this.at + 1; ; from += 1) {
      const close = this.text.indexOf('"', from);
      if (close < 0) return fail({ line: begins, message: 'a quote that is never closed' });
      value += this.text.slice(from, close);
      from = close + 1;
      if (this.text[from] !== '"') {
        this.line += value.split('\n').length - 1;
        this.at = from;
        break;
      }
      value += '"';
    }
    const next = this.text[this.at];
    if (this.atEnd || next === ',' || next === '\n' || this.text.startsWith('\r\n', this.at)) return ok(value);
    return fail({ line: this.line, message: 'text after a closing quote' });
  }

  private find(end: RegExp): number {
    end.lastIndex = this.at;
    return end.exec(this.text)?.index ?? this.text.length;
  }
}
