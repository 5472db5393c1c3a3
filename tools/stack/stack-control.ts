import type { StackLayout } from './layout.ts';
import type { Part } from './part.ts';
import { serviceNames, type Environment, type ServiceName } from './service-environment.ts';
import { stackParts, type PartName } from './stack-parts.ts';
import type { Supervisor } from './supervisor.ts';

/** Parts of a running stack by name, for who breaks them on purpose: the stories, told by the tests and by the demo. */
export class StackControl {
  readonly #supervisor: Supervisor;
  readonly #changes = new Map<ServiceName, Environment>();
  #layout: StackLayout;
  #parts: Record<PartName, Part>;

  constructor(supervisor: Supervisor, layout: StackLayout) {
    this.#supervisor = supervisor;
    this.#layout = layout;
    this.#parts = this.#partsOf(layout);
  }

  get layout(): StackLayout {
    return this.#layout;
  }

  get parts(): Readonly<Record<PartName, Part>> {
    return this.#parts;
  }

  isRunning(name: PartName): boolean {
    return this.#supervisor.isRunning(name);
  }

  /** Orderly end (SIGTERM, SIGKILL after the part's limit). */
  stop(name: PartName): Promise<void> {
    return this.#supervisor.stop(name);
  }

  /** Does nothing when it runs; else resolves when it serves (services: alive, not yet ready). `env` is added to the service's own, for this run. */
  async start(name: PartName, env: Environment = {}): Promise<void> {
    if (this.#supervisor.isRunning(name)) return;
    if (isService(name)) this.#changes.set(name, env);
    await this.#supervisor.start(this.#parts[name]);
  }

  /** SIGKILL, SIGSTOP and SIGCONT also reach what the part forked; an ending signal resolves when it has ended. */
  signal(name: PartName, signal: NodeJS.Signals): Promise<void> {
    return this.#supervisor.signal(name, signal);
  }

  /** For the next starts; what runs is not touched. */
  useAsking(asking: StackLayout['asking']): void {
    this.#layout = { ...this.#layout, asking };
    this.#parts = this.#partsOf(this.#layout);
  }

  #partsOf(layout: StackLayout): Record<PartName, Part> {
    return stackParts(layout, (name) => this.#changes.get(name) ?? {});
  }
}

function isService(name: PartName): name is ServiceName {
  return (serviceNames as readonly string[]).includes(name);
}
