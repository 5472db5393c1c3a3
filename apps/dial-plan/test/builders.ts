import type { Entity } from '../src/projection/entity.ts';

let clock = 0;

/** A state with sensible defaults; each call is later than the one before. */
export function anEntity(given: Partial<Entity> & Pick<Entity, 'kind' | 'id'>): Entity {
  clock++;
  return {
    tenant: 'default',
    version: 1,
    tag: `tag-${clock}`,
    changedAt: new Date(Date.UTC(2026, 0, 1) + clock).toISOString().replace('Z', '000Z'),
    deleted: false,
    body: {},
    ...given,
  };
}

export const aSwitch = (id = 'site-a', body: Record<string, unknown> = {}): Entity =>
  anEntity({ kind: 'switch', id, body: { id, displayName: id, siteId: 'site-a', sipDomain: 'site-a.test', ...body } });

export const aUser = (id: string, body: Record<string, unknown> = {}): Entity => anEntity({ kind: 'user', id, body: { id, displayName: `User ${id}`, siteId: 'site-a', ...body } });

export const aNumber = (number: string, userId = '', switchId = 'site-a'): Entity => anEntity({ kind: 'dn', id: `${switchId}/${number}`, body: { switchId, number, userId } });

export const aMailboxLink = (mailbox: string, userId: string, given: Partial<Entity> = {}): Entity => anEntity({ kind: 'mailbox-link', id: mailbox, body: { mailbox, userId }, ...given });

export const aPartition = (id: string, body: Record<string, unknown> = {}, switchId = 'site-a'): Entity =>
  anEntity({ kind: 'partition', id: `${switchId}/${id}`, body: { id, name: id, active: true, patterns: ['1XXX'], action: 'extension', ...body } });

export const aProfile = (id: string, partitionIds: string[], switchId = 'site-a'): Entity =>
  anEntity({ kind: 'calling-profile', id: `${switchId}/${id}`, body: { id, name: id, partitionIds } });

export const someSettings = (body: Record<string, unknown> = {}, switchId = 'site-a'): Entity =>
  anEntity({
    kind: 'switch-settings',
    id: switchId,
    body: {
      active: true,
      defaultProfileId: 'standard',
      inboundProfileId: 'standard',
      emergencyNumbers: ['112'],
      emergencyTrunk: 'pstn',
      trunks: [{ name: 'pstn', uri: 'sip:192.0.2.1:5060' }],
      maxForwards: 5,
      ...body,
    },
  });

export const forwardAllTo = (layer: string, number: string): Entity =>
  anEntity({ kind: 'call-settings', id: layer, body: { layer: layer.split('/')[0], id: layer.split('/')[1], settings: { forwardAll: { kind: 'number', number } } } });

/** Directory and plan of a small switch: 1001, 1002, 1003 of three users, 112 out by the trunk. */
export const aSite = (): { directory: Entity[]; plan: Entity[] } => ({
  directory: [aSwitch(), ...['1001', '1002', '1003'].flatMap((number) => [aUser(`u-${number}`), aNumber(number, `u-${number}`)])],
  plan: [aPartition('phones'), aProfile('standard', ['phones']), someSettings()],
});
