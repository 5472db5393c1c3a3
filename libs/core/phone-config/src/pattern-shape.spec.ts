import { expect, it } from 'vitest';
import { shapeOf } from './pattern-shape.ts';

const ASCII = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).filter((one) => one !== '\n' && one !== '\r');

it.each(['a', 'Z', '\\(', '\\.', '.', '\\d', '\\w', '\\s', '[abc]', '[a-f0-9:]', '[^)\\]-]', '[\\w.-]', '[+\\-x]', '[ -/]', '[^\\d]', '[.]', '[$^]'])('%s is read as the characters it matches', (source) => {
  const [one] = shapeOf(source);
  const pattern = new RegExp(`^${source}$`, 'i');
  expect(one?.kind === 'one' ? ASCII.filter((character) => one.set.has(character)) : []).toEqual(ASCII.filter((character) => pattern.test(character)));
});

it.each([['a', 1, false], ['a?', 0, true], ['a*', 0, true], ['a+', 1, true], ['a{3}', 3, false], ['a{2,3}', 2, true], ['a{0,}', 0, true]])('%s comes at least %i times', (source, min, isVariable) => {
  expect(shapeOf(source)).toMatchObject([{ min, isVariable }]);
});
