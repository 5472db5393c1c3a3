import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { DomainError } from '@sfs/kernel';
import type { KnownDevice } from '../devices/known-devices.port.ts';
import { asBody } from '../entities/bodies.ts';
import { remembering } from '../entities/entities.store.ts';
import { FakeEntityStore } from '../entities/fake-entity-store.ts';
import type { NewEvent } from '../facts/facts.port.ts';
import { EnrolmentService } from './enrolment.service.ts';

const MAC = '805ec0000001';
const HERE = '10.0.0.7';
const caller = { tenant: 'default', requestId: 'r-1', actor: 'ann' };
const log = pino({ level: 'silent' });

let store: FakeEntityStore;
let clock: number;
let notes: NewEvent[];
let seenFrom: string;

function replica(): EnrolmentService {
  const device = { tenant: 'default', mac: MAC } as KnownDevice;
  const service: EnrolmentService = new EnrolmentService({
    store: remembering(store, (state) => service.apply(state)),
    known: { find: (mac) => (mac === MAC ? device : undefined) },
    facts: { note: (event) => notes.push(event) },
    addressOf: () => Promise.resolve(seenFrom),
    now: () => clock,
    log,
  });
  return service;
}

let enrolment: EnrolmentService;
const open = (more: object = {}) => enrolment.open(caller, { mac: MAC, minutes: 0, fromAnyAddress: false, ...more });
const stateOf = async () => (await store.read('default', 'enrolment', MAC))?.body['state'];

beforeEach(async () => {
  store = new FakeEntityStore();
  clock = Date.UTC(2026, 0, 1);
  notes = [];
  seenFrom = HERE;
  enrolment = replica();
  const body = { mac: MAC, vendor: 'yealink', model: 'T46U', label: '', switchId: 'main', number: '1002', profileId: '', settings: {}, credentialGeneration: 1 };
  await store.commit({ ...caller, rows: [{ kind: 'device', id: MAC, expect: 'absent', body: asBody('device', body) }] });
});

describe('an enrolment window', () => {
  it('is closed until somebody opens it, for the address the phone was last seen from', async () => {
    expect(enrolment.isOpen(MAC, HERE)).toBe(false);
    await open({ mac: '80:5E:C0:00:00:01' });
    expect([enrolment.isOpen(MAC, HERE), enrolment.isOpen(MAC, '10.0.0.8')]).toEqual([true, false]);
    expect(enrolment.windowOf(MAC)).toEqual({ openUntil: new Date(clock + 3_600_000).toISOString(), address: HERE });
    expect(notes).toMatchObject([{ kind: 'window-opened', actor: 'ann', address: HERE }]);
  });

  it.each([
    ['any address may use it', HERE, { fromAnyAddress: true }],
    ['the phone was never seen', '', {}],
  ])('is for any address when %s', async (_why, address, more) => {
    seenFrom = address;
    await open(more);
    expect(enrolment.isOpen(MAC, '192.0.2.1')).toBe(true);
  });

  it('closes when its time is over', async () => {
    await open({ minutes: 5 });
    clock += 300_000;
    expect([enrolment.isOpen(MAC, HERE), await enrolment.take(MAC, HERE), enrolment.windowOf(MAC)]).toEqual([false, false, undefined]);
  });

  it('is taken by exactly one of many at once, over replicas too', async () => {
    await open();
    const other = replica();
    const state = await store.read('default', 'enrolment', MAC);
    if (state) other.apply(state);
    const takes = await Promise.all(Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? enrolment : other).take(MAC, HERE)));
    expect(takes.filter(Boolean).length).toBe(1);
    expect(await enrolment.take(MAC, HERE)).toBe(false);
  });

  it('is used by the fetch that went out completely', async () => {
    await open();
    expect(await enrolment.take(MAC, HERE)).toBe(true);
    await enrolment.used(MAC);
    expect([await stateOf(), enrolment.isOpen(MAC, HERE), notes.at(-1)?.kind]).toEqual(['used', false, 'window-used']);
    await enrolment.giveBack(MAC);
    expect(await stateOf()).toBe('used');
  });

  it('is open again after a fetch that broke', async () => {
    await open();
    await enrolment.take(MAC, HERE);
    await enrolment.giveBack(MAC);
    expect(await enrolment.take(MAC, HERE)).toBe(true);
  });

  it('is open again when the replica that took it was not heard of for a minute', async () => {
    await open();
    const other = replica();
    await enrolment.take(MAC, HERE);
    const taken = await store.read('default', 'enrolment', MAC);
    if (taken) other.apply({ ...taken, changedAt: new Date(clock).toISOString() });
    expect(other.isOpen(MAC, HERE)).toBe(false);
    clock += 60_001;
    expect([other.isOpen(MAC, HERE), enrolment.isOpen(MAC, HERE)]).toEqual([true, false]);
  });

  it('is not taken while the store does not say', async () => {
    await open();
    store.beforeCommit = () => Promise.reject(new DomainError('unavailable', 'store/away', 'The store is away'));
    expect(await enrolment.take(MAC, HERE)).toBe(false);
    expect(await enrolment.take(MAC, HERE)).toBe(true);
  });

  it('is closed unused, which a repeated closing leaves as it is', async () => {
    await open();
    await enrolment.close(caller, MAC);
    await enrolment.close(caller, MAC);
    expect([enrolment.isOpen(MAC, HERE), await stateOf(), notes.map(({ kind }) => kind)]).toEqual([false, 'closed', ['window-opened', 'window-closed']]);
  });

  it.each([
    [{ mac: 'nonsense' }, 'input/mac'],
    [{ mac: '805ec0000009' }, 'devices/unknown'],
    [{ minutes: 1441 }, 'input/minutes'],
  ])('is refused for %o', async (more, code) => {
    await expect(open(more)).rejects.toMatchObject({ code });
  });

  it('is refused for a device without a number', async () => {
    await store.commit({ ...caller, rows: [{ kind: 'device', id: MAC, expect: 'any', body: { mac: MAC, number: '' } }] });
    await expect(open()).rejects.toMatchObject({ code: 'enrolment/no-line' });
  });
});
