import { Cancelled } from './stack-error.ts';

export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** One line for each step that ends, with its duration; on a terminal also a last line that shows what runs now. */
export class Progress {
  readonly #out: Output;
  readonly #running = new Map<string, number>();
  readonly #began = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #shown = false;

  constructor(out: Output) {
    this.#out = out;
  }

  get elapsedMs(): number {
    return performance.now() - this.#began;
  }

  async step<T>(title: string, work: () => Promise<T>, detail: (value: T) => string = () => ''): Promise<T> {
    const began = performance.now();
    this.#running.set(title, began);
    this.#show();
    try {
      const value = await work();
      this.#end(title, began, 'ok', detail(value));
      return value;
    } catch (error) {
      if (isCancellation(error)) this.#running.delete(title);
      else this.#end(title, began, 'FAILED', '');
      throw error;
    }
  }

  say(text: string): void {
    this.#clear();
    this.#out.write(`${text}\n`);
    this.#show();
  }

  #end(title: string, began: number, outcome: 'ok' | 'FAILED', detail: string): void {
    this.#running.delete(title);
    const mark = outcome === 'ok' ? '  ' : '! ';
    this.say(`${mark}${title.padEnd(24)} ${seconds(performance.now() - began).padStart(7)}  ${outcome === 'ok' ? detail : outcome}`.trimEnd());
  }

  #show(): void {
    if (!this.#out.isTTY) return;
    if (this.#running.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      return;
    }
    this.#timer ??= setInterval(() => this.#show(), 250).unref();
    this.#clear();
    const now = [...this.#running].map(([title, began]) => `${title} ${seconds(performance.now() - began)}`).join(' · ');
    this.#out.write(`… ${now}`.slice(0, (this.#out.columns ?? 80) - 1));
    this.#shown = true;
  }

  #clear(): void {
    if (this.#shown) this.#out.write('\r\u001b[2K');
    this.#shown = false;
  }
}

function isCancellation(error: unknown): boolean {
  return error instanceof Cancelled || (error instanceof Error && error.name === 'AbortError');
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
