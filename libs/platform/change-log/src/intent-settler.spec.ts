import type { CqlResult, CqlSession, Row, Statement } from '@sfs/cassandra';
import { Change } from '@sfs/contracts';
import type { Publisher } from '@sfs/kafka';
import { DomainError } from '@sfs/kernel';
import pino from 'pino';
import { Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { putIntent, readHistory, readHistoryEverywhere, readHistorySerial } from './change-log.cql.ts';
import { ChangeLog } from './change-log.ts';
import { IntentSettler } from './intent-settler.ts';
import type { OpenIntent } from './open-intents.ts';
import { planOperation } from './operation.ts';
import { createRelayMetrics } from './relay-metrics.ts';
import { encodeState, type StoredState } from './stored-state.ts';

const MINUTE = 60_000;
const atMs = Date.parse('2026-01-01T12:00:00Z');
const away = (): DomainError => new DomainError('unavailable', 'store/unavailable', 'no quorum');
const operation = planOperation({ tenant: 't', actor: 'a', requestId: 'r', rows: [{ kind: 'user', id: 'u', expect: 'absent', body: { name: 'u' } }] }, 'k');
const tag = operation.rows[0]?.tag ?? '';

function aState(more: Partial<StoredState> = {}): StoredState {
  return {
    tenant: 't', kind: 'user', id: 'u', version: 1, tag, parentTag: '', changedAt: '2026-01-01T12:00:00.000000Z',
    site: 'site-a', actor: 'a', deleted: false, request: operation.request, body: { name: 'u' }, ...more,
  };
}

/** An entity as each reach sees it; [] = not there, undefined = no answer. */
class Seen implements CqlSession {
  readonly connected = true;
  local: StoredState[] = [];
  serial: StoredState[] | undefined = [];
  everywhere: StoredState[] | undefined = [];
  wroteAtMs = atMs;
  renewed = 0;

  async execute(statement: Statement): Promise<CqlResult> {
    if (statement === putIntent) this.renewed += 1;
    const seen = statement === readHistorySerial ? this.serial : statement === readHistoryEverywhere ? this.everywhere : statement === readHistory ? this.local : [];
    if (seen === undefined) throw away();
    return { applied: true, rows: seen.map((state) => this.#row(state, seen)) };
  }

  batch(): Promise<CqlResult> {
    return Promise.reject(new Error('nothing is to be written'));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #row(state: StoredState, [current]: StoredState[]): Row {
    const written = BigInt(this.wroteAtMs) * 1000n;
    return { body: encodeState(current ?? state), version: current?.version, written, h_version: state.version, h_tag: state.tag, h_body: encodeState(state), h_written: written };
  }
}

function settlerOver(seen: Seen) {
  const changeLog = new ChangeLog({
    session: seen, keyspace: 'k', owner: 'provisioning', site: 'site-a', log: pino({ level: 'silent' }),
    kinds: [{ kind: 'user', published: true, listings: () => [] }],
  });
  const published: Change[] = [];
  const publisher: Publisher = {
    connected: true,
    close: () => Promise.resolve(),
    publish: async (_, messages) => void published.push(...messages.map(({ value }) => Change.decode(value))),
  };
  const metrics = createRelayMetrics(new Registry(), () => ({ openIntents: 0, holdsLease: true, watermarkAgeMs: 0, lastPollAgeMs: 0 }));
  return { settler: new IntentSettler({ changeLog: changeLog.parts, publisher, metrics }), published };
}

function anIntent(origin: 'site-a' | 'site-b'): OpenIntent {
  const intent = { id: 'i', origin, minute: Math.floor(atMs / MINUTE), atMs, operation };
  return { intent, seenAt: 0, spread: new Set(), tries: 0, dueAt: 0, blocked: false, isRenewed: false };
}

describe('an intent without its write', () => {
  test.each([
    ['site-a', 'of this site', 600_000],
    ['site-b', 'of another site', 60_000],
  ] as const)('%s, %s, is dropped after %i ms and not before', async (origin, _, limit) => {
    const { settler, published } = settlerOver(new Seen());
    expect(await settler.settle(anIntent(origin), limit - 1)).toBe(false);
    expect(await settler.settle(anIntent(origin), limit)).toBe(true);
    expect(published).toEqual([]);
  });

  test.each([['site-a', 'serial'], ['site-b', 'everywhere']] as const)('of %s is kept for as long as the %s read fails', async (origin, reach) => {
    const seen = new Seen();
    seen[reach] = undefined;
    const { settler } = settlerOver(seen);
    expect(await settler.settle(anIntent(origin), 23 * 60 * MINUTE)).toBe(false);
  });
});

describe('an intent whose write is there', () => {
  test('publishes what is current now', async () => {
    const seen = new Seen();
    seen.local = [aState({ version: 2, tag: 'later', parentTag: tag, body: { name: 'later' } }), aState()];
    const { settler, published } = settlerOver(seen);
    expect(await settler.settle(anIntent('site-a'), 0)).toBe(true);
    expect(published.map(({ tag: shown, version }) => [shown, version])).toEqual([['later', 2]]);
    expect(seen.renewed).toBe(0);
  });

  test('is found where only a quorum of every site has it', async () => {
    const seen = new Seen();
    seen.everywhere = [aState({ site: 'site-b' })];
    const { settler, published } = settlerOver(seen);
    expect(await settler.settle(anIntent('site-b'), 1_000)).toBe(false);
    expect(await settler.settle(anIntent('site-b'), 2_000)).toBe(true);
    expect(published).toHaveLength(1);
    expect(seen.renewed).toBe(0);
  });

  test('completed by our own serial read is told to the other sites again', async () => {
    const seen = new Seen();
    seen.serial = [aState()];
    const { settler, published } = settlerOver(seen);
    expect(await settler.settle(anIntent('site-a'), 5_000)).toBe(true);
    expect([published.length, seen.renewed]).toEqual([1, 1]);
  });

  test('made long after the intent is told again, but only by its own site', async () => {
    const seen = new Seen();
    seen.local = [aState()];
    seen.wroteAtMs = atMs + 30_000;
    const { settler } = settlerOver(seen);
    await settler.settle(anIntent('site-b'), 0);
    expect(seen.renewed).toBe(0);
    await settler.settle(anIntent('site-a'), 0);
    expect(seen.renewed).toBe(1);
  });
});
