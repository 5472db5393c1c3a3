import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { javaMajor } from './java.ts';
import { ensureInstalled, findMissing, sentenceFor } from './prerequisites.ts';
import { renderTemplate } from './render-template.ts';
import { ensureSecrets, keepOneTimePin } from './secrets.ts';
import { takeLock } from './stack-lock.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(`${tmpdir()}/sfs-stack-`);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('renderTemplate', () => {
  it('fills in values', () => expect(renderTemplate('port=${port} dir=${dir}', { port: 9042, dir: '/d' })).toBe('port=9042 dir=/d'));
  it('refuses a name without a value', () => expect(() => renderTemplate('${port}', {})).toThrow('needs a value for port'));
  it('refuses a value without a place', () => expect(() => renderTemplate('x', { port: 1 })).toThrow('no place for port'));
});

describe('javaMajor', () => {
  it.each([
    ['openjdk version "17.0.15" 2025-04-15', 17],
    ['java version "1.8.0_402"', 8],
    ['openjdk version "21" 2023-09-19', 21],
    ['command not found', undefined],
  ])('%s is %s', (text, major) => expect(javaMajor(text)).toBe(major));
});

describe('secrets', () => {
  it('are made once, for the owner’s eyes', () => {
    const first = ensureSecrets(`${folder}/secrets.json`);
    expect(ensureSecrets(`${folder}/secrets.json`)).toEqual(first);
    expect(statSync(`${folder}/secrets.json`).mode & 0o777).toBe(0o600);
  });

  it('of an older release are kept, and gain what they lack', () => {
    const file = `${folder}/secrets.json`;
    writeFileSync(file, '{"adminPassword":"kept","sipPasswords":{"1001":"kept"}}');
    const secrets = ensureSecrets(file);
    expect([secrets.adminPassword, secrets.sipPasswords['1001'], secrets.oneTimePins]).toEqual(['kept', 'kept', {}]);
    expect(ensureSecrets(file)).toEqual(secrets);
    for (const key of [secrets.voicemailPepper, secrets.devicesCredentialKey]) expect(Buffer.from(key, 'base64')).toHaveLength(32);
    expect(secrets.sipCredentialsToken).toHaveLength(32);
  });

  it('hold the one-time PINs of the demo site', () => {
    const file = `${folder}/secrets.json`;
    keepOneTimePin(file, '1001', '4711');
    keepOneTimePin(file, '1002', '0815');
    expect(ensureSecrets(file).oneTimePins).toEqual({ '1001': '4711', '1002': '0815' });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('fit what the services demand', () => {
    const { envelopeKey, adminPassword, sipPasswords } = ensureSecrets(`${folder}/secrets.json`);
    expect(Buffer.from(envelopeKey, 'base64')).toHaveLength(32);
    expect(adminPassword.length).toBeGreaterThanOrEqual(12);
    expect(Object.values(sipPasswords).every((password) => /^[\x21-\x7e]{12,64}$/.test(password))).toBe(true);
  });
});

describe('the lock of a data folder', () => {
  it('is refused while its holder lives, and names it', () => {
    const release = takeLock(folder);
    expect(() => takeLock(folder)).toThrow(`process ${process.pid}`);
    release();
    takeLock(folder)();
  });

  it('is void once its holder is gone, also when the id now names another process', () => {
    writeFileSync(`${folder}/stack.lock`, `${process.pid} 1`);
    takeLock(folder);
    expect(readFileSync(`${folder}/stack.lock`, 'utf8')).not.toBe(`${process.pid} 1`);
  });
});

describe('prerequisites', () => {
  const need = (what: string, there: boolean) => ({ what, aptPackage: what.toLowerCase(), isThere: async () => there });

  it('finds what is missing', async () => {
    expect((await findMissing([need('Java', true), need('Kamailio', false)])).map(({ what }) => what)).toEqual(['Kamailio']);
  });

  it('asks for nothing when all is there', async () => {
    expect(await ensureInstalled([need('Java', true)], () => undefined)).toEqual([]);
  });

  it('names what is missing in one sentence, with the command to type', () => {
    const sentence = sentenceFor([need('Maven', false), need('Kamailio', false)]);
    expect(sentence).toMatch(/^missing on this machine: Maven, Kamailio; type: sudo apt-get .* maven kamailio$/);
  });
});
