import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { parsePack, type Pack } from '@sfs/phone-config';

/** Vendors' packs, by id; read once at the start. */
export class Packs {
  readonly all: readonly Pack[];

  constructor(all: readonly Pack[]) {
    this.all = all;
  }
}

/** Every folder with a pack.json. Throws with every fault of every pack: a half-read pack would give phones half a configuration. */
export function readPacks(folder: string): Packs {
  const faults: string[] = [];
  const packs: Pack[] = [];
  for (const name of readdirSync(folder).sort()) {
    const file = join(folder, name, 'pack.json');
    if (!existsSync(file)) continue;
    const parsed = parsePack({ folder: name, json: readFileSync(file, 'utf8') });
    if (parsed.ok) packs.push(parsed.value);
    else faults.push(...parsed.error.map((fault) => `${name}: ${fault}`));
  }
  if (faults.length > 0) throw new Error(`packs in ${folder} cannot be used:\n${faults.join('\n')}`);
  if (packs.length === 0) throw new Error(`there is no pack in ${folder}`);
  return new Packs(packs);
}
