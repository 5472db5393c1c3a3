import { headerOf } from '@sfs/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { ANSWER, Opened, endOf } from '../test/opened.ts';

let opened: Opened;
afterEach(() => opened.close());

const TARGET = 'sip:deposit@127.0.0.1;sfs-tenant=default;sfs-mailbox=1002;sfs-reason=no-answer';

describe.each(['udp', 'tcp'] as const)('a call over %s', (transport) => {
  it('is rung, answered and ended by the caller', async () => {
    opened = await Opened.open();
    const phone = await opened.phone({ transport });
    const placed = phone.call(TARGET, { from: '"Ann Böll" <sip:1001@site-a.example>', headers: [['Diversion', '<sip:1002@site-a.example>;reason=no-answer, <sip:1003@site-a.example>']] });
    const call = await opened.nextCall();
    expect(call.requestUri.user).toBe('deposit');
    expect(call.requestUri.params.get('sfs-mailbox')).toBe('1002');
    expect(call.from).toMatchObject({ user: '1001', host: 'site-a.example', displayName: 'Ann Böll' });
    expect(call.header('From')).toContain('Ann Böll');
    expect(call.diversions).toEqual(['1002', '1003']);
    expect(call.offer).toContain('m=audio 40000');
    const ends = endOf(call);
    call.ring();
    await placed.ringing();
    await call.accept(ANSWER);
    const answer = await placed.answered();
    expect(answer.body).toBe(ANSWER);
    expect(placed.statuses).toEqual([100, 180, 200]);
    expect(opened.endpoint.calls).toBe(1);
    expect((await placed.hangUp()).status).toBe(200);
    expect(await ends.next('the end')).toBe('bye');
    expect(opened.endpoint.calls).toBe(0);
  });

  it('is ended by us', async () => {
    opened = await Opened.open();
    const phone = await opened.phone({ transport });
    const placed = phone.call(TARGET);
    const call = await opened.nextCall();
    const ends = endOf(call);
    await call.accept(ANSWER);
    call.hangUp();
    const bye = await placed.hungUp.within();
    expect(bye.uri).toBe(phone.contactUri);
    expect(headerOf(bye, 'cseq')).toBe('1 BYE');
    expect(await ends.next('the end')).toBe('hung-up');
    call.hangUp();
    expect(ends.all).toEqual(['hung-up']);
  });

  it('is refused with our words', async () => {
    opened = await Opened.open();
    const phone = await opened.phone({ transport });
    const placed = phone.call(TARGET);
    const call = await opened.nextCall();
    const ends = endOf(call);
    call.reject(480, 'Mailbox Full', ['Retry-After: 60']);
    const answer = await placed.final();
    expect(answer).toMatchObject({ status: 480, reason: 'Mailbox Full' });
    expect(headerOf(answer, 'retry-after')).toBe('60');
    expect(ends.all).toEqual(['rejected']);
    await expect(call.accept(ANSWER)).rejects.toMatchObject({ code: 'sip/call-over' });
  });

  it('is given up by the caller before it is answered', async () => {
    opened = await Opened.open();
    const phone = await opened.phone({ transport });
    const placed = phone.call(TARGET);
    const call = await opened.nextCall();
    const ends = endOf(call);
    call.ring();
    expect((await placed.cancel()).status).toBe(200);
    expect((await placed.final()).status).toBe(487);
    expect(await ends.next('the end')).toBe('cancel');
  });
});
