import { DomainError } from '@sfs/kernel';
import { describe, expect, it } from 'vitest';
import { roomFinder, type RoomSources } from './find-room.ts';

const away = () => Promise.reject(new DomainError('unavailable', 'store/away', 'The store is away'));
const room = (more: Partial<RoomSources>) =>
  roomFinder({ read: away, remembered: () => undefined, isOwned: () => false, remembersAll: () => false, ...more })('default', '1002');

describe('the room of a mailbox', () => {
  it('is what the store says, if it says something', async () => {
    expect(await room({ read: () => Promise.resolve({ settings: { maxMessages: 3 }, kept: 2 }) })).toEqual({ maxMessages: 3, maxMessageSeconds: 180, kept: 2 });
    expect(await room({ read: () => Promise.resolve(undefined), isOwned: () => true })).toBeUndefined();
  });

  it('is what is remembered while the store is away, or what every mailbox has', async () => {
    expect(await room({ remembered: () => ({ maxMessageSeconds: 30 }) })).toEqual({ maxMessages: 10, maxMessageSeconds: 30, kept: 0 });
    expect(await room({ isOwned: () => true })).toEqual({ maxMessages: 10, maxMessageSeconds: 180, kept: 0 });
  });

  it('is none for a number that is not among all mailboxes', async () => {
    expect(await room({ remembersAll: () => true })).toBeUndefined();
  });

  it('is not guessed when nobody knows', async () => {
    await expect(room({})).rejects.toMatchObject({ kind: 'unavailable' });
  });
});
