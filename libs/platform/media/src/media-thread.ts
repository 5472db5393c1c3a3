import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { DomainError } from '@sfs/kernel';
import { deferred, type Deferred } from './deferred.ts';
import type { FromWorker, SessionCommand, SessionReport, ToWorker, WorkerSetup, WorkerStats } from './messages.ts';
import { SessionProxy } from './session-proxy.ts';

/** a worker that does not end its sessions in this time is ended with them */
const CLOSE_MS = 1000;

interface Opening {
  readonly port: number;
  readonly opened: Deferred<SessionProxy | string>;
}

/** One worker and the sessions in it. When it dies its sessions are lost, and the next one to be opened starts it again. */
export class MediaThread {
  private readonly url: URL;
  private readonly setup: WorkerSetup;
  private readonly onFree: (port: number) => void;
  private readonly openings = new Map<number, Opening>();
  private readonly proxies = new Map<number, SessionProxy>();
  private readonly asked = new Map<number, Deferred<WorkerStats | undefined>>();
  private worker: Worker | undefined;
  private lastId = 0;
  private fault = 'it has ended';

  constructor(url: URL, setup: WorkerSetup, onFree: (port: number) => void) {
    this.url = url;
    this.setup = setup;
    this.onFree = onFree;
  }

  /** Those that are about to be opened count, too. */
  get sessions(): number {
    return this.proxies.size + this.openings.size;
  }

  /** The session, or why the port cannot be had. */
  open(port: number): Promise<SessionProxy | string> {
    const id = ++this.lastId;
    const opened = deferred<SessionProxy | string>();
    this.openings.set(id, { port, opened });
    this.tell(id, { kind: 'open', port });
    return opened.promise;
  }

  /** Undefined: it is not running. */
  stats(): Promise<WorkerStats | undefined> {
    if (!this.worker) return Promise.resolve(undefined);
    const id = ++this.lastId;
    const asked = deferred<WorkerStats | undefined>();
    this.asked.set(id, asked);
    this.worker.postMessage({ statsOf: id } satisfies ToWorker);
    return asked.promise;
  }

  async close(): Promise<void> {
    const closing = [...this.proxies.values()].map((proxy) => proxy.close());
    await Promise.race([Promise.all(closing), setTimeout(CLOSE_MS, undefined, { ref: false })]);
    await this.worker?.terminate();
  }

  /** Resolves when it is up, rejects when it cannot be started. */
  async start(): Promise<void> {
    const worker = (this.worker ??= this.run());
    await once(worker, 'online');
    if (!(await this.stats())) throw this.gone();
  }

  private tell(session: number, command: SessionCommand): void {
    (this.worker ??= this.run()).postMessage({ session, command } satisfies ToWorker);
  }

  private run(): Worker {
    const worker = new Worker(this.url, { workerData: this.setup, execArgv: [], name: 'media' });
    worker.unref();
    worker.on('message', (message: FromWorker) => {
      if ('statsOf' in message) {
        this.asked.get(message.statsOf)?.resolve(message.stats);
        this.asked.delete(message.statsOf);
      } else {
        this.receive(message.session, message.report);
      }
    });
    worker.on('error', (error) => {
      this.fault = String(error);
      process.emitWarning(`a media worker failed: ${this.fault}`, 'MediaWarning');
    });
    worker.on('exit', () => this.lost(worker));
    return worker;
  }

  private receive(id: number, report: SessionReport): void {
    const opening = this.openings.get(id);
    this.openings.delete(id);
    if (report.kind === 'refused') opening?.opened.resolve(report.code);
    else if (report.kind === 'event') this.proxies.get(id)?.receive(report.event);
    else if (report.kind === 'closed') this.proxies.get(id)?.closed(report.packets);
    else if (opening) opening.opened.resolve(this.proxyOf(id, opening.port));
  }

  private proxyOf(id: number, port: number): SessionProxy {
    const over = (): void => {
      this.proxies.delete(id);
      this.onFree(port);
    };
    const proxy = new SessionProxy(this.setup.host, port, (command) => this.tell(id, command), over);
    this.proxies.set(id, proxy);
    return proxy;
  }

  private lost(worker: Worker): void {
    if (this.worker === worker) this.worker = undefined;
    for (const { opened } of this.openings.values()) opened.reject(this.gone());
    this.openings.clear();
    for (const asked of this.asked.values()) asked.resolve(undefined);
    this.asked.clear();
    for (const proxy of [...this.proxies.values()]) proxy.lost();
  }

  private gone(): DomainError {
    return new DomainError('unavailable', 'media/worker-lost', `The media worker cannot be reached: ${this.fault}`);
  }
}
