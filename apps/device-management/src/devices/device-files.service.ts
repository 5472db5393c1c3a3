import type { Caller } from '@sfs/change-log';
import type { Pack, PackFile } from '@sfs/phone-config';
import type { Configurations, OwnFile } from '../configurations/configurations.port.ts';
import { asBody, getDevice, type DeviceBody } from '../entities/bodies.ts';
import { checkMac } from '../entities/check-input.ts';
import type { EntityStore } from '../entities/entities.store.ts';

export interface ShownFile {
  readonly name: string;
  readonly kind: 'own' | 'common';
  readonly contentType: string;
  readonly sizeBytes: number;
  /** 0 for a common file */
  readonly revision: number;
  readonly lines: readonly { readonly text: string; readonly origin: string }[];
}

export interface DeviceFilesParts {
  readonly store: Pick<EntityStore, 'read' | 'commit'>;
  readonly configurations: Pick<Configurations, 'ownFile' | 'common'>;
  readonly packs: readonly Pack[];
}

/** What a phone would get now, for people. */
export class DeviceFilesService {
  readonly #parts: DeviceFilesParts;

  constructor(parts: DeviceFilesParts) {
    this.#parts = parts;
  }

  /** In the order the phone asks. That secrets were shown, and to whom, is in the device's history before they are. */
  async list(caller: Caller, text: string, reveal: boolean): Promise<readonly ShownFile[]> {
    const { store, configurations, packs } = this.#parts;
    const mac = checkMac(text);
    const { body } = await getDevice(store, caller.tenant, mac);
    const own = await configurations.ownFile(mac);
    if (reveal) await store.commit({ ...caller, rows: [{ kind: 'device-reveal', id: mac, expect: 'any', body: asBody('device-reveal', { mac }) }] });
    const pack = packs.find(({ id }) => id === body.vendor);
    return pack === undefined ? [shown(own, reveal)] : pack.files.flatMap((file) => (file.kind === 'own' ? [shown(own, reveal)] : this.#common(pack, file, body)));
  }

  #common(pack: Pack, file: PackFile, { mac, model }: DeviceBody): ShownFile[] {
    if (file.kind !== 'common' && file.kind !== 'boot') return [];
    const name = nameFor(pack, file, mac, model);
    const found = name === '' ? undefined : this.#parts.configurations.common({ pack, model, firmware: '', file, conflict: '' }, name);
    if (name === '' || found === undefined) return [];
    const lines = Buffer.from(found.body).toString('utf8').split(/\r?\n/);
    if (lines.at(-1) === '') lines.pop();
    return [{ name, kind: 'common', contentType: found.contentType, sizeBytes: found.body.length, revision: 0, lines: lines.map((line) => ({ text: line, origin: '' })) }];
  }
}

function shown({ name, contentType, body, revision, lines }: OwnFile, reveal: boolean): ShownFile {
  return { name, kind: 'own', contentType, sizeBytes: body.length, revision, lines: lines.map(({ text, masked, origin }) => ({ text: reveal ? text : masked, origin })) };
}

/** '' = this model does not ask for it */
function nameFor({ models }: Pack, file: PackFile, mac: string, model: string): string {
  const code = models.find(({ name }) => name === model)?.code ?? '';
  if (file.name.includes('{code}') && code === '') return '';
  return file.name.replaceAll('{mac}', mac).replaceAll('{MAC}', mac.toUpperCase()).replaceAll('{model}', model).replaceAll('{code}', code);
}
