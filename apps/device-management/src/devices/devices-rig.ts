import { pino } from 'pino';
import type { DeviceSettings } from '@sfs/phone-config';
import { ProjectedDirectory } from '../directory/projected-directory.ts';
import { EnrolmentService } from '../enrolment/enrolment.service.ts';
import { remembering, type EntityState } from '../entities/entities.store.ts';
import { FakeEntityStore } from '../entities/fake-entity-store.ts';
import { FactWriter } from '../facts/fact-writer.ts';
import { FactsService } from '../facts/facts.service.ts';
import { FakeFactsStore } from '../facts/fake-facts-store.ts';
import { StatusBoard } from '../facts/status-board.ts';
import { WaitingList } from '../facts/waiting-list.ts';
import type { Entity } from '@sfs/projection';
import { DeviceList } from './device-list.ts';
import { DevicesService, type WrittenDevice } from './devices.service.ts';
import { ProjectedDevices } from './projected-devices.ts';
import { TEST_PACKS } from './test-packs.ts';

export const MAC = '805ec0000001';
export const caller = { tenant: 'default', requestId: 'r-1', actor: 'ann' };
export const wanted = (more: Partial<WrittenDevice & { vendor: string }> = {}): WrittenDevice & { vendor: string } => ({ mac: MAC, vendor: '', model: 'T46U', label: '', switchId: '', number: '', profileId: '', settings: {} as DeviceSettings, idempotencyKey: '', ...more });
export const LINE = { switchId: 'main', number: '1002' };

/** For specs: the slices of devices over stores in memory, with a switch `main` whose numbers are 1002 (Bea's) and 1003. */
export async function devicesRig() {
  const log = pino({ level: 'silent' });
  const clock = { now: Date.UTC(2026, 0, 1, 12) };
  const now = (): number => clock.now;
  const [entities, factsStore, waiting] = [new FakeEntityStore(), new FakeFactsStore(), new WaitingList()];
  const directory = new ProjectedDirectory();
  const known = new ProjectedDevices((tenant, switchId) => directory.siteOf(tenant, switchId));
  const parts = { store: factsStore, board: new StatusBoard(), list: waiting, log };
  const writer = new FactWriter({ ...parts, lost: () => undefined, limits: { events: 1_000, sweeps: 10, delayMs: 1, againMs: 5 } });
  const facts = new FactsService({ ...parts, writer, isEntered: (mac) => known.find(mac) !== undefined, hasTenant: () => true, now });
  known.onChanged((macs) => facts.entered(macs, (mac) => known.find(mac)?.tenant));
  const apply = (state: EntityState): void => (state.kind === 'enrolment' ? enrolment.apply(state) : known.apply(state));
  const store = remembering(entities, apply);
  const enrolment = new EnrolmentService({ store, known, facts, addressOf: (tenant, mac) => facts.addressOf(tenant, mac), now, log });
  const sent: string[] = [];
  const checkSync = { send: (mac: string) => Promise.resolve(void sent.push(mac)).then(() => ({ status: 200, meaning: 'delivered' })) };
  const devices = new DevicesService({ store, known, directory, enrolment, facts, checkSync, packs: TEST_PACKS, now });
  const list = new DeviceList({ known, directory, waiting, statusOf: (mac) => facts.statusOf(mac), windowOf: (mac) => enrolment.windowOf(mac), now });
  await directory.load(provisioned());
  await known.load(nothing());
  await facts.refresh();
  return { clock, entities, factsStore, directory, known, facts, enrolment, devices, list, store, sent, writer };
}

async function* nothing(): AsyncGenerator<Entity> {}

async function* provisioned(): AsyncGenerator<Entity> {
  const entity = (kind: string, id: string, body: Record<string, unknown>): Entity => ({ tenant: 'default', kind, id, version: 1, tag: `${kind}-${id}`, changedAt: '2026', site: 'site-a', actor: 'ann', deleted: false, body });
  yield entity('tenant', 'default', {});
  yield entity('site', 'berlin', {});
  yield entity('switch', 'main', { sipDomain: 'a.example', siteId: 'berlin' });
  yield entity('user', 'bea', { displayName: 'Bea Baum' });
  yield entity('dn', 'main/1002', { switchId: 'main', number: '1002', userId: 'bea' });
  yield entity('dn', 'main/1003', { switchId: 'main', number: '1003', userId: '' });
}
