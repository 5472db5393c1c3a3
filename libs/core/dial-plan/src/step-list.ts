import type { PlanStep } from './plan.ts';

export type Outcome = 'busy' | 'noAnswer' | 'unreachable' | 'reject';

/** More would not fit into one transaction of the proxy, and nobody waits that long. */
export const MAX_STEPS = 20;

export type MutableStep = { -readonly [K in keyof PlanStep]: PlanStep[K] };

/** The steps of one answer while it grows, with what each does in the words of the summary. */
export class StepList {
  readonly steps: MutableStep[] = [];
  readonly words: string[] = [];

  /** Place of the new step; -1 when the answer is full. */
  add(step: MutableStep, words: string): number {
    if (this.steps.length >= MAX_STEPS) return -1;
    this.words.push(words);
    return this.steps.push(step) - 1;
  }

  /** Only ever forward: a link back would let the proxy ring in circles. */
  link(from: number, outcome: Outcome, to: number): void {
    const step = this.steps[from];
    if (step && to > from) step[outcome] = to;
  }

  /** "Rings 1003, then 1004" */
  inWords(): string {
    let text = this.words[0] ?? '';
    let step = this.steps[0];
    for (let hops = 0; step && hops < MAX_STEPS; hops += 1) {
      const next = step.noAnswer ?? step.unreachable ?? step.busy;
      if (next === undefined) break;
      const words = this.words[next] ?? '';
      text += `${step.noAnswer === undefined && step.unreachable === undefined ? ', when busy ' : ', then '}${words.replace(/^Rings /, '').replace(/^Out/, 'out')}`;
      step = this.steps[next];
    }
    return text;
  }
}
