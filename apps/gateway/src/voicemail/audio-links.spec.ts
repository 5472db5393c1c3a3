import { describe, expect, it } from 'vitest';
import { AudioLinks, type Listening } from './audio-links.ts';

const listening: Listening = { tenant: 'default', mailbox: '1002', messageId: '5f0e9b30-c9f1-11f0-8de9-0242ac120000', listener: 'owner', login: 'ada' };
const MINUTE_MS = 60_000;

function linksAt(start = 0) {
  const clock = { now: start };
  return { clock, links: new AudioLinks('a pepper of sixteen', () => clock.now) };
}

describe('AudioLinks', () => {
  it('open what they were issued for, at any gateway with the same pepper', () => {
    const { token, expiresAt } = linksAt().links.issue(listening);
    expect(linksAt().links.open(token)).toEqual(listening);
    expect(expiresAt).toBe('1970-01-01T00:05:00.000Z');
  });

  it('expire after five minutes, in words', () => {
    const { clock, links } = linksAt();
    const { token } = links.issue(listening);
    clock.now = 5 * MINUTE_MS - 1;
    expect(links.open(token)).toEqual(listening);
    clock.now += 1;
    expect(() => links.open(token)).toThrow(expect.objectContaining({ kind: 'denied', code: 'messages/link-expired' }));
  });

  it('do not open under another pepper', () => {
    const { token } = linksAt().links.issue(listening);
    expect(() => new AudioLinks('another pepper, long', () => 0).open(token)).toThrow(expect.objectContaining({ kind: 'not-found', code: 'messages/link-unknown' }));
  });

  it('say nothing of the message but its ids', () => {
    const { token } = linksAt().links.issue(listening);
    expect(JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())).toEqual(['default', '1002', listening.messageId, 'owner', 'ada', 5 * MINUTE_MS]);
  });

  it('are short enough for a path, with the longest names', () => {
    const { token } = linksAt().links.issue({ ...listening, tenant: 't'.repeat(63), mailbox: '9'.repeat(16), listener: 'administrator', login: `token:${'ü'.repeat(64)}` });
    expect(token.length).toBeLessThan(1024);
    expect(linksAt().links.open(token).login).toBe(`token:${'ü'.repeat(64)}`);
  });
});
