import type { Logger } from 'pino';
import { find } from '../entities/bodies.ts';
import type { EntityStore } from '../entities/entities.store.ts';
import { LISTS } from '../entities/entity-kinds.ts';
import { getSwitch } from '../entities/existing.ts';
import { readList } from '../entities/read-list.ts';
import type { Envelope } from '../secrets/envelope.ts';
import { DoorQueue, type DoorStatus } from './door-queue.ts';
import { ha1Of } from './ha1.ts';
import { RefusedByDoor, type RegistrarDoor } from './registrar.client.ts';

export interface RegistrarOptions {
  readonly store: EntityStore;
  readonly envelope: Envelope;
  /** by switch id */
  readonly doors: ReadonlyMap<string, RegistrarDoor>;
  readonly log: Logger;
  readonly reconcileMs?: number;
  /** how long a change waits for the registrar before it is answered all the same */
  readonly patienceMs?: number;
}

const RECONCILE_MS = 30_000;
const PATIENCE_MS = 1_000;
/** A registrar that was set up anew has all its credentials again after this many reconciliations. */
const FULL_EVERY = 20;

/**
 * Keeps the registrars' credentials as they are stored: on each change, at start, and again and again. Another replica's changes and what was missed
 * while a registrar was away come with the next reconciliation. A switch without a door is left alone.
 */
export class RegistrarService {
  private readonly options: RegistrarOptions;
  private readonly queues = new Map<string, DoorQueue>();
  private timer: NodeJS.Timeout | undefined;
  private rounds = 0;
  private reconciling: Promise<void> | undefined;
  private stopped = false;

  constructor(options: RegistrarOptions) {
    this.options = options;
    for (const [switchId, door] of options.doors) {
      this.queues.set(switchId, new DoorQueue({ switchId, log: options.log, handOver: (key) => this.handOver(door, key) }));
    }
  }

  start(): void {
    this.schedule(0);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await Promise.all([...this.queues.values()].map((queue) => queue.stop()));
    await this.reconciling;
  }

  async credentialChanged(tenant: string, numberId: string): Promise<void> {
    const queue = this.queues.get(switchOf(numberId));
    if (!queue) return;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, this.options.patienceMs ?? PATIENCE_MS)));
    await Promise.race([queue.push(`${tenant}/${numberId}`), patience]);
    clearTimeout(timer);
  }

  status(): ReadonlyMap<string, DoorStatus> {
    return new Map([...this.queues].map(([switchId, queue]) => [switchId, queue.status()]));
  }

  private schedule(ms: number): void {
    if (this.stopped || this.queues.size === 0) return;
    this.timer = setTimeout(() => {
      this.reconciling = this.reconcile().then(
        () => this.schedule(this.options.reconcileMs ?? RECONCILE_MS),
        (error: unknown) => {
          this.options.log.warn({ cause: error instanceof Error ? error.message : String(error) }, 'credentials cannot be compared now');
          this.schedule(1_000);
        },
      );
    }, ms);
  }

  private async reconcile(): Promise<void> {
    for (const [switchId, queue] of this.queues) {
      if (this.rounds % FULL_EVERY === 0) queue.forget();
      const tenant = await this.options.store.findName('switch', switchId);
      if (tenant === undefined) continue;
      const credentials = await readList(this.options.store, tenant, 'sip-credential', LISTS.credentialsOf(switchId));
      for (const { id, tag } of credentials) queue.ensure(`${tenant}/${id}`, tag);
    }
    this.rounds += 1;
  }

  /** Reads what is stored now: an older state that was on its way never overwrites a newer one for good. */
  private async handOver(door: RegistrarDoor, key: string): Promise<string> {
    const { store, envelope } = this.options;
    const at = key.indexOf('/');
    const [tenant, id] = [key.slice(0, at), key.slice(at + 1)];
    const credential = await find(store, tenant, 'sip-credential', id);
    if (!credential) return '';
    const { switchId, number, sealed } = credential.body;
    if (sealed === '') {
      await door.remove(number);
      return credential.tag;
    }
    const { body: home } = await getSwitch(store, tenant, switchId);
    await door.put(number, ha1Of(number, home.sipDomain, opened(envelope, sealed, key)));
    return credential.tag;
  }
}

function switchOf(numberId: string): string {
  return numberId.slice(0, numberId.indexOf('/'));
}

function opened(envelope: Envelope, sealed: string, place: string): string {
  try {
    return envelope.open(sealed, place);
  } catch (error) {
    throw new RefusedByDoor('the envelope key does not open this password', { cause: error });
  }
}
