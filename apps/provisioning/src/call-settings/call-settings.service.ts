import { checkCallSettings, SYSTEM_DEFAULTS, type CallSettings } from '@sfs/call-settings';
import { DomainError } from '@sfs/kernel';
import { asBody, find, type Entity } from '../entities/bodies.ts';
import { type Caller, commitAs, onceOnly } from '@sfs/change-log';
import { checkKey, checkTag } from '../entities/check-input.ts';
import type { EntityState, EntityStore } from '../entities/entities.store.ts';
import { LISTS } from '../entities/entity-kinds.ts';
import { getSite, getTenant, getUser } from '../entities/existing.ts';
import { readList } from '../entities/read-list.ts';

export type LayerKey = { readonly layer: 'tenant' } | { readonly layer: 'site' | 'user'; readonly id: string };

export interface Layer {
  readonly layer: 'system' | LayerKey['layer'];
  readonly id: string;
  readonly settings: CallSettings;
}

export interface LayerView {
  /** undefined = nothing was ever set here */
  readonly state: Omit<EntityState, 'body'> | undefined;
  readonly settings: CallSettings;
  /** from system to this one */
  readonly layers: readonly Layer[];
}

/** A layer as it is stored, with what identifies the layers above it. */
interface Place {
  readonly layer: LayerKey['layer'];
  readonly id: string;
  /** of a user; of a site itself; '' at the tenant */
  readonly siteId: string;
}

const WORDS = { area: 'call-settings', subject: 'These call settings' };

export class CallSettingsService {
  private readonly store: EntityStore;

  constructor(store: EntityStore) {
    this.store = store;
  }

  async get(tenant: string, key: LayerKey): Promise<LayerView> {
    return this.view(tenant, await this.place(tenant, key));
  }

  /** Replaces the layer. An empty tag says that nothing was ever set there. */
  async update(caller: Caller, key: LayerKey, wanted: { readonly settings: CallSettings; readonly expectedTag: string; readonly idempotencyKey: string }): Promise<LayerView> {
    const idempotencyKey = checkKey(wanted.idempotencyKey);
    const expect = wanted.expectedTag === '' ? ('absent' as const) : { tag: checkTag(wanted.expectedTag) };
    const place = await this.place(caller.tenant, key);
    const checked = checkCallSettings(wanted.settings, { ownNumbers: await this.ownNumbers(caller.tenant, place) });
    if (!checked.ok) throw refusedSettings(checked.error);
    const { layer, id } = place;
    const body = asBody('call-settings', { layer, id, settings: { ...checked.value } });
    const row = { kind: 'call-settings', id: `${layer}/${id}`, expect, body };
    const state = await commitAs(this.store, WORDS, { ...caller, ...onceOnly(idempotencyKey, { row }), rows: [row] }).catch(staleWhenThere);
    return this.view(caller.tenant, place, state);
  }

  private async place(tenant: string, key: LayerKey): Promise<Place> {
    switch (key.layer) {
      case 'tenant':
        await getTenant(this.store, tenant);
        return { layer: 'tenant', id: '', siteId: '' };
      case 'site':
        return { layer: 'site', id: key.id, siteId: (await getSite(this.store, tenant, key.id)).id };
      case 'user':
        return { layer: 'user', id: key.id, siteId: (await getUser(this.store, tenant, key.id, 'id')).body.siteId };
    }
  }

  private async view(tenant: string, place: Place, written?: EntityState): Promise<LayerView> {
    const { layer, id } = place;
    const keys = keysUpTo(place);
    const found = await Promise.all(keys.map(async (key) => ({ key, state: await find(this.store, tenant, 'call-settings', `${key.layer}/${key.id}`) })));
    const above = found.map(({ key, state }): Layer => ({ ...key, settings: settingsOf(state) }));
    const own = found.at(-1)?.state;
    const state = written ?? own;
    const settings = state ? settingsOf(state as unknown as Entity<'call-settings'>) : {};
    return { state, settings, layers: [{ layer: 'system', id: '', settings: SYSTEM_DEFAULTS }, ...above.slice(0, -1), { layer, id, settings }] };
  }

  private async ownNumbers(tenant: string, { layer, id }: Place): Promise<string[]> {
    if (layer !== 'user') return [];
    const numbers = await readList(this.store, tenant, 'dn', LISTS.numbersOfUser(id));
    return numbers.map(({ body }) => body.number);
  }
}

/** The layers that apply to a place, weakest first, itself last. */
function keysUpTo({ layer, id, siteId }: Place): Pick<Layer, 'layer' | 'id'>[] {
  const keys: Pick<Layer, 'layer' | 'id'>[] = [{ layer: 'tenant', id: '' }];
  if (siteId !== '') keys.push({ layer: 'site', id: siteId });
  if (layer === 'user') keys.push({ layer, id });
  return keys;
}

function settingsOf(state: Entity<'call-settings'> | undefined): CallSettings {
  return (state?.body.settings ?? {}) as CallSettings;
}

/** The first fault is the error; all of them are in `issues` as JSON, for a form that marks every field. */
function refusedSettings(issues: readonly { code: string; field: string; message: string; remedy: string }[]): DomainError {
  const [first] = issues;
  if (!first) throw new Error('settings were refused without a reason');
  return new DomainError('invalid', first.code, first.message, { field: first.field, remedy: first.remedy, issues: JSON.stringify(issues) });
}

/** Whoever says that nothing was set here, while something is, has an old view. */
function staleWhenThere(error: unknown): never {
  if (!(error instanceof DomainError) || error.code !== 'call-settings/exists') throw error;
  throw new DomainError('conflict', 'call-settings/stale-version', 'These call settings were changed meanwhile', { ...error.details, remedy: 'Read them again, then repeat the change on the new version.' });
}
