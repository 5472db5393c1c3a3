import { commitAs, onceOnly, type Caller } from '@sfs/change-log';
import { DomainError } from '@sfs/kernel';
import { effectiveDeviceSettings, type DeviceSettings, type EffectiveSettings } from '@sfs/phone-config';
import type { ProjectedDirectory } from '../directory/projected-directory.ts';
import { asBody, asEntity, find, layerId, type Entity } from '../entities/bodies.ts';
import { checkKey, checkName, checkSettings, checkTag, refuse } from '../entities/check-input.ts';
import type { EntityStore, RowChange } from '../entities/entities.store.ts';

const WORDS = { area: 'device-layers', subject: 'What is set here' };

export interface LayerKey {
  readonly layer: 'tenant' | 'site';
  readonly id: string;
}

export interface LayerView {
  readonly key: LayerKey;
  /** absent: nothing was ever set */
  readonly entity: Entity<'device-layer'> | undefined;
  readonly effective: EffectiveSettings;
}

export interface WrittenLayer {
  readonly layer: string;
  readonly id: string;
  readonly settings: DeviceSettings;
  /** '' = nothing was ever set */
  readonly expectedTag: string;
  readonly idempotencyKey: string;
}

export interface LayersParts {
  readonly store: EntityStore;
  readonly directory: Pick<ProjectedDirectory, 'isLoaded' | 'hasSite'>;
}

/** What is set for all phones of a tenant, or of a site. */
export class LayersService {
  readonly #parts: LayersParts;

  constructor(parts: LayersParts) {
    this.#parts = parts;
  }

  async get(tenant: string, wanted: { readonly layer: string; readonly id: string }): Promise<LayerView> {
    const key = this.#check(tenant, wanted);
    return this.#view(tenant, key, await find(this.#parts.store, tenant, 'device-layer', layerId(key.layer, key.id)));
  }

  async put(caller: Caller, wanted: WrittenLayer): Promise<LayerView> {
    const key = this.#check(caller.tenant, wanted);
    const idempotencyKey = checkKey(wanted.idempotencyKey);
    const body = asBody('device-layer', { ...key, settings: checkSettings(wanted.settings) });
    const expect = wanted.expectedTag === '' ? 'absent' : { tag: checkTag(wanted.expectedTag) };
    const rows: RowChange[] = [{ kind: 'device-layer', id: layerId(key.layer, key.id), expect, body }];
    const state = await commitAs(this.#parts.store, WORDS, { ...caller, ...onceOnly(idempotencyKey, { ...body, tag: wanted.expectedTag }), rows });
    return this.#view(caller.tenant, key, asEntity<'device-layer'>(state));
  }

  async #view(tenant: string, key: LayerKey, entity: Entity<'device-layer'> | undefined): Promise<LayerView> {
    const set = entity?.body.settings ?? {};
    if (key.layer === 'tenant') return { key, entity, effective: effectiveDeviceSettings({ tenant: set }) };
    const above = await find(this.#parts.store, tenant, 'device-layer', layerId('tenant', tenant));
    return { key, entity, effective: effectiveDeviceSettings({ tenant: above?.body.settings ?? {}, site: set }) };
  }

  #check(tenant: string, { layer, id }: { readonly layer: string; readonly id: string }): LayerKey {
    if (layer === 'tenant') return { layer, id: tenant };
    if (layer !== 'site') throw refuse({ code: 'input/layer', field: 'layer', message: 'There is no such layer', remedy: 'Send tenant or site.' });
    const site = checkName('id', id);
    const { directory } = this.#parts;
    if (!directory.isLoaded) throw new DomainError('unavailable', 'device-layers/sites-unknown', 'The sites are not known yet', { field: 'id', remedy: 'Try again when provisioning is reached.' });
    if (!directory.hasSite(tenant, site)) throw new DomainError('not-found', 'device-layers/unknown-site', `There is no site ${site}`, { field: 'id', remedy: 'Choose one of the sites.' });
    return { layer, id: site };
  }
}
