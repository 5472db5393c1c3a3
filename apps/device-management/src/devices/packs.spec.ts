import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPacks } from './packs.ts';

const SHIPPED = new URL('../../../../libs/core/phone-config/packs', import.meta.url).pathname;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sfs-packs-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the packs', () => {
  it('are those of the folder, by id', () => {
    cpSync(SHIPPED, folder, { recursive: true });
    mkdirSync(join(folder, 'notes'));
    expect(readPacks(folder).all.map(({ id }) => id)).toEqual(readdirSync(SHIPPED).sort());
  });

  it('are refused with the vendor and the fault when one of them is broken', () => {
    cpSync(SHIPPED, folder, { recursive: true });
    mkdirSync(join(folder, 'acme'));
    writeFileSync(join(folder, 'acme', 'pack.json'), '{}');
    expect(() => readPacks(folder)).toThrow(/acme: /);
  });

  it('are refused when there is none', () => {
    expect(() => readPacks(folder)).toThrow(/no pack/);
  });
});
