import type { PlanStep } from './plan.ts';

export type Outcome = 'busy' | 'noAnswer' | 'unreachable' | 'reject';

/** More would not fit into one transaction of the proxy, and nobody waits that long. */
export const MAX_STEPS = 20;

export type MutableStep = { -readonly [K in keyof PlanStep]: PlanStep[K] };

/** The steps of one answer while it grows, with what each does in the words of the summary. */
export class StepList {
  readonly steps: MutableStep[] = [];
  private readonly words: string[] = [];

  /** Place of the new step; -1 when the answer is full. `words`: "1003" or "out by pstn". */
  add(step: MutableStep, words: string, diversion: string | undefined): number {
    if (this.steps.length >= MAX_STEPS) return -1;
    if (diversion !== undefined) step.diversion = diversion;
    this.words.push(words);
    return this.steps.push(step) - 1;
  }

  /** Only ever forward: a link back would let the proxy ring in circles. */
  link(from: number, outcome: Outcome, to: number): void {
    const step = this.steps[from];
    if (step && to > from) step[outcome] = to;
  }

  /** "Rings 1003, then takes a message" */
  inWords(): string {
    const first = this.words[0] ?? '';
    let text = /^\D+ /.test(first) ? `${first.charAt(0).toUpperCase()}${first.slice(1)}` : `Rings ${first}`;
    let told = first;
    let step = this.steps[0];
    while (step) {
      const then = step.noAnswer ?? step.unreachable;
      const next = then ?? step.busy;
      if (next === undefined) break;
      const words = this.words[next] ?? '';
      // the same at another replica of the same service is told once
      if (words !== told) text += `${then === undefined ? ', when busy ' : ', then '}${words}`;
      told = words;
      step = this.steps[next];
    }
    return text;
  }
}
