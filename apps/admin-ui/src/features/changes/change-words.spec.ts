import type { Change } from '@sfs/rest-contract';
import { describe, expect, it } from 'vitest';
import { diffChange, silenceOf, subjectOf, verbOf } from './change-words.ts';

const change = (part: Partial<Change>): Change => ({ time: '2026-11-25T02:00:00Z', actor: 'admin', owner: 'provisioning', kind: 'user', entityId: 'u1', version: 2, deleted: false, before: {}, after: {}, ...part });

describe('a change in words', () => {
  it('names the thing as people do', () => {
    expect(subjectOf(change({ after: { displayName: 'Alder Finch' } }))).toBe('User Alder Finch');
    expect(subjectOf(change({ kind: 'dn', entityId: 'site-a/1002' }))).toBe('Number 1002 on site-a');
    expect(subjectOf(change({ kind: 'call-settings', entityId: 'user/u1' }), () => 'Alder Finch')).toBe('Call settings of Alder Finch');
    expect(subjectOf(change({ kind: 'call-settings', entityId: 'tenant/' }))).toBe('Call settings of the tenant');
    expect(subjectOf(change({ kind: 'partition', entityId: 'site-a/internal', after: { name: 'Internal' } }))).toBe('Partition Internal on site-a');
  });

  it('shows only the fields that differ, old and new', () => {
    expect(diffChange(change({ before: { displayName: 'A', email: 'a@example.com' }, after: { displayName: 'A', email: '' } }))).toEqual([{ label: 'E-mail', was: 'a@example.com', will: 'not set' }]);
  });

  it('reads settings out of their layer', () => {
    const lines = diffChange(change({ kind: 'call-settings', before: { layer: 'user', settings: {} }, after: { layer: 'user', settings: { forwardAll: { kind: 'number', number: '1003' }, noAnswerTimeoutSeconds: 25 } } }));
    expect(lines).toEqual([
      { label: 'Forward all calls', was: 'not set', will: 'to 1003' },
      { label: 'No answer after', was: 'not set', will: '25 s' },
    ]);
  });

  it('tells a link to a recording from listening to it, and names no message', () => {
    const link = change({ owner: 'gateway', kind: 'listening', entityId: '1002/m1', before: null, after: { event: 'opened-for-listening', mailbox: '1002' } });
    const heard = change({ owner: 'voicemail', kind: 'listening', entityId: '1002', after: { mailbox: '1002', messageId: 'm1' } });
    expect([link, heard].map((each) => `${subjectOf(each)} ${verbOf(each)}`)).toEqual(['Message in mailbox 1002 opened for listening', 'Message in mailbox 1002 listened to']);
    expect([link, heard].flatMap((each) => diffChange(each))).toEqual([]);
    expect(subjectOf(change({ owner: 'voicemail', kind: 'greeting', entityId: '1002/name' }))).toBe('Spoken name of mailbox 1002');
  });

  it('names devices by MAC, tells the number they play, and who saw their secrets', () => {
    const assigned = change({ owner: 'devices', kind: 'device', entityId: '00908f4e027b', before: { number: '', mac: '00908f4e027b' }, after: { number: '1004', mac: '00908f4e027b', settings: { checkMinutes: 30 } } });
    expect(subjectOf(assigned)).toBe('Device 00:90:8f:4e:02:7b');
    expect(diffChange(assigned)).toEqual([
      { label: 'Number', was: 'not set', will: '1004' },
      { label: 'Looks for changes every', was: 'not set', will: '30 min' },
    ]);
    const seen = change({ owner: 'devices', kind: 'device-reveal', entityId: '00908f4e027b', before: null, after: { mac: '00908f4e027b' } });
    expect(`${subjectOf(seen)} ${verbOf(seen)}`).toBe('Secrets of device 00:90:8f:4e:02:7b shown');
    expect(silenceOf(seen)).toBe('who and when is kept, nothing was changed');
    expect(subjectOf(change({ owner: 'devices', kind: 'device-layer', entityId: 'site/site-a' }))).toBe('Device settings of site site-a');
  });

  it('says nothing was there before a creation', () => {
    expect(diffChange(change({ before: null, after: { displayName: 'A' } }))).toEqual([{ label: 'Name', was: '', will: 'A' }]);
  });
});
