import { DomainError } from '@sfs/kernel';
import { asBody, asEntity, type Entity } from '../entities/bodies.ts';
import { type Caller, commitAs, exists, onceOnly } from '@sfs/change-log';
import { checkDisplayName, checkId, checkKey, checkSipDomain } from '../entities/check-input.ts';
import type { EntityStore } from '../entities/entities.store.ts';
import { LISTS } from '../entities/entity-kinds.ts';
import { getSite, getTenant } from '../entities/existing.ts';
import { readList } from '../entities/read-list.ts';

export const DEFAULT_TENANT = 'default';

interface Named {
  readonly id: string;
  readonly displayName: string;
}

export interface NewSite extends Named {
  readonly idempotencyKey: string;
}

export interface NewSwitch extends NewSite {
  readonly siteId: string;
  readonly sipDomain: string;
}

export class TopologyService {
  private readonly store: EntityStore;

  constructor(store: EntityStore) {
    this.store = store;
  }

  /** Harmless to repeat: whoever comes second finds it there. */
  async ensureDefaultTenant(): Promise<void> {
    if (await this.store.read(DEFAULT_TENANT, 'tenant', DEFAULT_TENANT)) return;
    await this.createTenant({ tenant: DEFAULT_TENANT, requestId: 'start', actor: 'system' }, { id: DEFAULT_TENANT, displayName: 'Default' }).catch((error: unknown) => {
      if (!(error instanceof DomainError && error.code === 'tenants/exists')) throw error;
    });
  }

  /** A tenant is stored in itself: its id is its partition. */
  async createTenant(caller: Caller, wanted: Named): Promise<Entity<'tenant'>> {
    const id = checkId('id', wanted.id);
    const body = asBody('tenant', { id, displayName: checkDisplayName(wanted.displayName) });
    const { actor, requestId } = caller;
    const state = await commitAs(this.store, { area: 'tenants', subject: 'The tenant' }, { tenant: id, actor, requestId, rows: [{ kind: 'tenant', id, expect: 'absent', body }] });
    return asEntity<'tenant'>(state);
  }

  async listTenants(): Promise<Entity<'tenant'>[]> {
    const tenants: Entity<'tenant'>[] = [];
    for await (const state of this.store.loadAll(['tenant'])) tenants.push(asEntity(state));
    return tenants.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async createSite(caller: Caller, wanted: NewSite): Promise<Entity<'site'>> {
    const id = checkId('id', wanted.id);
    const body = asBody('site', { id, displayName: checkDisplayName(wanted.displayName) });
    const idempotencyKey = checkKey(wanted.idempotencyKey);
    await getTenant(this.store, caller.tenant);
    const state = await commitAs(this.store, { area: 'sites', subject: 'The site' }, { ...caller, ...onceOnly(idempotencyKey, body), rows: [{ kind: 'site', id, expect: 'absent', body }] });
    return asEntity<'site'>(state);
  }

  listSites(tenant: string): Promise<Entity<'site'>[]> {
    return readList(this.store, tenant, 'site', LISTS.sites);
  }

  async createSwitch(caller: Caller, wanted: NewSwitch): Promise<Entity<'switch'>> {
    const id = checkId('id', wanted.id);
    const displayName = checkDisplayName(wanted.displayName);
    const sipDomain = checkSipDomain(wanted.sipDomain);
    const idempotencyKey = checkKey(wanted.idempotencyKey);
    const site = await getSite(this.store, caller.tenant, wanted.siteId);
    await this.claimNames(caller.tenant, id, sipDomain);
    const body = asBody('switch', { id, displayName, siteId: site.id, sipDomain });
    const state = await commitAs(this.store, { area: 'switches', subject: 'The switch' }, { ...caller, ...onceOnly(idempotencyKey, body), rows: [{ kind: 'switch', id, expect: 'absent', body }] });
    return asEntity<'switch'>(state);
  }

  listSwitches(tenant: string): Promise<Entity<'switch'>[]> {
    return readList(this.store, tenant, 'switch', LISTS.switches);
  }

  /** Looks first, claims then: a request that is refused for the one name must not keep the other. */
  private async claimNames(tenant: string, switchId: string, sipDomain: string): Promise<void> {
    const mine = async (scope: string, name: string): Promise<boolean> => {
      const owner = await this.store.findName(scope, name);
      return owner === undefined || owner === tenant;
    };
    const switches = await this.listSwitches(tenant);
    const here = switches.some(({ id, body }) => body.sipDomain === sipDomain && id !== switchId);
    if (!(await mine('switch', switchId))) throw exists({ area: 'switches', subject: 'A switch of this name' });
    if (here || !(await mine('sip-domain', sipDomain))) throw domainTaken();
    if (!(await this.claim('switch', switchId, tenant))) throw exists({ area: 'switches', subject: 'A switch of this name' });
    if (!(await this.claim('sip-domain', sipDomain, tenant))) throw domainTaken();
  }

  /** A claim outlives an attempt that died after it: the same tenant may go on with its own. */
  private async claim(scope: string, name: string, tenant: string): Promise<boolean> {
    return (await this.store.claimName(scope, name, tenant)) || (await this.store.findName(scope, name)) === tenant;
  }
}

function domainTaken(): DomainError {
  return new DomainError('conflict', 'switches/sip-domain-taken', 'Another switch has this SIP domain', { field: 'sipDomain', remedy: 'Choose a domain of its own: it is also the digest realm.' });
}
