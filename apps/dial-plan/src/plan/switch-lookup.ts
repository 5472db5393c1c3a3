import { DomainError } from '@sfs/kernel';
import { findSwitch } from '../projection/bound-switch.ts';
import { numberOf, switchOf, userOf } from '../projection/directory.mapper.ts';
import type { Entity } from '../projection/entity.ts';
import type { Projection } from '../projection/projection.service.ts';

/** What the plan slice must know of a switch; provisioning owns it. */
export interface SwitchFacts {
  readonly tenant: string;
  readonly switchId: string;
  readonly sipDomain: string;
  /** Whether a phone of the switch has this number. */
  readonly hasNumber: (number: string) => boolean;
}

export interface SwitchLookup {
  /** Rejects with not-found for a switch of another tenant, unavailable while switches are not loaded yet. */
  get(tenant: string, switchId: string): Promise<SwitchFacts>;
  /** In words, for people. */
  usersOfProfile(at: SwitchFacts, profileId: string): string[];
}

/** Whoever created a switch a moment ago writes its plan next: its event may still be under way. */
const PATIENCE_MS = 1_500;

/** From the projection: what provisioning last said. */
export class ProjectedSwitches implements SwitchLookup {
  private readonly projection: Projection;
  private readonly patienceMs: number;

  constructor(projection: Projection, patienceMs = PATIENCE_MS) {
    this.projection = projection;
    this.patienceMs = patienceMs;
  }

  async get(tenant: string, switchId: string): Promise<SwitchFacts> {
    const entity = findSwitch(this.projection.table, switchId) ?? (await this.arrival(switchId));
    if (entity?.tenant === tenant) {
      const hasNumber = (number: string): boolean => this.projection.table.find(tenant, 'dn', `${switchId}/${number}`) !== undefined;
      return { tenant, switchId, sipDomain: switchOf(entity).sipDomain, hasNumber };
    }
    if (!this.projection.hasHeard('provisioning')) throw new DomainError('unavailable', 'switch/not-loaded', 'Switches are not loaded yet', { remedy: 'Try again in a moment.' });
    throw new DomainError('not-found', 'switch/unknown', `There is no switch ${switchId}`, { field: 'switchId', remedy: 'Create the switch, or choose another.' });
  }

  private arrival(switchId: string): Promise<Entity | undefined> {
    return new Promise((resolve) => {
      const settle = (entity: Entity | undefined): void => {
        forget();
        clearTimeout(timer);
        resolve(entity);
      };
      const forget = this.projection.onChange(() => {
        const entity = findSwitch(this.projection.table, switchId);
        if (entity) settle(entity);
      });
      const timer = setTimeout(() => settle(undefined), this.patienceMs);
    });
  }

  /** Users with a number on this switch, and users without any number yet: their profile is for the switch that they will get. */
  usersOfProfile({ tenant, switchId }: SwitchFacts, profileId: string): string[] {
    const here = new Set<string>();
    const elsewhere = new Set<string>();
    for (const dn of this.projection.table.live('dn')) {
      if (dn.tenant !== tenant) continue;
      const { userId } = numberOf(dn);
      (dn.id.startsWith(`${switchId}/`) ? here : elsewhere).add(userId);
    }
    return [...this.projection.table.live('user')]
      .filter((user) => user.tenant === tenant && (here.has(user.id) || !elsewhere.has(user.id)))
      .map(userOf)
      .filter((user) => user.callingProfileId === profileId)
      .map((user) => `user ${user.displayName}`);
  }
}
