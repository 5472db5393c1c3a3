import { cleanText, isCommand, oneLine, vendorValue } from './clean-value.ts';
import type { EffectiveSettings } from './device-settings.ts';
import { matchFileName } from './file-name.ts';
import type { Pack, PackFile, PackParameter } from './pack.ts';
import { PLACEHOLDER, openFillings, ownFillings, placeholdersOf, strongestOrigin, type Filling, type LineOrigin } from './placeholders.ts';

/** What a phone's own file is made of. */
export interface PhoneInput {
  /** 12 lower-case hex digits */
  readonly mac: string;
  readonly model: string;
  readonly label: string;
  /** absent: the device has no number, the file switches the line off */
  readonly line?: { readonly number: string; readonly userName: string; readonly password: string; readonly displayName: string; readonly sipDomain: string } | undefined;
  /** for its next fetches */
  readonly credential: { readonly userName: string; readonly password: string };
  /** of the phone's own administrator */
  readonly adminPassword: string;
  readonly urls: { readonly enrolled: string };
  readonly effective: EffectiveSettings;
}

/** What a file without secrets is made of. */
export interface OpenInput {
  /** as asked for */
  readonly fileName: string;
  readonly urls: { readonly enrolled: string; readonly plain: string };
  readonly checkMinutes: number;
}

export interface RenderedLine {
  readonly text: string;
  /** of its value; '' = fixed text */
  readonly origin: LineOrigin;
  /** the text with secrets hidden */
  readonly masked: string;
}

export interface RenderedFile {
  readonly name: string;
  readonly contentType: string;
  /** byte-identical for equal input */
  readonly text: string;
  readonly lines: readonly RenderedLine[];
}

export const MASK = '••••••••';

/** The file with the phone's secrets. Vendor parameters of the settings overrule the pack's lines by name; those the pack does not know come last, by name. */
export function renderOwn(pack: Pack, input: PhoneInput): RenderedFile {
  const fillings = ownFillings(pack, input);
  const family = familyOf(pack, input.model);
  const overrules = new Map(overrulesOf(input.effective).map((overrule) => [overrule.name, overrule]));
  const lines = pack.parameters
    .filter(({ families }) => families.length === 0 || families.includes(family))
    .flatMap((parameter) => {
      const overrule = overrules.get(parameter.name);
      overrules.delete(parameter.name);
      return overrule === undefined ? lineOf(pack, parameter, fillings) : [overruledLine(pack, overrule, originOf(parameter, fillings) === 'secret')];
    });
  return file(pack, ownFileName(pack, input.mac), [...lines, ...[...overrules.values()].map((overrule) => overruledLine(pack, overrule, false))]);
}

/** What an own file says to a phone that has not shown its credential: where and how often to ask, nothing else. By the file's name alone, so known and unknown MACs get the same. */
export function renderBootstrap(pack: Pack, packFile: PackFile, input: OpenInput): RenderedFile {
  return openFile(pack, packFile, input, pack.bootstrap);
}

/** A common or boot file. */
export function renderCommon(pack: Pack, packFile: PackFile, input: OpenInput): RenderedFile {
  return openFile(pack, packFile, input, packFile.kind === 'boot' ? [] : pack.common);
}

function openFile(pack: Pack, packFile: PackFile, input: OpenInput, parameters: readonly PackParameter[]): RenderedFile {
  const fillings = openFillings({ ...input, mac: matchFileName(packFile.patterns, input.fileName)?.mac ?? '' });
  const fixed = packFile.text.map((template) => fixedLine(fill(pack, { value: template, placeholders: placeholdersOf(template), maxLength: pack.syntax.maxLength }, fillings).text));
  return file(pack, oneLine(input.fileName), [...fixed, ...parameters.flatMap((parameter) => lineOf(pack, parameter, fillings))]);
}

function file(pack: Pack, name: string, lines: readonly RenderedLine[]): RenderedFile {
  const { header, footer, lineEnd, contentType } = pack.syntax;
  const all = [...header.map(fixedLine), ...lines, ...footer.map(fixedLine)];
  return { name, contentType, text: all.map(({ text }) => text + lineEnd).join(''), lines: all };
}

