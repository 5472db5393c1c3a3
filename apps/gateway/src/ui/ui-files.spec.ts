import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findUiFile, loadUiFiles, type UiFile } from './ui-files.ts';

describe('UI files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sfs-ui-'));
  let files: ReadonlyMap<string, UiFile>;
  beforeAll(() => {
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<title>SFS</title>');
    writeFileSync(join(folder, 'assets', 'main-1a2b.js'), 'x'.repeat(2000));
    writeFileSync(join(folder, 'assets', 'main-1a2b.js.map'), '{}');
    files = loadUiFiles(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('serve what was built, with type and cache rule', () => {
    expect(findUiFile(files, 'assets/main-1a2b.js')).toMatchObject({ type: 'text/javascript; charset=utf-8', immutable: true });
    expect(findUiFile(files, 'assets/main-1a2b.js')?.gzip?.length).toBeLessThan(200);
    expect(findUiFile(files, '')).toMatchObject({ type: 'text/html; charset=utf-8', immutable: false });
  });

  it('answer a path of the UI itself with its page', () => {
    for (const path of ['users', 'users/6f1fdd0e', 'switches/site-a/dial-plan']) expect(findUiFile(files, path)).toBe(files.get('index.html'));
  });

  it('know nothing outside, nothing hidden, and no asset that is gone', () => {
    for (const path of ['../package.json', 'assets/../../x', '..\\x', '.env', 'assets/old.js', 'assets/main-1a2b.js.map', 'favicon.ico', 'a\0b', 'x/..']) expect(findUiFile(files, path), path).toBeUndefined();
  });

  it('are none when the UI is not built', () => {
    expect(loadUiFiles(join(folder, 'missing')).size).toBe(0);
  });
});
