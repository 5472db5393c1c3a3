import { type Result, fail, ok } from '@sfs/kernel';
import { compileFileName } from './file-name.ts';
import { lintPack } from './lint-pack.ts';
import type { Pack, PackFile, PackFileKind, PackModel, PackParameter, PackSyntax } from './pack.ts';
import { placeholdersOf } from './placeholders.ts';
import { type At, blame, fieldsAt, listAt, matchAt, tableAt, textAt, textsAt } from './read-json.ts';
import { compilePattern, patternFault } from './user-agent-pattern.ts';

const LARGEST_PACK = 1_000_000;
/** in characters; packs may say less */
const LONGEST_VALUE = 512;
const PARAMETER_NAME = /^[A-Za-z0-9_./-]{1,128}$/;
/** RFC 6665 event type with parameters; nothing that could end the header. */
const EVENT = /^[a-z][a-z0-9.-]{0,63}(;[a-z-]{1,32}=[a-z0-9-]{1,32}){0,4}$/;

/** A pack.json as a Pack, or every fault with its path in the JSON. `folder` is the name of the folder and must be the pack's id. */
export function parsePack(source: { readonly folder: string; readonly json: string }): Result<Pack, readonly string[]> {
  if (source.json.length > LARGEST_PACK) return fail([`is larger than ${String(LARGEST_PACK)} characters`]);
  let value: unknown;
  try {
    value = JSON.parse(source.json);
  } catch (error) {
    return fail([`is no JSON: ${error instanceof Error ? error.message : ''}`]);
  }
  const faults: string[] = [];
  const pack = packAt({ value, path: '', faults }, source.folder);
  if (faults.length === 0) lintPack(pack, faults);
  return faults.length === 0 ? ok(pack) : fail(faults);
}

function packAt(at: At, folder: string): Pack {
  const field = fieldsAt(at, ['id', 'name', 'notes', 'models', 'ouis', 'userAgents', 'files', 'syntax', 'tables', 'parameters', 'bootstrap', 'common', 'resync']);
  const id = matchAt(field('id'), /^[a-z][a-z0-9-]{0,31}$/, '1 to 32 of a-z 0-9 -');
  if (id !== folder) blame(field('id'), `must be the folder's name, ${JSON.stringify(folder)}`);
  const tablesAt = field('tables');
  const tables = fieldsAt(tablesAt.value === undefined ? { ...tablesAt, value: {} } : tablesAt, ['timeZone', 'language']);
  const resync = fieldsAt(field('resync'), ['event']);
  return {
    id,
    name: matchAt(field('name'), /^.{1,64}$/u, '1 to 64 characters'),
    notes: textsAt(field('notes')),
    models: listAt(field('models'), modelAt),
    ouis: listAt(field('ouis'), (item) => matchAt(item, /^[0-9a-f]{6}$/, 'six lower-case hex digits')),
    userAgents: listAt(field('userAgents'), userAgentAt),
    files: listAt(field('files'), fileAt),
    syntax: syntaxAt(field('syntax')),
    tables: {
      timeZone: tableAt(tables('timeZone'), (word) => textAt(word)),
      language: tableAt(tables('language'), (word) => textAt(word)),
    },
    parameters: listAt(field('parameters'), parameterAt),
    bootstrap: listAt(field('bootstrap'), parameterAt),
    common: listAt(field('common'), parameterAt),
    resync: { event: matchAt(resync('event'), EVENT, 'an event type such as check-sync;reboot=false') },
  };
}

function modelAt(at: At): PackModel {
  const field = fieldsAt(at, ['name', 'code', 'family', 'aliases']);
  return {
    name: matchAt(field('name'), /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}$/, '1 to 64 of A-Z a-z 0-9 space . _ -'),
    code: matchAt(field('code'), /^[0-9]{0,3}$/, 'up to three digits', ''),
    family: textAt(field('family'), ''),
    aliases: textsAt(field('aliases')),
  };
}

