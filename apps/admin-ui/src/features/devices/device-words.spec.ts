import { describe, expect, it } from 'vitest';
import { attentionOf, everyWords, leftWords, macIn, macWords, minutesWords, modelWords, nameOf, notifyWords, provisioningUrl, revisionWords } from './device-words.ts';

const packs = [{ id: 'audiocodes', name: 'AudioCodes', models: ['450HD'] }];

describe('words of devices', () => {
  it.each(['00:90:8F:4E:02:7B', '00-90-8f-4e-02-7b', '0090.8f4e.027b', ' 00908F4E027B '])('takes the MAC %s in any notation', (text) => {
    expect(macIn(text)).toBe('00908f4e027b');
  });

  it.each(['00908f4e027', '00908f4e027g', '1002', ''])('takes %s for no MAC', (text) => {
    expect(macIn(text)).toBe('');
  });

  it('shows a MAC with colons, and what is none as it is', () => {
    expect(macWords('00908F4E027B')).toBe('00:90:8f:4e:02:7b');
    expect(macWords('nonsense')).toBe('nonsense');
  });

  it('calls a device by its label, else by vendor and model', () => {
    expect(nameOf({ vendor: 'audiocodes', model: '450HD', label: 'Reception' }, packs)).toBe('Reception');
    expect(nameOf({ vendor: 'audiocodes', model: '450HD', label: '' }, packs)).toBe('AudioCodes 450HD');
    expect(modelWords({ vendor: 'snom', model: 'D785' }, packs)).toBe('Snom D785');
    expect(modelWords({ vendor: '', model: '' })).toBe('Unknown phone');
  });

  it('says what a device runs and what it should run', () => {
    const at = null;
    expect(revisionWords({ state: 'waiting', declared: { revision: 0, at }, running: { revision: 0, at } })).toEqual({ has: 'bootstrap', wants: '' });
    expect(revisionWords({ state: 'drift', declared: { revision: 42, at }, running: { revision: 41, at } })).toEqual({ has: 'r41', wants: 'r42' });
    expect(revisionWords({ state: 'in-step', declared: { revision: 42, at }, running: { revision: 42, at } })).toEqual({ has: 'r42', wants: '' });
    expect(revisionWords({ state: 'assigned', declared: { revision: 1, at }, running: { revision: 0, at } })).toEqual({ has: 'none', wants: 'r1' });
  });

  it('counts down by the second, over an hour and a half by the minute, and never below nothing', () => {
    const now = Date.parse('2026-11-25T09:00:00Z');
    expect(leftWords('2026-11-25T09:59:12Z', now)).toBe('59:12');
    expect(leftWords('2026-11-25T09:00:05Z', now)).toBe('0:05');
    expect(leftWords('2026-11-25T12:20:30Z', now)).toBe('3 h 20 min');
    expect(leftWords('2026-11-25T08:00:00Z', now)).toBe('0:00');
  });

  it('says minutes as people do', () => {
    expect([1, 15, 60, 240].map(minutesWords)).toEqual(['1 minute', '15 minutes', 'an hour', '4 hours']);
    expect([30, 60].map(everyWords)).toEqual(['every 30 minutes', 'every hour']);
  });

  it('takes 481 and 489 for delivered, and tells silence from not registered', () => {
    expect(notifyWords(200)).toEqual({ kind: 'ok', words: 'answered 200' });
    expect([481, 489].map((status) => notifyWords(status).kind)).toEqual(['ok', 'ok']);
    expect(notifyWords(480).words).toBe('not registered');
    expect(notifyWords(408).words).toBe('nobody answered');
    expect(notifyWords(603)).toEqual({ kind: 'bad', words: 'refused with 603' });
  });

  it('counts for the navigation only what somebody has to look at', () => {
    expect(attentionOf({ waiting: 3, assigned: 4, 'in-step': 388, drift: 9, 'not-seen': 0 })).toEqual({ count: 12, words: '3 waiting, 9 drift' });
    expect(attentionOf({ 'in-step': 5 })).toEqual({ count: 0, words: '' });
  });

  it('names the address for DHCP, IPv6 in brackets', () => {
    expect(provisioningUrl('sfs.example.com')).toBe('http://sfs.example.com:8803/fs/dm/prov');
    expect(provisioningUrl('2001:db8::5')).toBe('http://[2001:db8::5]:8803/fs/dm/prov');
  });
});
