import { Baresip } from '@sfs/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { ANSWER, Opened, endOf } from '../test/opened.ts';
import { STANDARD_TIMING } from './sip-js.ts';

let opened: Opened;
let baresip: Baresip;
afterEach(async () => {
  await baresip.stop();
  await opened.close();
});

describe.each(['udp', 'tcp'] as const)('baresip over %s', (transport) => {
  const begin = async (): Promise<string> => {
    opened = await Opened.open({ timing: STANDARD_TIMING });
    baresip = await Baresip.start({ account: `"Ann" <sip:1001@site-a.example;transport=${transport}>;outbound="sip:127.0.0.1:${opened.port};transport=${transport}";regint=0` });
    return `sip:deposit@127.0.0.1:${opened.port};transport=${transport}`;
  };

  it('calls, is answered and hangs up', async () => {
    const target = await begin();
    const dialled = baresip.dial(target);
    const call = await opened.nextCall();
    expect(call.from).toMatchObject({ user: '1001', host: 'site-a.example' });
    expect(call.offer).toContain('PCMU/8000');
    const ends = endOf(call);
    call.ring();
    await call.accept(ANSWER);
    await dialled;
    await baresip.hangUp();
    expect(await ends.next('the end')).toBe('bye');
    expect(opened.endpoint.calls).toBe(0);
  });

  it('calls and is hung up', async () => {
    const target = await begin();
    const dialled = baresip.dial(target);
    const call = await opened.nextCall();
    await call.accept(ANSWER);
    await dialled;
    call.hangUp();
    await baresip.closed();
    expect(opened.endpoint.calls).toBe(0);
  });

  it('is refused', async () => {
    const target = await begin();
    await baresip.command('dial', target);
    (await opened.nextCall()).reject(480, 'Mailbox Full');
    expect((await baresip.closed()).param).toContain('480');
  });
});
