import type { FileNamePatterns } from './file-name.ts';

/** What a vendor's phones ask for and how they read it. Comes from packs/VENDOR/pack.json by parsePack; docs/devices/packs.md explains each field. */
export interface Pack {
  readonly id: string;
  readonly name: string;
  /** for whoever maintains the pack; never shown to users */
  readonly notes: readonly string[];
  readonly models: readonly PackModel[];
  /** first three bytes of MACs, six lower-case hex digits */
  readonly ouis: readonly string[];
  readonly userAgents: readonly RegExp[];
  /** in the order the phone asks */
  readonly files: readonly PackFile[];
  readonly syntax: PackSyntax;
  readonly tables: PackTables;
  /** of the own file */
  readonly parameters: readonly PackParameter[];
  /** of the own file without secrets */
  readonly bootstrap: readonly PackParameter[];
  /** of common files */
  readonly common: readonly PackParameter[];
  readonly resync: { readonly event: string };
}

export interface PackModel {
  readonly name: string;
  /** in the names of common files; '' when the vendor has none */
  readonly code: string;
  /** models that read the same parameter names */
  readonly family: string;
  /** as the User-Agent spells it when that is not the name */
  readonly aliases: readonly string[];
}

/** own: with the MAC and secrets; common: of a model; boot: lists other files; optional: asked for, not served. */
export type PackFileKind = 'own' | 'common' | 'boot' | 'optional';

export interface PackFile {
  readonly kind: PackFileKind;
  /** with {mac}, {MAC}, {model}, {code} */
  readonly name: string;
  /** of the name */
  readonly patterns: FileNamePatterns;
  /** of boot files: lines with {placeholders} */
  readonly text: readonly string[];
}

export interface PackSyntax {
  readonly contentType: string;
  /** first lines of every file */
  readonly header: readonly string[];
  /** last lines of every file */
  readonly footer: readonly string[];
  /** what stands before the name, between name and value, and after the value */
  readonly line: { readonly before: string; readonly between: string; readonly after: string };
  readonly lineEnd: '\n' | '\r\n';
  /** what stands for no value */
  readonly empty: string;
  /** characters that may not stand in a text that is put into a value, and what stands for them */
  readonly replace: ReadonlyMap<string, string>;
  /** values with a meaning of their own; text that reads so gets `guard` in front */
  readonly reserved: readonly string[];
  /** harmless sign in front of a reserved value or a dangerous first character */
  readonly guard: string;
  /** characters that begin a comment or a command where a value begins */
  readonly notFirst: string;
  /** of a text that is put into a value, in characters (code points) */
  readonly maxLength: number;
}

export interface PackTables {
  /** IANA zone -> the vendor's word, {timeZone.word} */
  readonly timeZone: ReadonlyMap<string, string>;
  /** ISO 639-1 -> the vendor's word, {language.word} */
  readonly language: ReadonlyMap<string, string>;
}

export interface PackParameter {
  readonly name: string;
  /** text with {placeholders} */
  readonly value: string;
  /** of the value, in order */
  readonly placeholders: readonly string[];
  /** from the finished value to the vendor's word; a value that is not listed stays */
  readonly map: ReadonlyMap<string, string>;
  /** as in the syntax; the smaller one counts */
  readonly maxLength: number;
  /** leave-out: no line without a value; write: a line that says so (phones keep what no line says) */
  readonly empty: 'leave-out' | 'write';
  /** it has a value only when all of these placeholders have one ... */
  readonly when: readonly string[];
  /** ... and none of these */
  readonly unless: readonly string[];
  /** families it is for; empty = all */
  readonly families: readonly string[];
}
