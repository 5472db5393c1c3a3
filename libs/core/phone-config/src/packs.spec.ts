import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { effectiveDeviceSettings, type SettingLayers } from './device-settings.ts';
import { identify } from './identify.ts';
import type { Pack } from './pack.ts';
import { parsePack } from './parse-pack.ts';
import { aLine, aPhone, packsOf } from './phone-builders.ts';
import { renderBootstrap, renderCommon, renderOwn, type PhoneInput, type RenderedFile } from './render.ts';

// Every folder of packs/ is a vendor, every folder of its golden/ a case: nothing here names one.

const folder = join(import.meta.dirname, '../packs');
const vendors = readdirSync(folder);
const sourceOf = (vendor: string): { folder: string; json: string } => ({ folder: vendor, json: readFileSync(join(folder, vendor, 'pack.json'), 'utf8') });
const packs = packsOf(vendors.map(sourceOf));

interface GoldenInput {
  readonly userAgent: string;
  /** in the order the phone asks; one of them is its own */
  readonly asks: readonly string[];
  readonly phone: Omit<PhoneInput, 'urls' | 'effective'>;
  readonly layers: SettingLayers;
  readonly urls: { readonly enrolled: string; readonly plain: string };
  readonly checkMinutes: number;
}

/** What the case's folder must hold: bootstrap/NAME and common/NAME as they are sent, own/NAME, and origins/NAME: each line of the own file with its origin, secrets hidden. */
function filesOf(pack: Pack, { userAgent, asks, phone, layers, urls, checkMinutes }: GoldenInput): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const put = (kind: string, file: RenderedFile): unknown => files.set(`${kind}/${file.name}`, file.text);
  for (const fileName of asks) {
    const { pack: found, file, conflict } = identify(packs, { fileName, userAgent });
    if (found?.id !== pack.id || conflict !== '' || file === undefined) throw new Error(`${fileName} is not understood: ${found?.id ?? 'no pack'} ${conflict}`);
    if (file.kind === 'common' || file.kind === 'boot') put('common', renderCommon(pack, file, { fileName, urls, checkMinutes }));
    if (file.kind === 'own') put('bootstrap', renderBootstrap(pack, file, { fileName, urls, checkMinutes }));
  }
  const own = renderOwn(pack, { ...phone, urls, effective: effectiveDeviceSettings(layers) });
  put('own', own);
  files.set(`origins/${own.name}`, own.lines.map(({ origin, masked }) => `${origin.padEnd(8)}${masked}\n`).join(''));
  return files;
}

describe.each(packs.map((pack) => [pack.id, pack] as const))('the pack %s', (vendor, pack) => {
  const golden = join(folder, vendor, 'golden');
  const cases = readdirSync(golden);

  it('passes its checks and has golden files', () => {
    expect(parsePack(sourceOf(vendor))).toMatchObject({ ok: true });
    expect(cases.length).toBeGreaterThan(0);
  });

  it('knows its own files by the MAC alone, in any notation', () => {
    for (const oui of pack.ouis) {
      const mac = `${oui}0d0e0f`;
      const [two, four] = [mac.match(/../g) ?? [], mac.match(/.{4}/g) ?? []];
      for (const text of [mac, two.join(':'), two.join('-'), two.join('.'), four.join('.')].flatMap((notation) => [notation, notation.toUpperCase()])) {
        for (const { name } of pack.files.filter(({ kind }) => kind === 'own')) {
          const { pack: found, mac: read, conflict } = identify(packs, { fileName: name.replace(/\{mac\}/i, text), userAgent: '' });
          expect([text, found?.id, read, conflict]).toEqual([text, vendor, mac, '']);
        }
      }
    }
  });

  it.each(cases)('renders %s', async (name) => {
    const input = JSON.parse(readFileSync(join(golden, name, 'input.json'), 'utf8')) as GoldenInput;
    const files = filesOf(pack, input);
    for (const [path, text] of files) await expect(text).toMatchFileSnapshot(join(golden, name, path));
    expect(input.asks.map((file) => file.toLowerCase())).toContain(renderOwn(pack, { ...input.phone, urls: input.urls, effective: effectiveDeviceSettings(input.layers) }).name.toLowerCase());
    const stray = readdirSync(join(golden, name), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => relative(join(golden, name), join(entry.parentPath, entry.name))).filter((path) => path !== 'input.json' && !files.has(path));
    expect(stray).toEqual([]);
  });
});

it('no two packs own the same MACs or understand the same User-Agent', () => {
  const ouis = packs.flatMap((pack) => pack.ouis);
  expect(ouis.filter((oui, index) => ouis.indexOf(oui) !== index)).toEqual([]);
  for (const { id } of packs) {
    const golden = join(folder, id, 'golden');
    for (const name of readdirSync(golden)) {
      const { userAgent } = JSON.parse(readFileSync(join(golden, name, 'input.json'), 'utf8')) as GoldenInput;
      expect(packs.filter((pack) => pack.userAgents.some((pattern) => pattern.test(userAgent))).map((pack) => pack.id)).toEqual([id]);
    }
  }
});

it('the example of docs/devices/packs.md is a pack, and gives what is said there', () => {
  const text = readFileSync(join(folder, '../../../../docs/devices/packs.md'), 'utf8');
  const [json = '', said = ''] = [...text.matchAll(/^```(?:json)?\n([\s\S]*?)^```$/gm)].map(([, block]) => block);
  const [example] = packsOf([{ folder: 'exampletel', json }]);
  if (example === undefined) throw new Error('no example');
  const mac = '020304050607';
  const phone = aPhone({ mac, line: { ...aLine, displayName: 'Anna "Ace" Berg' }, credential: { userName: mac, password: 'HTTPSECRET' } });
  expect(renderOwn(example, phone).text).toBe(said);
});
