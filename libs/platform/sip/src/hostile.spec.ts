import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { eventually } from '@sfs/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { HOST, Opened } from '../test/opened.ts';

let opened: Opened;
afterEach(() => opened.close());

/** Files have plain line ends. An answer is asked to come back to where the message came from. */
function torture(name: string): string {
  const text = readFileSync(new URL(`../testdata/rfc4475/${name}.sip`, import.meta.url), 'utf8').replace(/\n/g, '\r\n');
  return text.replace(/^(Via[ :].*?UDP(?:\r\n)?\s+[^\s;]+)/ims, '$1;rport');
}

const OPTIONS = 'OPTIONS sip:x@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1;rport;branch=z9hG4bKalive\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:x@127.0.0.1>\r\nCall-ID: alive\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n';

describe('torture messages of RFC 4475', () => {
  const cases: readonly (readonly [string, number | 'a call' | 'silence'])[] = [
    ['intmeth', 405], ['esc01', 'a call'], ['escnull', 200], ['esc02', 405], ['lwsdisp', 200], ['longreq', 'a call'], ['dblreq', 200], ['semiuri', 200],
    ['transports', 200], ['badinv01', 400], ['clerr', 400], ['ncl', 400], ['scalar02', 400], ['quotbal', 400], ['ltgtruri', 400], ['lwsruri', 400],
    ['lwsstart', 400], ['trws', 400], ['badvers', 505], ['mismatch01', 400], ['badbranch', 200], ['insuf', 400], ['unkscm', 416], ['novelsc', 416], ['unksm2', 400],
    ['bext01', 420], ['invut', 415], ['multi01', 400], ['mcl01', 400], ['inv2543', 'a call'],
  ];
  it.each(cases)('%s: %s', async (name, expected) => {
    opened = await Opened.open();
    const peer = await opened.rawPeer();
    peer.send(torture(name));
    if (expected === 'a call') {
      const call = await opened.nextCall();
      call.reject(480, 'Temporarily Unavailable');
    } else {
      expect((await peer.answers.next('an answer')).slice(0, 11)).toBe(`SIP/2.0 ${expected}`);
      expect(opened.calls.all).toHaveLength(0);
    }
  });

  it('wsinv: all the white space there can be', async () => {
    opened = await Opened.open();
    const peer = await opened.rawPeer();
    // its To has a tag, so it belongs to a dialog that we do not have
    peer.send(torture('wsinv'));
    expect((await peer.answers.next('an answer')).slice(0, 11)).toBe('SIP/2.0 481');
  });

  it('esc01: what is escaped in a user is no part of the URI around it', async () => {
    opened = await Opened.open();
    const peer = await opened.rawPeer();
    peer.send(torture('esc01'));
    expect((await opened.nextCall()).requestUri).toMatchObject({ user: 'sips:user@example.com', host: 'example.net' });
  });
});

