import { parseMac } from './mac.ts';

/** How names of one kind of file read: letters as the vendor writes them, and in any case. */
export interface FileNamePatterns {
  readonly exact: RegExp;
  readonly loose: RegExp;
}

export interface FileNameMatch {
  /** 12 lower-case hex digits; '' when the name has none */
  readonly mac: string;
  readonly model: string;
  readonly code: string;
  /** the letters stand in the case the vendor writes */
  readonly isExact: boolean;
}

const PLACES: Readonly<Record<string, string>> = {
  '{mac}': '(?<mac>[0-9a-f:.-]{12,17})',
  '{MAC}': '(?<mac>[0-9A-F:.-]{12,17})',
  '{model}': '(?<model>[A-Za-z0-9_-]{1,32})',
  '{code}': '(?<code>[0-9]{2,3})',
};

const LONGEST_NAME = 128;

/** A pack's template with {mac}, {MAC}, {model} and {code}; everything else stands for itself. */
export function compileFileName(template: string): FileNamePatterns {
  const source = template.split(/(\{[A-Za-z]+\})/).map((part) => PLACES[part] ?? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('');
  return { exact: new RegExp(`^${source}$`), loose: new RegExp(`^${source}$`, 'i') };
}

/** How a requested name reads, the MAC in any notation; undefined when it is another name. */
export function matchFileName({ exact, loose }: FileNamePatterns, fileName: string): FileNameMatch | undefined {
  const match = fileName.length > LONGEST_NAME ? null : loose.exec(fileName);
  if (match === null) return undefined;
  const { mac, model = '', code = '' } = match.groups ?? {};
  const digits = mac === undefined ? '' : parseMac(mac);
  return digits === undefined ? undefined : { mac: digits, model, code, isExact: exact.test(fileName) };
}
