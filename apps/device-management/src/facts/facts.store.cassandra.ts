import { numberOf, textOf, type BatchEntry, type CqlSession, type Row, type Statement } from '@sfs/cassandra';
import type { DeviceStatus, StatusPart } from './device-status.ts';
import type { EventKind, RequestOutcome, SweepSeen } from './facts.port.ts';
import { addEvent, dropStatus, dropWaiting, putSweep, putWaiting, readEvents, readEventsBefore, readStatus, readStatuses, readSweeps, readWaiting, readWaitingPhone, writeDeclared, writeFetched, writeNotified, writeSeen, writeUsed } from './facts.cql.ts';
import type { EventPage, FactsStore, StoredEvent, StoredStatus } from './facts.store.ts';
import type { WaitingDevice } from './waiting-list.ts';

const SCAN_PAGE = 1_000;
const DAY_MS = 86_400_000;
const DAYS_KEPT = 30;

export class CassandraFacts implements FactsStore {
  readonly #session: CqlSession;
  /** throws while the keyspace does not fit */
  readonly #ready: () => Promise<void>;

  constructor(session: CqlSession, ready: () => Promise<void>) {
    this.#session = session;
    this.#ready = ready;
  }

  async addEvent(event: StoredEvent): Promise<void> {
    const { tenant, mac, id, kind, subject = '', status = 0, outcome, address = '', userAgent = '', sizeBytes = 0, revision = 0, actor = '', hint = '' } = event;
    await this.#execute(addEvent, [tenant, mac, id, kind, subject, status, outcome ?? '', address, userAgent, sizeBytes, revision, actor, hint]);
  }

  async events(tenant: string, mac: string, { size, before }: { size: number; before: string }): Promise<EventPage> {
    const rows = before === '' ? await this.#execute(readEvents, [tenant, mac, size + 1]) : await this.#execute(readEventsBefore, [tenant, mac, before, size + 1]);
    const events = rows.slice(0, size).map((row) => eventOf(tenant, mac, row));
    return { events, nextPageToken: rows.length > size ? (events.at(-1)?.id ?? '') : '' };
  }

  async writeStatus({ tenant, mac }: { tenant: string; mac: string }, parts: ReadonlySet<StatusPart>, status: DeviceStatus): Promise<void> {
    await this.#ready();
    await this.#session.batch([...parts].map((part) => entryOf(tenant, mac, part, status)));
  }

  async readStatus(tenant: string, mac: string): Promise<DeviceStatus | undefined> {
    const [row] = await this.#execute(readStatus, [tenant, mac]);
    return row === undefined ? undefined : statusOf(row);
  }

  async dropStatus(tenant: string, mac: string): Promise<void> {
    await this.#execute(dropStatus, [tenant, mac]);
  }

