import { eventually, headerOf, runSipp, freePort } from '@sfs/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { ANSWER, HOST, Opened } from '../test/opened.ts';

let opened: Opened;
afterEach(() => opened.close());

const TARGET = 'sip:deposit@127.0.0.1';
const STRANGER = '127.0.0.2';

describe('what is refused before anybody sees it', () => {
  const cases: readonly [string, string, string, readonly (readonly [string, string])[], number][] = [
    ['a method we do not know', 'DANCE', TARGET, [], 405],
    ['a method we do not serve', 'MESSAGE', TARGET, [], 405],
    ['another scheme', 'OPTIONS', 'tel:+4930123', [], 416],
    ['an unsound URI', 'OPTIONS', 'sip:@', [], 400],
    ['an extension we lack', 'INVITE', TARGET, [['Require', '100rel, timer']], 420],
    ['no hops left', 'OPTIONS', TARGET, [['Max-Forwards', '0']], 483],
    ['hops that are no number', 'OPTIONS', TARGET, [['Max-Forwards', 'many']], 400],
    ['a body that is no SDP', 'INVITE', TARGET, [['Content-Type', 'text/plain']], 415],
    ['an encoded body', 'INVITE', TARGET, [['Content-Encoding', 'gzip']], 415],
    ['a Contact that leads nowhere', 'INVITE', TARGET, [['Contact', '*']], 400],
    ['a BYE without a call', 'BYE', TARGET, [], 481],
    ['an UPDATE without a call', 'UPDATE', TARGET, [], 481],
  ];
  it.each(cases)('%s', async (_what, method, uri, headers, status) => {
    opened = await Opened.open();
    const phone = await opened.phone();
    const answer = await phone.request(method, { uri, headers, ...(method === 'INVITE' ? { body: ANSWER } : {}) });
    expect(answer.status).toBe(status);
    expect(opened.calls.all).toHaveLength(0);
  });

  it('says which methods and extensions there are', async () => {
    opened = await Opened.open();
    const phone = await opened.phone();
    expect(headerOf(await phone.request('DANCE', { uri: TARGET }), 'allow')).toContain('INVITE');
    expect(headerOf(await phone.request('INVITE', { uri: TARGET, headers: [['Require', 'gruu, timer']] }), 'unsupported')).toBe('gruu');
    const options = await phone.request('OPTIONS', { uri: TARGET });
    expect(options.status).toBe(200);
    expect(headerOf(options, 'accept')).toBe('application/sdp');
  });

  it('a request that has been here before is a loop', async () => {
    opened = await Opened.open();
    const phone = await opened.phone();
    const options = (more: string): string => `OPTIONS ${TARGET} SIP/2.0\r\nVia: SIP/2.0/UDP ${HOST}:${phone.local.port};branch=z9hG4bKloop\r\n${more}From: <sip:a@b>;tag=1\r\nTo: <${TARGET}>\r\nCall-ID: loop\r\nCSeq: 1 OPTIONS\r\n\r\n`;
    phone.sendRaw(options(`Via: SIP/2.0/UDP ${HOST}:${opened.port};branch=z9hG4bKours\r\n`));
    await eventually('the refusal', () => (opened.count('refused') === 1 ? true : undefined));
  });

  it('a request that comes by two ways is served once', async () => {
    opened = await Opened.open();
    const phone = await opened.phone();
    const invite = (branch: string): string => `INVITE ${TARGET} SIP/2.0\r\nVia: SIP/2.0/UDP ${HOST}:${phone.local.port};branch=${branch}\r\nFrom: <sip:a@b>;tag=1\r\nTo: <${TARGET}>\r\nCall-ID: merged\r\nCSeq: 1 INVITE\r\nContact: <${phone.contactUri}>\r\n\r\n`;
    phone.sendRaw(invite('z9hG4bKway1'));
    await opened.nextCall();
    phone.sendRaw(invite('z9hG4bKway2'));
    await eventually('the refusal', () => (opened.count('refused') === 1 ? true : undefined));
    expect(opened.calls.all).toHaveLength(1);
  });
});

describe('strangers', () => {
  it('ten thousand INVITEs of a stranger are not even read, and others are served', async () => {
    opened = await Opened.open();
    const stranger = await opened.phone({ address: STRANGER });
    const phone = await opened.phone();
    const invite = `INVITE ${TARGET} SIP/2.0\r\nVia: SIP/2.0/UDP ${STRANGER};branch=z9hG4bKx\r\nFrom: <sip:a@b>;tag=1\r\nTo: <${TARGET}>\r\nCall-ID: x\r\nCSeq: 1 INVITE\r\nContact: <sip:a@${STRANGER}>\r\n\r\n`;
    for (let sent = 0; sent < 10_000; sent += 1) {
      stranger.sendRaw(invite);
      if (sent % 100 === 99) await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await phone.request('OPTIONS', { uri: TARGET })).status).toBe(200);
    await eventually('the flood to be dropped', () => (opened.count('dropped_untrusted') > 5000 ? true : undefined));
    expect(opened.calls.all).toHaveLength(0);
    expect(opened.count('received')).toBe(1);
    expect(opened.count('sent')).toBe(1);
  });

  it('their connections are closed at once', async () => {
    opened = await Opened.open({ trusted: ['127.0.0.9/32'] });
    const phone = await opened.phone({ transport: 'tcp' });
    phone.sendRaw('OPTIONS sip:x SIP/2.0\r\n\r\n');
    await eventually('the connection to be refused', () => (opened.count('dropped_untrusted') === 1 ? true : undefined));
    expect(opened.count('received')).toBe(0);
  });
});

describe('more than we can take', () => {
  it('beyond maxCalls and while draining a call gets 503 and when to come again', async () => {
    opened = await Opened.open({ maxCalls: 1 });
    const phone = await opened.phone();
    const first = phone.call(TARGET);
    const call = await opened.nextCall();
    await call.accept(ANSWER);
    const second = await phone.call(TARGET).final();
    expect(second.status).toBe(503);
    expect(headerOf(second, 'retry-after')).toBe('10');
    await first.hangUp();
    opened.endpoint.drain();
    expect((await phone.call(TARGET).final()).status).toBe(503);
    expect(opened.calls.all).toHaveLength(1);
  });

  it('closing hangs up on everybody', async () => {
    opened = await Opened.open();
    const phone = await opened.phone();
    const placed = phone.call(TARGET);
    await (await opened.nextCall()).accept(ANSWER);
    await opened.endpoint.close();
    await placed.hungUp.within();
    expect(opened.endpoint.calls).toBe(0);
  });

  it.each(['udp', 'tcp'] as const)('hundreds of calls over %s leave nothing behind', async (transport) => {
    opened = await Opened.open({ onCall: (call) => void call.accept(ANSWER).catch(() => undefined) });
    const local = { host: HOST, port: await freePort() };
    const result = await runSipp({ scenario: 'places-calls-and-hangs-up', transport, local, proxy: { host: HOST, port: opened.port }, number: 'deposit', callsPerSecond: 300, calls: 600, limitMs: 20_000 });
    expect(result).toMatchObject({ succeeded: 600, failed: 0 });
    // an INVITE that a busy machine lets SIPp repeat may be a call of its own at these quick timers; it ends as one that is never acknowledged
    await eventually('the calls to end', () => (opened.endpoint.calls === 0 ? true : undefined));
    await eventually('the transactions to end', () => (opened.endpoint.counters()['open_transactions'] === 0 ? true : undefined));
  }, 30_000);
});
