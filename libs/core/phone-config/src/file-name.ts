import { parseMac } from './mac.ts';

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

/** How a requested name reads as this template, letters in any case, the MAC in any notation; undefined when it does not. */
export function matchFileName(template: string, fileName: string): FileNameMatch | undefined {
  if (fileName.length > LONGEST_NAME) return undefined;
  const { exact, loose } = patternsOf(template);
  const groups = loose.exec(fileName)?.groups;
  if (groups === undefined) return loose.test(fileName) ? { mac: '', model: '', code: '', isExact: exact.test(fileName) } : undefined;
  const mac = groups['mac'] === undefined ? '' : parseMac(groups['mac']);
  if (mac === undefined) return undefined;
  return { mac, model: groups['model'] ?? '', code: groups['code'] ?? '', isExact: exact.test(fileName) };
}

/** Compiled once for each template; packs are few and never change while a process runs. */
const compiled = new Map<string, { readonly exact: RegExp; readonly loose: RegExp }>();

function patternsOf(template: string): { readonly exact: RegExp; readonly loose: RegExp } {
  const known = compiled.get(template);
  if (known !== undefined) return known;
  const source = template.split(/(\{[A-Za-z]+\})/).map((part) => PLACES[part] ?? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('');
  const patterns = { exact: new RegExp(`^${source}$`), loose: new RegExp(`^${source}$`, 'i') };
  compiled.set(template, patterns);
  return patterns;
}
