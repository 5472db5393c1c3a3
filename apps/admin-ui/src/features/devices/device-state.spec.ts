import type { Device } from '@sfs/rest-contract';
import { describe, expect, it } from 'vitest';
import { chainOf, diagnose } from './device-state.ts';

const NOW = Date.parse('2026-11-25T09:00:00Z');
const URL = 'http://sfs.example.com:8803/fs/dm/prov';

const device = (part: Partial<Device>): Device => ({
  meta: { version: 1, tag: 't', changedAt: '', actor: '' }, mac: '00908f4e027b', vendor: 'audiocodes', model: '445HD', label: '', switchId: 'site-a', number: '1004', userId: 'u', userName: 'Bramble Heath', profileId: '', settings: {}, effective: [{ name: 'checkMinutes', value: 30, origin: 'system', layers: [] }],
  state: 'drift', firmware: '', userAgent: '', firstSeenAt: null, lastSeenAt: '2026-11-25T08:50:00.000Z', lastAddress: '10.0.0.7', declared: { revision: 42, at: '2026-11-25T08:29:00.000Z' }, running: { revision: 41, at: '2026-11-24T08:00:00.000Z' }, notified: { at: '2026-11-25T08:29:01.000Z', status: 200 }, window: null, rotating: false, ...part,
});
const states = (part: Partial<Device>) => chainOf(device(part), NOW).map(({ state }) => state);
const diagnosis = (part: Partial<Device>) => diagnose(device(part), URL, NOW);

describe('the chain declared, notified, fetched', () => {
  it('waits for the fetch after the phone was told', () => {
    expect(states({})).toEqual(['done', 'done', 'stuck']);
    expect(chainOf(device({}), NOW)[2].words).toBe('runs r41, waiting 31 min');
  });

  it('is done when the newest revision was fetched, told or not', () => {
    expect(states({ running: { revision: 42, at: '2026-11-25T08:30:00.000Z' } })).toEqual(['done', 'done', 'done']);
    expect(states({ running: { revision: 42, at: '2026-11-25T08:30:00.000Z' }, notified: { at: null, status: 0 } })).toEqual(['done', 'skipped', 'done']);
  });

  it('does not take the notice of an older revision for that of this one', () => {
    expect(states({ notified: { at: '2026-11-24T08:00:00.000Z', status: 200 } })).toEqual(['done', 'skipped', 'stuck']);
  });

  it('is stuck at the notice when the phone is not registered', () => {
    expect(states({ notified: { at: '2026-11-25T08:29:01.000Z', status: 480 } })).toEqual(['done', 'stuck', 'stuck']);
  });

  it('has nothing to notify of while there is no configuration', () => {
    expect(states({ declared: { revision: 0, at: null }, running: { revision: 0, at: null }, notified: { at: null, status: 0 } })).toEqual(['stuck', 'todo', 'todo']);
  });
});

describe('why the phone is not up', () => {
  it('asks for an assignment of one that waits', () => {
    expect(diagnosis({ state: 'waiting', meta: null })).toMatchObject({ kind: 'info', needsWindow: false, what: expect.stringContaining('nobody has said which number') });
  });

  it('names the missing number before anything else', () => {
    expect(diagnosis({ state: 'assigned', number: '', switchId: '' }).what).toContain('no number');
  });

  it('tells where DHCP has to point when the window is open and nobody has asked', () => {
    const open = { openUntil: '2026-11-25T09:30:00.000Z', address: '' };
    expect(diagnosis({ state: 'assigned', window: open, lastSeenAt: null }).next).toContain(URL);
    expect(diagnosis({ state: 'assigned', window: open }).next).toContain('Restart it');
  });

  it('advises the window when it is closed and the phone never fetched, also when it has run out', () => {
    expect(diagnosis({ state: 'assigned' })).toMatchObject({ kind: 'warn', needsWindow: true });
    expect(diagnosis({ state: 'assigned', window: { openUntil: '2026-11-25T08:59:59.000Z', address: '' } }).needsWindow).toBe(true);
  });

  it('says of drift whether the phone was reached, and when it looks by itself', () => {
    expect(diagnosis({}).what).toBe('The phone should run r42 and still runs r41.');
    expect(diagnosis({ notified: { at: '2026-11-25T08:29:01.000Z', status: 480 } }).next).toContain('not registered');
    expect(diagnosis({ notified: { at: '2026-11-25T08:29:01.000Z', status: 408 } }).next).toContain('did not answer');
    expect(diagnosis({ notified: { at: null, status: 0 } }).next).toContain('every 30 minutes');
  });

  it('thinks of a reset when it is not heard any more', () => {
    expect(diagnosis({ state: 'not-seen' })).toMatchObject({ kind: 'bad', needsWindow: true });
  });

  it('is content when it runs what it should, and says when two credentials are valid', () => {
    expect(diagnosis({ state: 'in-step' }).kind).toBe('ok');
    expect(diagnosis({ state: 'in-step', rotating: true })).toMatchObject({ kind: 'info', next: expect.stringContaining('stays valid') });
  });
});
