import { StackError } from './stack-error.ts';

/** A step of a start: begins as soon as the steps it needs are done. */
export interface Step {
  readonly name: string;
  readonly needs: readonly string[];
  run(): Promise<void>;
}

/** Names in an order in which each comes after what it needs; a circle or an unknown name is a mistake. */
export function orderOf(steps: readonly Pick<Step, 'name' | 'needs'>[]): string[] {
  const byName = new Map(steps.map((step) => [step.name, step]));
  const order: string[] = [];
  const visit = (name: string, path: readonly string[]): void => {
    if (order.includes(name)) return;
    if (path.includes(name)) throw new StackError(`steps need each other: ${[...path, name].join(' -> ')}`);
    const step = byName.get(name);
    if (!step) throw new StackError(`${path.at(-1)} needs ${name}, which is no step`);
    step.needs.forEach((need) => visit(need, [...path, name]));
    order.push(name);
  };
  steps.forEach(({ name }) => visit(name, []));
  return order;
}

/**
 * Runs all, side by side where the needs allow. After the first failure nothing more begins; `onFailure` may make the running ones give up,
 * and once they have ended the failure is thrown.
 */
export async function runSteps(steps: readonly Step[], onFailure: () => void = () => undefined): Promise<void> {
  const order = orderOf(steps);
  const byName = new Map(steps.map((step) => [step.name, step]));
  const outcomes = new Map<string, Promise<boolean>>();
  let failure: unknown;
  const fail = (error: unknown): void => {
    if (failure !== undefined) return;
    failure = error;
    onFailure();
  };
  for (const name of order) {
    const step = byName.get(name) as Step;
    const needed = step.needs.map((need) => outcomes.get(need) ?? false);
    outcomes.set(name, runAfter(step, needed, fail, () => failure !== undefined));
  }
  await Promise.all(outcomes.values());
  if (failure !== undefined) throw failure;
}

async function runAfter(step: Step, needed: readonly (Promise<boolean> | boolean)[], onFailure: (error: unknown) => void, failed: () => boolean): Promise<boolean> {
  const done = await Promise.all(needed);
  if (done.includes(false) || failed()) return false;
  try {
    await step.run();
    return true;
  } catch (error) {
    onFailure(error);
    return false;
  }
}
