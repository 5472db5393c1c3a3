import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../', import.meta.url);
const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
const read = (file: string) => readFileSync(new URL(file, root), 'utf8');
const lines = (file: string) => read(file).split('\n').map((text, at) => ({ text, where: `${file}:${at + 1}` }));
const faults = (chosen: readonly string[], pattern: RegExp) => chosen.flatMap((file) => lines(file).filter(({ text }) => pattern.test(text)).map(({ text, where }) => `${where} ${text.trim()}`));

const sheets = files.filter((file) => file.endsWith('.css') && !file.endsWith('tokens.css'));
const components = files.filter((file) => file.endsWith('.tsx') && !file.endsWith('.spec.tsx'));

describe('styles', () => {
  it('finds the sheets it is about', () => expect(sheets.length).toBeGreaterThan(10));
  it('names no colour outside tokens.css', () => expect(faults(sheets, /#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab|lab|lch)\(/i)).toEqual([]));
  it('names no type size in px outside tokens.css', () => expect(faults(sheets, /font-size:[^;]*\d(?:px|rem)|\bfont:[^;]*\d(?:px|rem)/)).toEqual([]));
  it('names no colour in a component', () => expect(faults(components, /['"`]#[0-9a-f]{3,8}['"`]|\brgba?\(/i)).toEqual([]));
  it('uses only tokens that exist', () => {
    const defined = new Set([...read('styles/tokens.css').matchAll(/(--[\w-]+):/g)].map(([, name]) => name));
    const local = new Set(['--bottom-bar', '--trigger-width', '--played']);
    const used = sheets.flatMap((file) => [...read(file).matchAll(/var\((--[\w-]+)/g)].map(([, name]) => ({ name: name ?? '', file })));
    expect(used.filter(({ name }) => !defined.has(name) && !local.has(name))).toEqual([]);
  });
  it('gives every colour a light and a dark side', () => {
    const single = lines('styles/tokens.css').filter(({ text }) => /^\s*--.*(?:#[0-9a-f]{3,8}|rgb\()/i.test(text) && !text.includes('light-dark('));
    expect(single).toEqual([]);
  });
});
