import { DomainError } from '@sfs/kernel';
import { beforeEach, describe, expect, it } from 'vitest';
import { aLoadedProjection, silent, until } from '../../test/rig.ts';
import type { Decided } from '../decision/decision.service.ts';
import { decide } from '../decision/engine.ts';
import type { Projection } from '../projection/projection.service.ts';
import { questionKey, type DecisionRecord } from './decision-record.ts';
import { DecisionRecorder } from './decision-recorder.ts';
import type { DecisionsStore } from './decisions.store.ts';

class MemoryStore implements DecisionsStore {
  connected = true;
  failure: Error | undefined;
  readonly rows = new Map<string, DecisionRecord>();
  save(record: DecisionRecord): Promise<void> {
    if (this.failure) return Promise.reject(this.failure);
    this.rows.set(`${record.callId} ${record.question}`, record);
    return Promise.resolve();
  }
  findCall = () => Promise.resolve([]);
  list = () => Promise.resolve([]);
}

let projection: Projection;
let store: MemoryStore;
beforeEach(async () => {
  projection = await aLoadedProjection();
  store = new MemoryStore();
});

const aRecorder = (given: Partial<ConstructorParameters<typeof DecisionRecorder>[0]> = {}): DecisionRecorder => new DecisionRecorder({ store, replica: 'A', enabled: true, log: silent, ...given });
function aDecision(callId: string, tx = ''): Decided {
  const at = projection.find('site-a');
  if (!at) throw new Error('not deciding');
  const call = { callId, from: '1001', to: '1002', origin: 'internal', diversions: [] } as const;
  return { at, call, decision: decide(at, call), microseconds: 12.4, tx };
}

describe('the recorder', () => {
  it('keeps the decision with its trace', async () => {
    const recorder = aRecorder();
    recorder.decided(aDecision('one'));
    await until(() => recorder.saved === 1, 'the record');
    const [record] = [...store.rows.values()];
    expect(record).toMatchObject({ tenant: 'default', switchId: 'site-a', callId: 'one', summary: 'Rings 1002', outcome: 'route', microseconds: 12, replica: 'A' });
    expect(JSON.parse(record?.traceJson ?? '')).toMatchObject({ caller: { profileId: 'standard' }, revision: record?.revision });
  });

  it('counts one question of two replicas once, another transaction apart', async () => {
    const [a, b] = [aRecorder({ replica: 'A' }), aRecorder({ replica: 'B' })];
    a.decided(aDecision('one', '1:2'));
    b.decided(aDecision('one', '1:2'));
    b.decided(aDecision('one', '3:4'));
    await until(() => a.saved + b.saved === 3, 'three writes');
    expect(store.rows.size).toBe(2);
  });

  it('remembers while the store is away and writes when it is back', async () => {
    store.connected = false;
    const recorder = aRecorder();
    recorder.decided(aDecision('one'));
    expect(recorder.recent.newestFirst()).toMatchObject([{ callId: 'one' }]);
    expect(recorder.waiting).toBe(1);
    store.connected = true;
    await until(() => store.rows.size === 1, 'the record');
  });

  it('tries again what failed because the store went away, drops what the store refuses', async () => {
    const recorder = aRecorder();
    store.failure = new DomainError('unavailable', 'store/away', 'away');
    recorder.decided(aDecision('one'));
    await until(() => recorder.waiting === 1, 'back in the queue');
    store.failure = undefined;
    await until(() => store.rows.size === 1, 'the record');
    store.failure = new DomainError('invalid', 'store/refused', 'no');
    recorder.decided(aDecision('two'));
    await until(() => recorder.dropped === 1, 'dropped');
  });

  it('drops and counts the oldest above the limit', () => {
    store.connected = false;
    const recorder = aRecorder({ limits: { queued: 3 } });
    for (const callId of ['1', '2', '3', '4', '5']) recorder.decided(aDecision(callId));
    expect(recorder.waiting).toBe(3);
    expect(recorder.dropped).toBe(2);
  });

  it('is silent when switched off', () => {
    const recorder = aRecorder({ enabled: false });
    recorder.decided(aDecision('one'));
    expect(recorder.recent.newestFirst()).toEqual([]);
  });

  it('keeps the last refusals', () => {
    const recorder = aRecorder();
    for (let i = 0; i < 500; i++) recorder.refused({ switchId: `s-${i}`, status: 500, code: 'switch/not-bound', message: 'm', callId: '', from: '', to: '' });
    expect(recorder.refusals.newestFirst()).toHaveLength(200);
    expect(recorder.refusals.newestFirst()[0]?.switchId).toBe('s-499');
  });
});

describe('the key of a question', () => {
  it('changes with anything that was asked', () => {
    const call = aDecision('one').call;
    const keys = [call, { ...call, to: '1003' }, { ...call, from: '1003' }, { ...call, diversions: ['1003'] }, { ...call, target: { busy: true } }, { ...call, origin: 'external' as const }].map((one) => questionKey(one, ''));
    expect(new Set(keys).size).toBe(keys.length);
    expect(questionKey(call, '')).toBe(questionKey({ ...call }, ''));
  });
});
