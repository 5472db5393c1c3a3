import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '@sfs/testing';
import { FactWriter } from './fact-writer.ts';
import { FactsService } from './facts.service.ts';
import { FakeFactsStore } from './fake-facts-store.ts';
import { StatusBoard } from './status-board.ts';
import { WaitingList } from './waiting-list.ts';

const MAC = '805ec0000001';
const NEW = '805ec0000002';
const log = pino({ level: 'silent' });
const phone = { tenant: 'default', mac: NEW, vendor: 'yealink', model: 'T46U', firmware: '108.86', address: '10.0.0.7', userAgent: 'Yealink SIP-T46U' };
const request = { tenant: 'default', mac: MAC, kind: 'request', subject: `${MAC}.cfg`, status: 200, outcome: 'credential', address: '10.0.0.7', userAgent: 'Yealink', firmware: '108.86' } as const;

let store: FakeFactsStore;
let clock: number;
let lost: string[];

function replica(limits = { events: 1_000, sweeps: 10, delayMs: 1, againMs: 5 }) {
  const board = new StatusBoard();
  const list = new WaitingList();
  const writer = new FactWriter({ store, board, list, lost: (fact) => lost.push(fact), log, limits });
  const facts = new FactsService({ store, board, list, writer, isEntered: (mac) => mac === MAC, hasTenant: (tenant) => tenant === 'default', now: () => clock, log });
  return { facts, writer, written: () => eventually('everything written', () => writer.open === 0 || undefined) };
}

beforeEach(() => {
  store = new FakeFactsStore();
  clock = Date.UTC(2026, 0, 1);
  lost = [];
});

describe('facts', () => {
  it('are in memory at once, in the store soon, and known after a restart', async () => {
    const { facts, written } = replica();
    await facts.refresh();
    facts.note(request);
    facts.declared({ tenant: 'default', mac: MAC, revision: 3, at: clock });
    facts.fetched({ tenant: 'default', mac: MAC, revision: 3, generation: 2 });
    const status = { firstSeenAt: clock, lastSeenAt: clock, lastAddress: '10.0.0.7', firmware: '108.86', declaredRevision: 3, runningRevision: 3, fetchedAt: clock, usedGeneration: 2 };
    expect(facts.statusOf(MAC)).toMatchObject(status);
    await written();
    expect((await facts.events('default', MAC, { size: 10, before: '' })).events).toMatchObject([request]);
    const restarted = replica();
    await restarted.facts.refresh();
    expect(restarted.facts.statusOf(MAC)).toMatchObject(status);
    expect(restarted.facts.usedGeneration(MAC)).toBe(2);
  });

  it('write a status once, however often a phone asks meanwhile', async () => {
    const { facts, written } = replica();
    await facts.refresh();
    for (let times = 0; times < 20; times += 1) facts.note({ ...request, address: `10.0.0.${times}` });
    await written();
    expect([store.statusWrites, store.rows.get(MAC)?.status.lastAddress, store.written.length]).toEqual([1, '10.0.0.19', 20]);
  });

  it('do not overwrite what was first known with what a start does not know yet', async () => {
    const earlier = replica();
    await earlier.facts.refresh();
    earlier.facts.note(request);
    await earlier.written();
    const begun = clock;
    clock += 60_000;
    const { facts, written } = replica();
    facts.note(request);
    await facts.refresh();
    await written();
    expect(store.rows.get(MAC)?.status).toMatchObject({ firstSeenAt: begun, lastSeenAt: clock });
  });

  it('learn what another replica wrote, and keep what they know better', async () => {
    const [a, b] = [replica(), replica()];
    await Promise.all([a.facts.refresh(), b.facts.refresh()]);
    a.facts.declared({ tenant: 'default', mac: MAC, revision: 5, at: clock });
    b.facts.declared({ tenant: 'default', mac: MAC, revision: 4, at: clock - 1 });
    b.facts.fetched({ tenant: 'default', mac: MAC, revision: 4, generation: 1 });
    await a.written();
    expect(await b.facts.newestStatus('default', MAC)).toMatchObject({ declaredRevision: 5, runningRevision: 4 });
    await a.facts.refresh();
    await b.written();
    await a.facts.refresh();
    expect(a.facts.statusOf(MAC)).toMatchObject({ declaredRevision: 5, runningRevision: 4, usedGeneration: 1 });
  });

  it('wait for a store that is away, and lose only what no queue takes', async () => {
    const { facts, writer, written } = replica({ events: 5, sweeps: 1, delayMs: 1, againMs: 5 });
    await facts.refresh();
    store.isAway = true;
    for (let times = 0; times < 7; times += 1) facts.note({ tenant: 'default', mac: MAC, kind: 'notify', status: 200 });
    facts.swept({ address: '10.0.0.1', beganAt: 1, lastAt: 2, macs: 300, refused: 1 });
    facts.swept({ address: '10.0.0.1', beganAt: 1, lastAt: 3, macs: 300, refused: 9 });
    facts.swept({ address: '10.0.0.2', beganAt: 1, lastAt: 2, macs: 300, refused: 1 });
    expect(lost).toEqual(['event', 'event', 'sweep']);
    await expect(facts.sweeps()).rejects.toThrow();
    store.isAway = false;
    await written();
    expect([store.written.length, (await facts.sweeps()).map(({ refused }) => refused), writer.open]).toEqual([5, [9], 0]);
  });

  it('keep at most 30 lines a minute of what one phone asks, and all that people do', async () => {
    const { facts, written } = replica();
    await facts.refresh();
    for (let times = 0; times < 40; times += 1) facts.note(request);
    facts.note({ tenant: 'default', mac: MAC, kind: 'window-opened', actor: 'ann' });
    await written();
    expect([store.written.length, lost.length]).toEqual([31, 10]);
    clock += 60_000;
    facts.note(request);
    await written();
    expect(store.written.length).toBe(32);
  });

  it('are written when the process stops', async () => {
    const { facts, writer } = replica({ events: 10, sweeps: 10, delayMs: 60_000, againMs: 60_000 });
    await facts.refresh();
    facts.note(request);
    await writer.stop();
    expect(store.written.length).toBe(1);
  });
});

describe('a waiting phone', () => {
  it('is listed once, with what it said last, until it is entered', async () => {
    const { facts, written } = replica();
    await facts.refresh();
    facts.waits(phone);
    clock += 1000;
    facts.waits({ ...phone, vendor: '', model: '', firmware: '', address: '10.0.0.8' });
    await written();
    expect([...store.waitingRows.values()]).toEqual([{ ...phone, address: '10.0.0.8', firstSeenAt: clock - 1000, lastSeenAt: clock }]);
    expect(await facts.newestWaiting('default', NEW)).toMatchObject({ address: '10.0.0.8', model: 'T46U' });
    await facts.stopsWaiting('default', NEW);
    expect([store.waitingRows.size, await facts.newestWaiting('default', NEW)]).toEqual([0, undefined]);
  });

  it('is neither an entered one nor one of a tenant that nobody has', async () => {
    const { facts, writer } = replica();
    await facts.refresh();
    facts.waits({ ...phone, mac: MAC });
    facts.waits({ ...phone, tenant: 'made-up' });
    expect(writer.open).toBe(0);
  });
});
