import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { Once, eventually, headerOf } from '@sfs/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { ANSWER, HOST, Opened, endOf, type RawPeer } from '../test/opened.ts';

let opened: Opened;
afterEach(() => opened.close());

const TARGET = 'sip:deposit@127.0.0.1';
const HOLD = ANSWER.replace('a=rtpmap', 'a=inactive\r\na=rtpmap');

/** A caller whose every message is written out; `to` is the To of our answers. */
class Caller {
  readonly peer: RawPeer;
  to = `<${TARGET}>`;
  #branch = 0;

  constructor(peer: RawPeer) {
    this.peer = peer;
  }

  message(method: string, cseq: string, body = '', branch = `z9hG4bKc${(this.#branch += 1)}`): string {
    const type = body === '' ? [] : ['Content-Type: application/sdp'];
    return [`${method} ${TARGET} SIP/2.0`, `Via: SIP/2.0/UDP ${HOST};rport;branch=${branch}`, 'From: <sip:a@b>;tag=1', `To: ${this.to}`, 'Call-ID: races', `CSeq: ${cseq}`, `Contact: <sip:a@${HOST}:${this.peer.port}>`, ...type, `Content-Length: ${body.length}`, '', body].join('\r\n');
  }

  send(method: string, cseq: string, body?: string, branch?: string): void {
    this.peer.send(this.message(method, cseq, body, branch));
  }

  /** The first answer with this status to the request with this CSeq. */
  async answer(status: number, cseq: string): Promise<string> {
    const answer = await this.peer.answers.next(`${status} to ${cseq}`, 3000, (each) => each.startsWith(`SIP/2.0 ${status}`) && each.includes(`CSeq: ${cseq}\r\n`));
    if (status > 100) this.to = /^To: (.*)$/m.exec(answer)?.[1]?.trim() ?? this.to;
    return answer;
  }

  request(method: string): Promise<string> {
    return this.peer.answers.next(`a ${method} of ours`, 3000, (each) => each.startsWith(`${method} `));
  }
}

async function invited(body = HOLD) {
  opened = await Opened.open();
  const caller = new Caller(await opened.rawPeer());
  caller.send('INVITE', '1 INVITE', body, 'z9hG4bKinvite');
  const call = await opened.nextCall();
  return { caller, call, ends: endOf(call) };
}

async function acknowledged() {
  const { caller, call, ends } = await invited();
  const accepted = call.accept(ANSWER);
  await caller.answer(200, '1 INVITE');
  caller.send('ACK', '1 ACK');
  await accepted;
  return { caller, call, ends };
}

describe('what crosses on the way', () => {
  it('hanging up before the ACK waits for it', async () => {
    const { caller, call, ends } = await invited();
    const accepted = call.accept(ANSWER);
    await caller.answer(200, '1 INVITE');
    call.hangUp();
    expect(ends.all).toEqual([]);
    caller.send('ACK', '1 ACK');
    await accepted;
    expect(await caller.request('BYE')).toContain('CSeq: 1 BYE');
    expect(ends.all).toEqual(['hung-up']);
  });

  it('a BYE before the ACK ends the call', async () => {
    const { caller, call, ends } = await invited();
    const accepted = expect(call.accept(ANSWER)).rejects.toMatchObject({ code: 'sip/call-over' });
    await caller.answer(200, '1 INVITE');
    caller.send('BYE', '2 BYE');
    await caller.answer(200, '2 BYE');
    await accepted;
    expect(ends.all).toEqual(['bye']);
  });

  it('a BYE while it rings ends the INVITE too', async () => {
    const { caller, call, ends } = await invited();
    call.ring();
    await caller.answer(180, '1 INVITE');
    caller.send('BYE', '2 BYE');
    await caller.answer(200, '2 BYE');
    await caller.answer(487, '1 INVITE');
    expect(ends.all).toEqual(['bye']);
  });

  it('a CANCEL that comes too late changes nothing, one of nothing gets 481', async () => {
    const { caller, ends } = await acknowledged();
    caller.send('CANCEL', '1 CANCEL', '', 'z9hG4bKinvite');
    await caller.answer(200, '1 CANCEL');
    caller.send('CANCEL', '5 CANCEL', '', 'z9hG4bKnothing');
    await caller.answer(481, '5 CANCEL');
    expect(ends.all).toEqual([]);
    expect(opened.endpoint.calls).toBe(1);
  });

  it('both sides hanging up at once is one end', async () => {
    const { caller, call, ends } = await acknowledged();
    call.hangUp();
    await caller.request('BYE');
    caller.send('BYE', '2 BYE');
    await caller.answer(481, '2 BYE');
    expect(ends.all).toEqual(['hung-up']);
  });

  it('an ACK that comes again is nothing new', async () => {
    const { caller, call, ends } = await acknowledged();
    let asked = 0;
    call.onReoffer = () => {
      asked += 1;
      return ANSWER;
    };
    caller.send('ACK', '1 ACK', HOLD);
    caller.send('BYE', '2 BYE');
    await caller.answer(200, '2 BYE');
    expect(asked).toBe(0);
    expect(ends.all).toEqual(['bye']);
  });
});