function userAgentAt(at: At): RegExp {
  const source = textAt(at);
  const fault = typeof at.value === 'string' ? patternFault(source) : '';
  if (fault === '') return typeof at.value === 'string' ? compilePattern(source) : /^$/;
  blame(at, fault);
  return /^$/;
}

const KINDS: readonly PackFileKind[] = ['own', 'common', 'boot', 'optional'];

function fileAt(at: At): PackFile {
  const field = fieldsAt(at, ['kind', 'name', 'text']);
  const said = textAt(field('kind'));
  const kind = KINDS.find((known) => known === said);
  if (kind === undefined) blame(field('kind'), `must be one of ${KINDS.join(', ')}`);
  const name = matchAt(field('name'), /^(?:[A-Za-z0-9._-]|\{(?:mac|MAC|model|code)\}){1,96}$/, 'a file name, with {mac}, {MAC}, {model} or {code}, each once');
  const places = [...name.matchAll(/\{([^{}]+)\}/g)].map(([, place = '']) => place.toLowerCase());
  const isTwice = new Set(places).size !== places.length;
  if (isTwice) blame(field('name'), 'has a place twice');
  return { kind: kind ?? 'optional', name, patterns: compileFileName(isTwice ? '' : name), text: textsAt(field('text')) };
}

function syntaxAt(at: At): PackSyntax {
  const field = fieldsAt(at, ['contentType', 'header', 'footer', 'line', 'lineEnd', 'empty', 'replace', 'reserved', 'guard', 'notFirst', 'maxLength']);
  const lineEnd = field('lineEnd').value ?? '\n';
  if (lineEnd !== '\n' && lineEnd !== '\r\n') blame(field('lineEnd'), 'must be \\n or \\r\\n');
  return {
    contentType: matchAt(field('contentType'), /^[a-z]+\/[a-z0-9.+-]+(; charset=utf-8)?$/, 'a content type'),
    header: textsAt(field('header')),
    footer: textsAt(field('footer')),
    line: lineAt(field('line')),
    lineEnd: lineEnd === '\r\n' ? '\r\n' : '\n',
    empty: textAt(field('empty'), ''),
    replace: tableAt(field('replace'), (item) => textAt(item)),
    reserved: textsAt(field('reserved')),
    guard: textAt(field('guard'), ''),
    notFirst: textAt(field('notFirst'), ''),
    maxLength: lengthAt(field('maxLength'), LONGEST_VALUE),
  };
}

function lengthAt(at: At, fallback: number): number {
  const { value = fallback } = at;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 8 && value <= LONGEST_VALUE) return value;
  blame(at, `must be a whole number from 8 to ${String(LONGEST_VALUE)}`);
  return fallback;
}

function lineAt(at: At): PackSyntax['line'] {
  const [, before, between, after] = /^([^{}]*)\{name\}([^{}]+)\{value\}([^{}]*)$/.exec(textAt(at)) ?? [];
  if (before !== undefined && between !== undefined && after !== undefined) return { before, between, after };
  blame(at, 'must have {name}, then something, then {value}');
  return { before: '', between: '=', after: '' };
}

function parameterAt(at: At): PackParameter {
  const field = fieldsAt(at, ['name', 'value', 'map', 'maxLength', 'empty', 'when', 'unless', 'families']);
  const empty = textAt(field('empty'), 'write');
  if (empty !== 'write' && empty !== 'leave-out') blame(field('empty'), 'must be write or leave-out');
  const value = textAt(field('value'));
  return {
    name: matchAt(field('name'), PARAMETER_NAME, '1 to 128 of A-Z a-z 0-9 _ . / -'),
    value,
    placeholders: placeholdersOf(value),
    map: tableAt(field('map'), (word) => textAt(word)),
    maxLength: lengthAt(field('maxLength'), LONGEST_VALUE),
    empty: empty === 'leave-out' ? 'leave-out' : 'write',
    when: textsAt(field('when')),
    unless: textsAt(field('unless')),
    families: textsAt(field('families')),
  };
}
