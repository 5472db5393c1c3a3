import { Worker } from 'node:worker_threads';
import type { CompiledPlan, PlanIssue, PlanSource } from '@sfs/dial-plan';

export type CompileResult = { readonly ok: true; readonly value: CompiledPlan } | { readonly ok: false; readonly error: readonly PlanIssue[] };

export interface CompileRequest {
  readonly id: number;
  readonly source: PlanSource;
}

export interface CompileReply {
  readonly id: number;
  readonly result: CompileResult;
}

/** Where the worker's file lies; in a build beside main.js. */
export interface WorkerEntry {
  readonly url: URL;
  readonly execArgv?: readonly string[];
}

/** Compiles plans in a thread of its own: a plan of 100,000 patterns takes long, and calls are answered meanwhile. */
export class PlanCompiler {
  private readonly entry: WorkerEntry;
  private readonly waiting = new Map<number, { resolve(result: CompileResult): void; reject(error: Error): void }>();
  private worker: Worker | undefined;
  private lastId = 0;
  private closed = false;

  constructor(entry: WorkerEntry) {
    this.entry = entry;
  }

  compile(source: PlanSource): Promise<CompileResult> {
    if (this.closed) return Promise.reject(new Error('the compiler is closed'));
    const worker = (this.worker ??= this.start());
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      worker.postMessage({ id, source } satisfies CompileRequest);
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.worker?.terminate();
  }

  private start(): Worker {
    const worker = new Worker(this.entry.url, this.entry.execArgv ? { execArgv: [...this.entry.execArgv] } : {});
    worker.unref();
    worker.on('message', ({ id, result }: CompileReply) => {
      this.waiting.get(id)?.resolve(result);
      this.waiting.delete(id);
    });
    worker.on('error', (error) => this.lost(error));
    worker.on('exit', () => this.lost(new Error('the compiler thread ended')));
    return worker;
  }

  /** Whoever waits may ask again: the next request starts a new thread. */
  private lost(error: unknown): void {
    this.worker = undefined;
    const cause = error instanceof Error ? error : new Error(String(error));
    for (const { reject } of this.waiting.values()) reject(cause);
    this.waiting.clear();
  }
}
