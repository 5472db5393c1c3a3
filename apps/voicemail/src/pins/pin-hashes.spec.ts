import { describe, expect, it } from 'vitest';
import { PinHashes } from './pin-hashes.ts';

const cheap = { memory: 64, passes: 1, atOnce: 2, waiting: 3 };
const pepper = Buffer.alloc(32, 1);

describe('hashes of PINs', () => {
  it('tell the right one from others', async () => {
    const hashes = new PinHashes(pepper, cheap);
    const stored = await hashes.hash('830174');
    expect(await hashes.verify('830174', stored)).toBe(true);
    expect(await hashes.verify('830175', stored)).toBe(false);
    expect(await hashes.verify('830174', undefined)).toBe(false);
  });

  it('are worth nothing without the pepper', async () => {
    const stored = await new PinHashes(pepper, cheap).hash('830174');
    expect(await new PinHashes(Buffer.alloc(32, 2), cheap).verify('830174', stored)).toBe(false);
  });

  it('refuse a flood and go on afterwards', async () => {
    const hashes = new PinHashes(pepper, cheap);
    const stored = await hashes.hash('830174');
    const answers = await Promise.allSettled(Array.from({ length: 8 }, () => hashes.verify('830174', stored)));
    expect(answers.filter(({ status }) => status === 'rejected').map((answer) => (answer as PromiseRejectedResult).reason.code)).toEqual(['pins/busy', 'pins/busy', 'pins/busy']);
    expect(await hashes.verify('830174', stored)).toBe(true);
  });
});
