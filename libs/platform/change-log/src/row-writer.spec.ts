import type { BatchEntry, CqlResult, CqlSession, Statement } from '@sfs/cassandra';
import { DomainError } from '@sfs/kernel';
import { describe, expect, test } from 'vitest';
import { putIntent, readHead, readHistory, readHistorySerial } from './change-log.cql.ts';
import { EntityStore } from './entity.store.ts';
import { FreshIntent, IntentLog } from './intent-log.store.ts';
import { planOperation } from './operation.ts';
import { RowWriter } from './row-writer.ts';
import { decodeState } from './stored-state.ts';

type Step = 'applied' | 'not-applied' | 'unknown, applied' | 'unknown, lost' | 'away';

const unknown = (): DomainError => new DomainError('unavailable', 'store/outcome-unknown', 'unknown', { outcomeUnknown: true });
const away = (): DomainError => new DomainError('unavailable', 'store/away', 'away');

/** One entity in memory; conditional writes end as scripted, the rest is applied and recorded. */
class ScriptedSession implements CqlSession {
  readonly connected = true;
  readonly done: string[] = [];
  readonly history: { cell: string; version: number }[] = [];
  readonly script: Step[];
  serialFails = 0;
  /** what another writer does in between */
  beforeWrite: () => void = () => undefined;
  beforeSerialRead: () => Promise<void> = () => Promise.resolve();

  constructor(script: Step[]) {
    this.script = script;
  }

  async execute(statement: Statement): Promise<CqlResult> {
    if (statement === putIntent) this.done.push('intent');
    if (statement === readHistorySerial) {
      this.done.push('serial read');
      await this.beforeSerialRead();
      if (this.serialFails-- > 0) throw away();
    }
    const isHead = statement === readHead;
    if (!isHead && statement !== readHistory && statement !== readHistorySerial) return { rows: [], applied: true };
    const current = this.history.at(-1);
    const rows = this.history.toReversed().map(({ cell, version }) => ({ body: current?.cell, version: current?.version, written: 1n, h_version: version, h_body: cell }));
    return { rows: isHead ? rows.slice(0, 1) : rows, applied: true };
  }

  async batch([first]: readonly BatchEntry[]): Promise<CqlResult> {
    this.beforeWrite();
    const step = this.script.shift() ?? 'applied';
    this.done.push(step);
    const [cell, version] = first?.params ?? [];
    if (step === 'applied' || step === 'unknown, applied') this.history.push({ cell: String(cell), version: Number(version) });
    if (step.startsWith('unknown')) throw unknown();
    if (step === 'away') throw away();
    return { rows: [], applied: step === 'applied' };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

async function write(session: ScriptedSession, expectation: 'absent' | 'any' = 'absent', key = 'k') {
  const operation = planOperation({ tenant: 't', actor: 'a', requestId: 'r', rows: [{ kind: 'user', id: 'u', expect: expectation, body: { key } }] }, key);
  const [row] = operation.rows;
  if (row === undefined) throw new Error('no row');
  const intents = new IntentLog(session, 'site-a');
  return new RowWriter(new EntityStore(session), 'site-a').write(operation, row, new FreshIntent(intents, operation));
}

const keysOf = (session: ScriptedSession): unknown[] => session.history.map(({ cell }) => decodeState({ tenant: 't', id: 'u' }, cell).body['key']);

describe('an unknown outcome', () => {
  test('that was applied is found by its tag and not written again', async () => {
    const session = new ScriptedSession(['unknown, applied']);
    expect(await write(session)).toMatchObject({ outcome: 'written', state: { version: 1 } });
    expect(session.done).toEqual(['intent', 'unknown, applied', 'serial read']);
  });

  test('that was lost is written again', async () => {
    const session = new ScriptedSession(['unknown, lost', 'applied']);
    expect(await write(session)).toMatchObject({ outcome: 'written' });
    expect(keysOf(session)).toEqual(['k']);
  });

  test('that was applied and overwritten at once still counts, also with "any"', async () => {
    const session = new ScriptedSession(['unknown, applied']);
    session.beforeSerialRead = async () => {
      session.beforeSerialRead = () => Promise.resolve();
      await write(session, 'any', 'other');
    };
    expect(await write(session, 'any')).toMatchObject({ outcome: 'written', state: { body: { key: 'k' } } });
    expect(keysOf(session)).toEqual(['k', 'other']);
  });

  test('that cannot be settled is passed on as unknown', async () => {
    const session = new ScriptedSession(['unknown, applied']);
    session.serialFails = Number.POSITIVE_INFINITY;
    await expect(write(session)).rejects.toMatchObject({ details: { outcomeUnknown: true } });
  });
});

test('"not applied" to our own write (a driver that tried twice) is recognised by the tag', async () => {
  const session = new ScriptedSession(['not-applied']);
  session.beforeWrite = () => {
    if (session.history.length === 0) session.history.push({ version: 1, cell: ownCell });
  };
  const probe = new ScriptedSession([]);
  await write(probe);
  const ownCell = probe.history[0]?.cell ?? '';
  expect(await write(session)).toMatchObject({ outcome: 'written' });
  expect(session.history).toHaveLength(1);
});

test('another writer between read and write makes "absent" refused, not overwritten', async () => {
  const session = new ScriptedSession(['not-applied']);
  const probe = new ScriptedSession([]);
  await write(probe, 'absent', 'other');
  session.beforeWrite = () => session.history.push(...probe.history);
  expect(await write(session)).toMatchObject({ outcome: 'refused', current: { body: { key: 'other' } } });
});

test('a store that is away is known not to have written', async () => {
  const session = new ScriptedSession(['away']);
  const error: DomainError = await write(session).then(() => Promise.reject(new Error('written')), (reason: DomainError) => reason);
  expect(error.code).toBe('store/away');
  expect(error.details['outcomeUnknown']).toBeUndefined();
});
