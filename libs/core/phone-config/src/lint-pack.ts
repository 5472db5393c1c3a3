import type { Pack, PackFile, PackParameter, PackSyntax } from './pack.ts';
import { OPEN_PLACEHOLDERS, OWN_PLACEHOLDERS } from './placeholders.ts';

/** What no single field shows: references that lead nowhere, doubles, and values that could end up as syntax. Adds to `faults`. */
export function lintPack(pack: Pack, faults: string[]): void {
  const families = new Set(pack.models.map(({ family }) => family));
  lintModels(pack, faults);
  lintFiles(pack.files, faults);
  lintSyntax(pack.syntax, faults);
  lintParameters('parameters', pack.parameters, { known: OWN_PLACEHOLDERS, families, syntax: pack.syntax }, faults);
  lintParameters('bootstrap', pack.bootstrap, { known: OPEN_PLACEHOLDERS, families, syntax: pack.syntax }, faults);
  lintParameters('common', pack.common, { known: OPEN_PLACEHOLDERS, families, syntax: pack.syntax }, faults);
}

function lintModels(pack: Pack, faults: string[]): void {
  if (pack.models.length === 0) faults.push('models: must have at least one');
  if (pack.userAgents.length === 0 && pack.ouis.length === 0) faults.push('userAgents: without one, and without ouis, no request is of this vendor');
  doubles(pack.models.flatMap(({ name, aliases }) => [name, ...aliases]).map((word) => word.toLowerCase())).forEach((word) => faults.push(`models: ${JSON.stringify(word)} is there twice`));
  doubles(pack.ouis).forEach((oui) => faults.push(`ouis: ${oui} is there twice`));
}

function lintFiles(files: readonly PackFile[], faults: string[]): void {
  if (!files.some(({ kind }) => kind === 'own')) faults.push('files: must have one of kind own');
  doubles(files.map(({ name }) => name.toLowerCase())).forEach((name) => faults.push(`files: ${JSON.stringify(name)} is there twice`));
  files.forEach(({ kind, name, text }, index) => {
    const path = `files[${String(index)}]`;
    const macs = name.match(/\{(?:mac|MAC)\}/g)?.length ?? 0;
    if (kind === 'own' && macs !== 1) faults.push(`${path}.name: an own file has {mac} or {MAC} once`);
    if (kind === 'common' && macs > 0) faults.push(`${path}.name: a common file has no MAC`);
    if (kind !== 'boot' && text.length > 0) faults.push(`${path}.text: only a boot file has text`);
    text.forEach((line, at) => unknownPlaceholders(line, OPEN_PLACEHOLDERS).forEach((fault) => faults.push(`${path}.text[${String(at)}]: ${fault}`)));
  });
}

function lintSyntax(syntax: PackSyntax, faults: string[]): void {
  const { between, after } = syntax.line;
  if (!/[^A-Za-z0-9_./-]/.test(between)) faults.push('syntax.line: what stands between {name} and {value} must not be possible in a name');
  if (after !== '' && !syntax.replace.has(after.charAt(0))) faults.push(`syntax.replace: must replace ${JSON.stringify(after.charAt(0))}, or a value could end its line's value`);
  if (syntax.empty !== '' && !syntax.reserved.includes(syntax.empty)) faults.push('syntax.reserved: must have the word of syntax.empty, or a text that reads so would be no value');
  if ((syntax.reserved.length > 0 || syntax.notFirst !== '') && (syntax.guard === '' || syntax.notFirst.includes(syntax.guard.charAt(0)))) faults.push('syntax.guard: must be there, and must not begin with a character of syntax.notFirst');
  if (Array.from(syntax.guard).some((sign) => syntax.replace.has(sign))) faults.push('syntax.guard: must not be replaced by syntax.replace');
  for (const from of syntax.replace.keys()) if (Array.from(from).length !== 1) faults.push(`syntax.replace: ${JSON.stringify(from)} must be one character`);
}

interface Scope {
  readonly known: ReadonlySet<string>;
  readonly families: ReadonlySet<string>;
  readonly syntax: PackSyntax;
}

function lintParameters(list: string, parameters: readonly PackParameter[], scope: Scope, faults: string[]): void {
  parameters.forEach(({ name, value, when, unless, families }, index) => {
    const path = `${list}[${String(index)}]`;
    unknownPlaceholders(value, scope.known).forEach((fault) => faults.push(`${path}.value: ${fault}`));
    for (const placeholder of [...when, ...unless]) if (!scope.known.has(placeholder)) faults.push(`${path}: there is no placeholder ${JSON.stringify(placeholder)} here`);
    if (list !== 'parameters' && families.length > 0) faults.push(`${path}.families: only own files know the model`);
    for (const family of families) if (!scope.families.has(family)) faults.push(`${path}.families: no model is of ${JSON.stringify(family)}`);
    const twin = parameters.findIndex((other, at) => at < index && other.name === name && overlap(other.families, families));
    if (twin >= 0) faults.push(`${path}.name: ${JSON.stringify(name)} is there already, at ${list}[${String(twin)}]`);
  });
}

const overlap = (a: readonly string[], b: readonly string[]): boolean => a.length === 0 || b.length === 0 || a.some((family) => b.includes(family));

function unknownPlaceholders(template: string, known: ReadonlySet<string>): readonly string[] {
  const names = [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
  const faults = names.filter((name) => !known.has(name)).map((name) => `there is no placeholder {${name}} here`);
  return /[{}]/.test(template.replace(/\{[^{}]*\}/g, '')) ? [...faults, 'has a brace without its partner'] : faults;
}

const doubles = (words: readonly string[]): readonly string[] => [...new Set(words.filter((word, index) => words.indexOf(word) !== index))];