describe('a re-INVITE', () => {
  it('while the first is not acknowledged has to come again later', async () => {
    const { caller, call } = await invited();
    void call.accept(ANSWER).catch(() => undefined);
    await caller.answer(200, '1 INVITE');
    caller.send('INVITE', '2 INVITE', HOLD);
    expect(await caller.answer(500, '2 INVITE')).toContain('Retry-After: 3');
  });

  it('without an offer gets ours, and the answer in its ACK is told', async () => {
    const { caller, call } = await acknowledged();
    const offers: (string | undefined)[] = [];
    call.onReoffer = (offer) => {
      offers.push(offer);
      return ANSWER;
    };
    caller.send('INVITE', '2 INVITE');
    expect(await caller.answer(200, '2 INVITE')).toContain('m=audio 20000');
    caller.send('ACK', '2 ACK', HOLD);
    await eventually('the answer to be told', () => (offers.length === 2 ? true : undefined));
    expect(offers).toEqual([undefined, HOLD]);
  });

  it('whose 200 is never acknowledged ends the call', async () => {
    const { caller, call, ends } = await acknowledged();
    call.onReoffer = () => ANSWER;
    caller.send('INVITE', '2 INVITE', HOLD);
    await caller.answer(200, '2 INVITE');
    await caller.request('BYE');
    expect(ends.all).toEqual(['no-ack']);
  });

  it('tells where the caller is now', async () => {
    const { caller, call } = await acknowledged();
    call.onReoffer = () => ANSWER;
    caller.peer.send(caller.message('UPDATE', '2 UPDATE', HOLD).replace(/Contact: <sip:a@/, 'Contact: <sip:moved@'));
    await caller.answer(200, '2 UPDATE');
    call.hangUp();
    expect(await caller.request('BYE')).toContain('BYE sip:moved@');
  });
});

describe('an application that fails', () => {
  it('refuses the call and serves the next', async () => {
    let fail = true;
    opened = await Opened.open({
      onCall: () => {
        if (fail) throw new Error('no');
      },
    });
    const phone = await opened.phone();
    expect((await phone.call(TARGET).final()).status).toBe(500);
    fail = false;
    const placed = phone.call(TARGET);
    (await opened.nextCall()).reject(404, 'Not Found');
    expect((await placed.final()).status).toBe(404);
    expect(opened.count('handler_failed')).toBe(1);
    expect(opened.endpoint.calls).toBe(0);
  });

  it('when asked for a new offer says 488', async () => {
    const { caller, call } = await acknowledged();
    call.onReoffer = () => {
      throw new Error('no');
    };
    caller.send('UPDATE', '2 UPDATE', HOLD);
    await caller.answer(488, '2 UPDATE');
    expect(opened.count('handler_failed')).toBe(1);
  });
});

it('a caller who wants TCP elsewhere is connected to', async () => {
  opened = await Opened.open();
  const elsewhere = createServer();
  const arrived = new Once<string>('a message on the new connection');
  elsewhere.on('connection', (socket) => socket.on('data', (bytes) => {
    arrived.settle(bytes.toString());
    socket.end(bytes.toString().replace(/^BYE .*/, 'SIP/2.0 200 OK'));
  }));
  elsewhere.listen(0, HOST);
  await once(elsewhere, 'listening');
  const { port } = elsewhere.address() as AddressInfo;
  const phone = await opened.phone({ transport: 'tcp' });
  const placed = phone.call(TARGET, { headers: [['Contact', `<sip:1001@${HOST}:${port};transport=tcp>`]] });
  const call = await opened.nextCall();
  await call.accept(ANSWER);
  expect(headerOf(await placed.answered(), 'contact')).toBe(`<sip:${HOST}:${opened.port};transport=tcp>`);
  call.hangUp();
  expect(await arrived.within()).toMatch(/^BYE sip:1001@.*\r\nVia: SIP\/2\.0\/TCP/);
  elsewhere.close();
});
