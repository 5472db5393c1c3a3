import { describe, expect, it } from 'vitest';
import { hasMoved, isExpectedToSend, mayBeSentTo } from './remote.ts';
import type { RemoteMedia } from './session.ts';

const remote: RemoteMedia = { address: '192.0.2.7', port: 4000, codec: 'pcmu', payloadType: 0, direction: 'sendrecv' };

describe.each([
  { direction: 'sendrecv', sends: true, expects: true },
  { direction: 'recvonly', sends: true, expects: false },
  { direction: 'sendonly', sends: false, expects: true },
  { direction: 'inactive', sends: false, expects: false },
] as const)('who says $direction', ({ direction, sends, expects }) => {
  it(`is ${sends ? '' : 'not '}sent to`, () => expect(mayBeSentTo({ ...remote, direction })).toBe(sends));
  it(`is ${expects ? '' : 'not '}expected to send`, () => expect(isExpectedToSend({ ...remote, direction })).toBe(expects));
});

it.each([{ port: 0 }, { port: 70_000 }, { address: '0.0.0.0' }, { address: 'phone.example' }])('nothing is sent to %j', (parts) => {
  expect(mayBeSentTo({ ...remote, ...parts })).toBe(false);
});

it('moves with another address or port, but not by holding', () => {
  expect(hasMoved(undefined, remote)).toBe(true);
  expect(hasMoved(remote, { ...remote, direction: 'inactive' })).toBe(false);
  expect(hasMoved(remote, { ...remote, address: '0.0.0.0' })).toBe(false);
  expect(hasMoved(remote, { ...remote, port: 4002 })).toBe(true);
});