  async *statuses(): AsyncGenerator<StoredStatus> {
    for await (const row of this.#scan(readStatuses)) yield { tenant: textOf(row, 'tenant'), mac: textOf(row, 'mac'), status: statusOf(row) };
  }

  async putWaiting({ tenant, mac, vendor, model, firmware, address, userAgent, firstSeenAt, lastSeenAt }: WaitingDevice): Promise<void> {
    await this.#execute(putWaiting, [tenant, mac, vendor, model, firmware, address, userAgent, bigint(firstSeenAt), bigint(lastSeenAt)]);
  }

  async dropWaiting(tenant: string, mac: string): Promise<void> {
    await this.#execute(dropWaiting, [tenant, mac]);
  }

  async readWaiting(tenant: string, mac: string): Promise<WaitingDevice | undefined> {
    const [row] = await this.#execute(readWaitingPhone, [tenant, mac]);
    return row === undefined ? undefined : waitingOf(row);
  }

  async *waiting(): AsyncGenerator<WaitingDevice> {
    for await (const row of this.#scan(readWaiting)) yield waitingOf(row);
  }

  async putSweep({ address, beganAt, lastAt, macs, refused }: SweepSeen): Promise<void> {
    await this.#execute(putSweep, [dayOf(beganAt), bigint(beganAt), address, bigint(lastAt), macs, refused]);
  }

  async sweeps(now: number, most: number): Promise<readonly SweepSeen[]> {
    const days = Array.from({ length: DAYS_KEPT + 1 }, (_, index) => dayOf(now - index * DAY_MS));
    const pages = await Promise.all(days.map((day) => this.#execute(readSweeps, [day, most])));
    return pages.flat().map(sweepOf).slice(0, most);
  }

  async #execute(statement: Statement, params: readonly unknown[]): Promise<readonly Row[]> {
    await this.#ready();
    return (await this.#session.execute(statement, params)).rows;
  }

  async *#scan(statement: Statement): AsyncGenerator<Row> {
    await this.#ready();
    let state: string | undefined;
    do {
      const page = await this.#session.execute(statement, [], { size: SCAN_PAGE, ...(state === undefined ? {} : { state }) });
      yield* page.rows;
      state = page.pageState;
    } while (state !== undefined);
  }
}

const bigint = (epochMs: number): bigint => BigInt(Math.trunc(epochMs));
const dayOf = (epochMs: number): string => new Date(epochMs).toISOString().slice(0, 10);

function entryOf(tenant: string, mac: string, part: StatusPart, status: DeviceStatus): BatchEntry {
  const at = (epochMs: number): bigint => bigint(epochMs) * 1000n;
  switch (part) {
    case 'seen':
      return { statement: writeSeen, params: [tenant, mac, bigint(status.firstSeenAt), bigint(status.lastSeenAt), status.lastAddress, status.userAgent, status.firmware, at(status.lastSeenAt)] };
    case 'fetched':
      return { statement: writeFetched, params: [tenant, mac, status.runningRevision, bigint(status.fetchedAt), at(status.fetchedAt)] };
    case 'used':
      return { statement: writeUsed, params: [tenant, mac, status.usedGeneration] };
    case 'declared':
      return { statement: writeDeclared, params: [tenant, mac, status.declaredRevision, bigint(status.declaredAt), at(status.declaredAt)] };
    case 'notified':
      return { statement: writeNotified, params: [tenant, mac, bigint(status.notifiedAt), status.notifyStatus, at(status.notifiedAt)] };
  }
}

function statusOf(row: Row): DeviceStatus {
  const number = (column: string): number => numberOf(row, column) ?? 0;
  return {
    firstSeenAt: number('first_seen_at'),
    lastSeenAt: number('last_seen_at'),
    lastAddress: textOf(row, 'last_address'),
    userAgent: textOf(row, 'user_agent'),
    firmware: textOf(row, 'firmware'),
    declaredRevision: number('declared_revision'),
    declaredAt: number('declared_at'),
    runningRevision: number('running_revision'),
    fetchedAt: number('fetched_at'),
    usedGeneration: number('used_generation'),
    notifiedAt: number('notified_at'),
    notifyStatus: number('notify_status'),
  };
}

function waitingOf(row: Row): WaitingDevice {
  const text = (column: string): string => textOf(row, column);
  return {
    tenant: text('tenant'),
    mac: text('mac'),
    vendor: text('vendor'),
    model: text('model'),
    firmware: text('firmware'),
    address: text('address'),
    userAgent: text('user_agent'),
    firstSeenAt: numberOf(row, 'first_seen_at') ?? 0,
    lastSeenAt: numberOf(row, 'last_seen_at') ?? 0,
  };
}

function eventOf(tenant: string, mac: string, row: Row): StoredEvent {
  const text = (column: string): string => textOf(row, column);
  const number = (column: string): number => numberOf(row, column) ?? 0;
  const outcome = text('outcome');
  return {
    tenant,
    mac,
    id: text('id'),
    kind: text('kind') as EventKind,
    subject: text('subject'),
    status: number('status'),
    ...(outcome === '' ? {} : { outcome: outcome as RequestOutcome }),
    address: text('address'),
    userAgent: text('user_agent'),
    sizeBytes: number('size_bytes'),
    revision: number('revision'),
    actor: text('actor'),
    hint: text('hint'),
  };
}

function sweepOf(row: Row): SweepSeen {
  const number = (column: string): number => numberOf(row, column) ?? 0;
  return { address: textOf(row, 'address'), beganAt: number('began_at'), lastAt: number('last_at'), macs: number('macs'), refused: number('refused') };
}
