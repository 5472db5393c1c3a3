import { describe, expect, it } from 'vitest';
import { orderOf, runSteps, type Step } from './steps.ts';

const step = (name: string, needs: string[] = [], run: () => Promise<void> = async () => undefined): Step => ({ name, needs, run });

const gate = (): { promise: Promise<void>; resolve: () => void } => {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
};

describe('orderOf', () => {
  it('puts each step after what it needs', () => {
    expect(orderOf([step('c', ['b']), step('b', ['a']), step('a')])).toEqual(['a', 'b', 'c']);
  });

  it('refuses a circle', () => {
    expect(() => orderOf([step('a', ['b']), step('b', ['a'])])).toThrow('a -> b -> a');
  });

  it('refuses an unknown name', () => {
    expect(() => orderOf([step('a', ['x'])])).toThrow('a needs x');
  });
});

describe('runSteps', () => {
  it('runs side by side what does not need each other', async () => {
    const { promise, resolve } = gate();
    await runSteps([step('a', [], () => promise), step('b', [], async () => resolve())]);
  });

  it('begins nothing more after a failure, waits for what runs, and throws the failure', async () => {
    const seen: string[] = [];
    const { promise, resolve } = gate();
    const running = runSteps([
      step('slow', [], async () => {
        await promise;
        seen.push('slow ended');
      }),
      step('bad', [], async () => {
        queueMicrotask(resolve);
        throw new Error('no luck');
      }),
      step('next', ['slow'], async () => void seen.push('next began')),
    ]);
    await expect(running).rejects.toThrow('no luck');
    expect(seen).toEqual(['slow ended']);
  });

  it('lets running ones give up at the first failure', async () => {
    const { promise, resolve } = gate();
    const failing = step('bad', [], () => Promise.reject(new Error('no luck')));
    await expect(runSteps([step('long', [], () => promise), failing], resolve)).rejects.toThrow('no luck');
  });
});
