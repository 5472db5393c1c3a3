import type { CallPlan } from '@sfs/rest-contract';
import { describe, expect, it } from 'vitest';
import { headlineOf, planLines } from './call-words.ts';

const names = { sipDomain: 'site-a.example.com', trunks: [{ name: 'pstn', uri: 'sip:192.0.2.10:5060' }] };
const plan = (part: Partial<CallPlan>): CallPlan => ({ version: 1, revision: 'p1-d1', emergency: false, steps: [], ...part });

describe('the headline of an answer', () => {
  it('follows the step that comes when nobody answers', () => {
    expect(headlineOf(plan({ steps: [{ ring: ['sip:1003@site-a.example.com'], timeout: 25, noAnswer: 1 }, { ring: ['sip:1100@site-a.example.com'], timeout: 30 }] }), names)).toBe('Rings 1003, then 1100');
  });
  it('names the trunk a call goes out over', () => expect(headlineOf(plan({ steps: [{ ring: ['sip:+493023125@192.0.2.10:5060'], timeout: 60 }] }), names)).toBe('Goes out over trunk pstn as +493023125'));
  it('says an emergency call first', () => expect(headlineOf(plan({ emergency: true, steps: [{ ring: ['sip:112@192.0.2.10:5060'], timeout: 60 }] }), names)).toBe('Goes out as an emergency call: trunk pstn as 112'));
  it('says a refusal with its code', () => expect(headlineOf(plan({ reject: { code: 603, reason: 'Decline' } }))).toBe('Is refused with 603 Decline'));
  it('names the mailbox, once for all replicas of voicemail', () => {
    const deposit = (host: string) => ({ ring: [`sip:deposit@${host};sfs-tenant=default;sfs-mailbox=1002;sfs-reason=no-answer`], timeout: 10 });
    expect(headlineOf(plan({ steps: [{ ring: ['sip:1002@site-a.example.com'], timeout: 25, noAnswer: 1 }, { ...deposit('192.0.2.20:5070'), unreachable: 2 }, deposit('192.0.2.21:5070')] }), names)).toBe('Rings 1002, then mailbox 1002');
    expect(headlineOf(plan({ steps: [{ ring: ['sip:access@192.0.2.20:5070;transport=tcp;sfs-tenant=default;sfs-mailbox=1001'], timeout: 10 }] }), names)).toBe('Goes to mailbox 1001, to listen');
    expect(headlineOf(plan({ steps: [{ ring: ['sip:access@192.0.2.20:5070;sfs-tenant=default'], timeout: 10 }] }), names)).toBe('Goes to voicemail, which asks for the mailbox');
  });
  it('does not go round in a circle', () => expect(headlineOf(plan({ steps: [{ ring: ['sip:1@site-a.example.com'], timeout: 5, noAnswer: 0 }] }), names)).toBe('Rings 1'));
});

describe('the answer as lines', () => {
  it('counts steps from one and says which outcome leads where', () => {
    expect(planLines(plan({ steps: [{ ring: ['sip:1003@site-a.example.com'], timeout: 25, busy: 1 }, { ring: ['sip:1100@site-a.example.com'], timeout: 30 }] }), names)).toEqual(['1  ring 1003  25 s\n   busy: step 2', '2  ring 1100  30 s']);
  });
});