const fixedLine = (text: string): RenderedLine => ({ text, origin: '', masked: text });

function lineOf(pack: Pack, parameter: PackParameter, fillings: ReadonlyMap<string, Filling>): readonly RenderedLine[] {
  const isThere = (name: string): boolean => (fillings.get(name)?.text ?? '') !== '';
  const applies = parameter.when.every(isThere) && !parameter.unless.some(isThere);
  const filled = applies ? fill(pack, parameter, fillings) : NOTHING;
  const value = parameter.map.get(filled.text) ?? filled.text;
  if (value === '' && parameter.empty === 'leave-out') return [];
  const write = (text: string): string => writeLine(pack, parameter.name, text === '' ? pack.syntax.empty : text);
  const origin = originOf(parameter, fillings);
  return [{ text: write(value), origin, masked: write(origin === 'secret' ? filled.masked : value) }];
}

interface Filled {
  readonly text: string;
  readonly masked: string;
}

const NOTHING: Filled = { text: '', masked: '' };

/** Placeholders become their cleaned texts in one pass, so that a text is never read as template, line or command. Without one of the texts there is no value. */
function fill(pack: Pack, { value, placeholders, maxLength }: Pick<PackParameter, 'value' | 'placeholders' | 'maxLength'>, fillings: ReadonlyMap<string, Filling>): Filled {
  if (placeholders.length === 0) return { text: value, masked: value };
  if (placeholders.some((name) => oneLine(fillings.get(name)?.text ?? '') === '')) return NOTHING;
  const isSecret = placeholders.some((name) => fillings.get(name)?.origin === 'secret');
  const { syntax } = pack;
  const put = (limit: number, isMasked: boolean): string =>
    value.replace(PLACEHOLDER, (_, name: string) => (isMasked && fillings.get(name)?.origin === 'secret' ? MASK : cleanText(syntax, fillings.get(name)?.text ?? '', limit)));
  const limit = Math.min(maxLength, syntax.maxLength);
  const text = put(limit, false);
  if (!isCommand(syntax, text)) return { text, masked: isSecret ? put(limit, true) : text };
  const shorter = limit - syntax.guard.length;
  return { text: syntax.guard + put(shorter, false), masked: syntax.guard + put(shorter, true) };
}

/** Also of what decides whether there is a value. */
const originOf = ({ placeholders, when, unless }: PackParameter, fillings: ReadonlyMap<string, Filling>): LineOrigin => strongestOrigin([...placeholders, ...when, ...unless].map((name) => fillings.get(name)?.origin ?? ''));

interface Overrule {
  readonly name: string;
  readonly value: string;
  readonly origin: LineOrigin;
}

function overrulesOf({ values, settings }: EffectiveSettings): readonly Overrule[] {
  const origins = new Map(settings.map(({ name, origin }) => [name, origin]));
  return Object.entries(values.vendorParameters)
    .map(([name, value]) => ({ name, value, origin: origins.get(`vendorParameters.${name}`) ?? ('system' as const) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The administrator may use the vendor's own words (such as %NULL%), but stays within the line. */
function overruledLine(pack: Pack, { name, value, origin }: Overrule, isHidden: boolean): RenderedLine {
  const said = vendorValue(pack.syntax, value);
  const text = writeLine(pack, name, said === '' ? pack.syntax.empty : said);
  return { text, origin, masked: isHidden ? writeLine(pack, name, MASK) : text };
}

const writeLine = ({ syntax: { line } }: Pack, name: string, value: string): string => line.before + name + line.between + value + line.after;

/** Of a model that the pack does not list: the family of its newest model, which it lists last. */
function familyOf(pack: Pack, model: string): string {
  const wanted = model.toLowerCase();
  const known = pack.models.find(({ name, aliases }) => [name, ...aliases].some((word) => word.toLowerCase() === wanted));
  return (known ?? pack.models.at(-1))?.family ?? '';
}

function ownFileName(pack: Pack, mac: string): string {
  const own = pack.files.find(({ kind }) => kind === 'own')?.name ?? '{mac}.cfg';
  return own.replaceAll('{mac}', mac).replaceAll('{MAC}', mac.toUpperCase());
}