describe('datagrams', () => {
  it('of any bytes change nothing', async () => {
    opened = await Opened.open();
    const peer = await opened.rawPeer();
    const hostile = ['', '\r\n\r\n', '\0'.repeat(1000), 'INVITE', 'INVITE sip:x SIP/2.0\r\n\r\n', 'SIP/2.0 200 OK\r\n\r\n', 'SIP/2.0 999 x\r\nVia: SIP/2.0/UDP a;rport\r\n\r\n', `OPTIONS sip:x SIP/2.0\r\nVia: ${'SIP/2.0/UDP a,'.repeat(1000)}\r\n\r\n`, '\uffff'.repeat(500), `${OPTIONS.slice(0, 200)}`];
    for (const each of hostile) peer.send(each);
    for (let cut = 0; cut < OPTIONS.length; cut += 7) peer.send(OPTIONS.slice(0, cut) + '\u0001'.repeat(cut % 5));
    const random = Buffer.from(Array.from({ length: 4000 }, (_, index) => (index * 7919) % 251));
    for (let at = 0; at < 4000; at += 97) peer.sendBytes(random.subarray(0, at));
    peer.send(OPTIONS.replace('z9hG4bKalive', 'z9hG4bKlast'));
    await peer.answers.next('the answer to the last one', 5000, (answer) => answer.startsWith('SIP/2.0 200') && answer.includes('z9hG4bKlast'));
    expect(opened.count('handler_failed')).toBe(0);
    expect(opened.count('malformed')).toBeGreaterThan(20);
  });

  it('too large are dropped', async () => {
    opened = await Opened.open();
    const peer = await opened.rawPeer();
    peer.send(OPTIONS.replace('Call-ID', `X: ${'x'.repeat(17_000)}\r\nCall-ID`));
    await eventually('the drop', () => (opened.count('oversized') === 1 ? true : undefined));
  });

  it('with values made to be slow are read at once', async () => {
    opened = await Opened.open();
    const peer = await opened.rawPeer();
    const started = performance.now();
    for (const nasty of ['<'.repeat(15_000), '"\\'.repeat(7000), ';'.repeat(15_000), ' '.repeat(15_000), ','.repeat(15_000), '%'.repeat(15_000)]) {
      for (const name of ['From', 'To', 'Via', 'Contact', 'CSeq', 'Diversion']) peer.send(OPTIONS.replace('From', `${name}: ${nasty}\r\nFrom`));
      const before = opened.count('received');
      await eventually('them to be read', () => (opened.count('received') >= before + 6 ? true : undefined));
    }
    peer.send(OPTIONS.replace('z9hG4bKalive', 'z9hG4bKlast'));
    await peer.answers.next('the answer to the last one', 5000, (answer) => answer.includes('z9hG4bKlast'));
    expect(performance.now() - started).toBeLessThan(1500);
  });

  it('cannot put a header into our answers', async () => {
    opened = await Opened.open();
    const peer = await opened.rawPeer();
    peer.send(OPTIONS.replace('<sip:a@b>;tag=1', '<sip:a@b>;tag=1\nEvil: yes'));
    peer.send(OPTIONS.replace('z9hG4bKalive', 'z9hG4bKlast'));
    const answer = await peer.answers.next('an answer');
    expect(answer).toContain('z9hG4bKlast');
    expect(answer).not.toContain('Evil');
  });
});

describe('a connection', () => {
  async function dialogue(...writes: readonly string[]): Promise<{ answers: string; closed: boolean }> {
    opened = await Opened.open();
    const socket = connect(opened.port, HOST);
    let answers = '';
    let closed = false;
    socket.on('data', (bytes) => (answers += bytes.toString('latin1')));
    socket.on('close', () => (closed = true)).on('error', () => undefined);
    for (const each of writes) {
      socket.write(each);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await eventually('an answer or the end', () => (closed || answers.includes('z9hG4bKlast') ? true : undefined));
    socket.destroy();
    return { answers, closed };
  }
  const last = OPTIONS.replace('z9hG4bKalive', 'z9hG4bKlast');

  it('serves messages however they are cut', async () => {
    const both = `\r\n\r\n${OPTIONS}\r\n${last}`;
    const { answers, closed } = await dialogue(...both.match(/[^]{1,37}/g) ?? []);
    expect(answers.match(/SIP\/2\.0 200/g)).toHaveLength(2);
    expect(closed).toBe(false);
  });

  const hidden = OPTIONS.replace('z9hG4bKalive', 'z9hG4bKhidden');
  it.each([
    ['two lengths', OPTIONS.replace('Content-Length: 0', `Content-Length: ${hidden.length}\r\nContent-Length: 0`)],
    ['two lengths, one short and folded', OPTIONS.replace('Content-Length: 0', 'l\r\n : 0\r\nContent-Length: 0')],
    ['a negative length', OPTIONS.replace('Content-Length: 0', 'Content-Length: -1')],
    ['an absurd length', OPTIONS.replace('Content-Length: 0', 'Content-Length: 99999999999')],
    ['no length', OPTIONS.replace('Content-Length: 0\r\n', '')],
    ['more than a message may have', OPTIONS.replace('Content-Length: 0', 'Content-Length: 70000')],
    ['headers without an end', `OPTIONS sip:x SIP/2.0\r\n${'X: y\r\n'.repeat(12_000)}`],
  ])('%s: ends, and what was behind it is not served', async (_what, bytes) => {
    const { answers, closed } = await dialogue(bytes, hidden);
    expect(closed).toBe(true);
    expect(answers).not.toContain('z9hG4bKhidden');
    expect(opened.count('broken_framing')).toBe(1);
  });

  it('is one of at most fifty of one source', async () => {
    opened = await Opened.open();
    const sockets = Array.from({ length: 60 }, () => connect(opened.port, HOST).on('error', () => undefined));
    await eventually('the rest to be refused', () => (opened.count('connections_refused') === 10 ? true : undefined));
    for (const socket of sockets) socket.destroy();
  });
});
