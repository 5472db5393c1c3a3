import { eventually } from '@sfs/testing';
import { expect, it } from 'vitest';
import { DirectoryWait } from './directory-wait.ts';

it('holds what needs the directory until it is loaded, in order', async () => {
  const directory = { isLoaded: false };
  const wait = new DirectoryWait(directory);
  const done: number[] = [];
  wait.whenLoaded(() => done.push(1));
  wait.whenLoaded(() => done.push(2));
  expect(done).toEqual([]);
  directory.isLoaded = true;
  wait.whenLoaded(() => done.push(3));
  await eventually('what waited', () => (done.length === 3 ? true : undefined));
  wait.whenLoaded(() => done.push(4));
  expect(done).toEqual([1, 2, 3, 4]);
});

it('forgets what waits when it stops', () => {
  const directory = { isLoaded: false };
  const wait = new DirectoryWait(directory);
  const done: number[] = [];
  wait.whenLoaded(() => done.push(1));
  wait.stop();
  directory.isLoaded = true;
  wait.whenLoaded(() => done.push(2));
  expect(done).toEqual([]);
});
