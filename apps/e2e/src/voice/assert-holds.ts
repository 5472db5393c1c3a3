import assert from 'node:assert/strict';
import { readCodeWords } from '@sfs/testing';

/** The audio holds code words in a row from `first` on, exactly `count` of them if that is given; how many it holds. */
export function assertHolds(audio: Uint8Array, count?: number, first = 0): number {
  const { numbers } = readCodeWords(audio);
  const wrong = numbers.findIndex((number, index) => number !== first + index);
  assert.ok(wrong < 0, `frame ${wrong} is ${numbers[wrong] ?? 'no code word'}, not ${first + wrong} (${numbers.length} frames)`);
  assert.equal(numbers.length, count ?? numbers.length, 'code words in the audio');
  return numbers.length;
}
