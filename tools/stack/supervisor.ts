import { Child, lastLines, type Exit } from './child.ts';
import { endLeftovers } from './leftovers.ts';
import type { Part } from './part.ts';
import { Cancelled, StackError } from './stack-error.ts';
import { waitFor } from './wait-for.ts';

export interface SupervisorOptions {
  /** the stack's data folder: names what is ours */
  readonly owner: string;
  readonly logDir: string;
  /** a part that had become ready has ended and nobody asked for it */
  readonly onDeath: (name: string, message: string) => void;
}

/** Starts parts, waits until they serve, watches them, and ends them in reverse order. */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #parts = new Map<string, Part>();
  readonly #children = new Map<string, Child>();
  readonly #stopping = new AbortController();

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  /** Resolves when the part serves; a part that dies before fails at once. */
  async start(part: Part): Promise<void> {
    this.#stopping.signal.throwIfAborted();
    this.#parts.set(part.name, part);
    const command = await part.prepare();
    this.#stopping.signal.throwIfAborted();
    const child = new Child(command, `${this.#options.logDir}/${part.name}.log`, this.#options.owner);
    this.#children.set(part.name, child);
    await this.#untilReady(part, child);
    void child.exited.then((exit) => this.#onExit(part.name, child, exit));
  }

  pidOf(name: string): number {
    return this.#child(name).pid;
  }

  logOf(name: string): string {
    return `${this.#options.logDir}/${name}.log`;
  }

  isRunning(name: string): boolean {
    return this.#children.get(name)?.running ?? false;
  }

  /** A signal to the part and all it forked, as a test sends it; SIGKILL and SIGTERM are then expected ends. */
  async signal(name: string, signal: NodeJS.Signals): Promise<void> {
    const child = this.#child(name);
    const asksToEnd = signal === 'SIGTERM' || signal === 'SIGINT';
    if (asksToEnd || signal === 'SIGKILL') this.#children.delete(name);
    child.signal(signal, asksToEnd ? 'process' : 'group');
    if (asksToEnd || signal === 'SIGKILL') await child.exited;
  }

  async stop(name: string): Promise<void> {
    const child = this.#children.get(name);
    if (!child) return;
    this.#children.delete(name);
    await child.stop(this.#parts.get(name)?.stopLimitMs ?? 0);
  }

  /** Aborted once starting is given up. */
  get cancelled(): AbortSignal {
    return this.#stopping.signal;
  }

  /** Gives up what is just being started; nothing can be started any more. */
  cancel(): void {
    this.#stopping.abort(new Cancelled());
  }

  async stopAll(onStep: (name: string) => void = () => undefined): Promise<void> {
    this.cancel();
    // in the order of first starts, also for parts that were started again since
    for (const name of [...this.#parts.keys()].reverse().filter((each) => this.#children.has(each))) {
      onStep(name);
      await this.stop(name);
    }
    await endLeftovers(this.#options.owner);
  }

  async #untilReady(part: Part, child: Child): Promise<void> {
    const died = child.exited.then((exit) => {
      throw new StackError(this.#deathOf(part.name, exit));
    });
    died.catch(() => undefined);
    const ready = waitFor(() => part.isReady(), {
      what: `${part.name} serves (its log: ${child.logPath})`,
      limitMs: part.readyLimitMs,
      intervalMs: 150,
      signal: this.#stopping.signal,
    });
    ready.catch(() => undefined);
    await Promise.race([ready, died]);
  }

  #onExit(name: string, child: Child, exit: Exit): void {
    if (this.#children.get(name) !== child) return;
    this.#children.delete(name);
    this.#options.onDeath(name, this.#deathOf(name, exit));
  }

  #deathOf(name: string, { code, signal }: Exit): string {
    const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
    const path = this.logOf(name);
    return [`${name} ${how}; read ${path}`, ...lastLines(path, 5).map((line) => `  | ${line.slice(0, 300)}`)].join('\n');
  }

  #child(name: string): Child {
    const child = this.#children.get(name);
    if (!child) throw new StackError(`${name} is not running`);
    return child;
  }
}
