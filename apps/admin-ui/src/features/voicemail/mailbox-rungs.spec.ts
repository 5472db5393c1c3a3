import type { Mailbox } from '@sfs/rest-contract';
import { describe, expect, it } from 'vitest';
import { effectiveWith, rungsOf, withSetting } from './mailbox-rungs.ts';

const mailbox = {
  effective: { maxMessages: { value: 20, origin: 'mailbox', layers: [{ layer: 'system', value: 10 }, { layer: 'mailbox', value: 20 }] } },
} as unknown as Pick<Mailbox, 'effective'>;

describe('a setting of a mailbox', () => {
  it('is what is set here, else what is set above', () => {
    expect(effectiveWith(mailbox, { maxMessages: 30 }, 'maxMessages')).toEqual({ value: 30, inherited: 10 });
    expect(effectiveWith(mailbox, {}, 'maxMessages')).toEqual({ value: 10, inherited: 10 });
  });

  it('shows the draft in its ladder, not what is saved', () => {
    expect(rungsOf(mailbox, {}, 'maxMessages')).toMatchObject([{ name: 'System', wins: true, words: '10' }, { name: 'This mailbox', set: false, wins: false }]);
    expect(rungsOf(mailbox, { maxMessages: 30 }, 'maxMessages')).toMatchObject([{ set: true, wins: false }, { wins: true, words: '30' }]);
  });

  it('follows again when its key is gone', () => {
    expect(withSetting({ maxMessages: 30, timeZone: 'UTC' }, 'maxMessages', undefined)).toEqual({ timeZone: 'UTC' });
    expect(withSetting({}, 'administratorMayListen', false)).toEqual({ administratorMayListen: false });
  });
});
