import { parseUri } from '@sfs/sip';
import { expect, it } from 'vitest';
import { readTarget } from './read-target.ts';

function targetOf(uri: string): ReturnType<typeof readTarget> {
  const parsed = parseUri(uri);
  if (!parsed) throw new Error(`no URI: ${uri}`);
  return readTarget(parsed);
}

it.each(['all', 'busy', 'no-answer', 'unreachable', 'direct'])('reads a deposit because of %s', (reason) => {
  expect(targetOf(`sip:deposit@127.0.0.1:5070;sfs-tenant=default;sfs-mailbox=1002;sfs-reason=${reason}`)).toEqual({ ok: true, value: { kind: 'deposit', tenant: 'default', mailbox: '1002', reason } });
});

it('reads an access call of an own and of a foreign phone', () => {
  expect(targetOf('sip:access@127.0.0.1:5070;sfs-tenant=default;sfs-mailbox=1002')).toEqual({ ok: true, value: { kind: 'access', tenant: 'default', mailbox: '1002' } });
  expect(targetOf('sip:access@127.0.0.1:5070;sfs-tenant=default')).toEqual({ ok: true, value: { kind: 'access', tenant: 'default', mailbox: undefined } });
});

it('reads what is escaped', () => {
  expect(targetOf('sip:%64eposit@h;sfs-tenant=site%2Da;sfs-mailbox=%31002;sfs-reason=no%2Danswer')).toEqual({ ok: true, value: { kind: 'deposit', tenant: 'site-a', mailbox: '1002', reason: 'no-answer' } });
});

it.each([
  'sip:deposit@h',
  'sip:h;sfs-tenant=default',
  'sip:1002@h;sfs-tenant=default;sfs-mailbox=1002;sfs-reason=busy',
  'sip:deposit@h;sfs-tenant=default;sfs-reason=busy',
  'sip:deposit@h;sfs-tenant=default;sfs-mailbox=1002',
  'sip:deposit@h;sfs-tenant=default;sfs-mailbox=1002;sfs-reason=bored',
  'sip:deposit@h;sfs-tenant=default;sfs-mailbox=1002%00;sfs-reason=busy',
  'sip:deposit@h;sfs-tenant=../x;sfs-mailbox=1002;sfs-reason=busy',
  'sip:access@h;sfs-tenant=default;sfs-mailbox=12345678901234567',
  'sip:access@h;sfs-tenant=',
])('%s leads nowhere', (uri) => {
  expect(targetOf(uri).ok).toBe(false);
});
