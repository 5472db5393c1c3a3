import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aDoor, aLoadedProjection, aQuestion, type Rig } from '../../test/rig.ts';

interface Answer {
  readonly [field: string]: unknown;
  readonly error: { readonly code: string; readonly remedy?: string };
}

let rig: Rig;
beforeAll(async () => {
  rig = await aDoor(await aLoadedProjection());
});
afterAll(() => rig.door.stop());
afterEach(() => {
  rig.decided.length = rig.refused.length = 0;
});

const post = async (body: string | Uint8Array, path = '/site-a'): Promise<{ status: number; body: Answer }> => {
  const response = await fetch(rig.url + path, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  return { status: response.status, body: (await response.json()) as Answer };
};
const ask = (given: Record<string, unknown> = {}, path?: string) => post(JSON.stringify(aQuestion(given)), path);

/** Bytes as they are on one socket; resolves when the door closes it or has answered `answers` times. */
function raw(bytes: (string | Buffer)[], answers = 1): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = '';
    const socket = connect({ port: rig.port, host: '127.0.0.1' }, () => {
      for (const part of bytes) socket.write(part);
    });
    socket.on('data', (chunk) => {
      heard += chunk.toString();
      if ((heard.match(/HTTP\/1\.1 [1-5]\d\d/g) ?? []).length >= answers && /\}$/.test(heard)) socket.end();
    });
    socket.on('close', () => resolve(heard));
    socket.on('error', reject);
  });
}

describe('answers', () => {
  it('decides a call and says how fresh it is', async () => {
    const { status, body } = await ask();
    expect(status).toBe(200);
    expect(body).toMatchObject({ version: 1, emergency: false, steps: [{ ring: ['sip:1002@site-a.test'] }], staleness: { 'provisioning@site-a': -1, 'dialplan@site-a': -1 }, loadedFrom: 'live' });
    expect(body['revision']).toMatch(/^p[0-9a-z]{7}-d[0-9a-z]{7}$/);
    expect(body).not.toHaveProperty('trace');
  });

  it('explains itself when asked', async () => {
    const { body } = await ask({ trace: true });
    expect(body['trace']).toMatchObject({ revision: body['revision'], caller: { number: '1001', profileId: 'standard' } });
  });

  it('ignores unknown fields and a query', async () => {
    expect((await ask({ vendor: { any: ['thing'] }, t: 'ask' }, '/site-a?x=1')).status).toBe(200);
  });

  it('answers many questions on one connection, also when they come at once', async () => {
    const body = JSON.stringify(aQuestion());
    const one = `POST /site-a HTTP/1.1\r\nhost: x\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    const heard = await raw([one + one + one], 3);
    expect(heard.match(/HTTP\/1\.1 200/g)).toHaveLength(3);
  });

  it('takes a body in pieces', async () => {
    const body = JSON.stringify(aQuestion());
    const heard = await raw([`POST /site-a HTTP/1.1\r\nhost: x\r\ncontent-length: ${body.length}\r\n\r\n`, body.slice(0, 20), body.slice(20)]);
    expect(heard).toContain('HTTP/1.1 200');
  });

  it('tells the observer after the answer, with the decision and no trace', async () => {
    await ask({ callId: 'observed' });
    expect(rig.decided).toMatchObject([{ call: { callId: 'observed', diversions: [] }, decision: { outcome: 'route' }, tx: '' }]);
    expect(rig.decided[0]?.decision).not.toHaveProperty('trace');
  });
});

describe('refuses', () => {
  const long = 'x'.repeat(10_000);
  const cases: [string, string | Uint8Array, number, string, string?][] = [
    ['an empty body', '', 400, 'request/not-json'],
    ['no JSON', '{"callId":', 400, 'request/not-json'],
    ['text behind the JSON', `${JSON.stringify(aQuestion())}x`, 400, 'request/not-json'],
    ['a list', '[]', 400, 'request/not-an-object'],
    ['null', 'null', 400, 'request/not-an-object'],
    ['a number', '17', 400, 'request/not-an-object'],
    ['deep nesting', `{"callId":${'['.repeat(9)}${']'.repeat(9)}}`, 400, 'request/too-deep'],
    ['8,000 open brackets', '['.repeat(8_000), 400, 'request/too-deep'],
    ['broken UTF-8', Buffer.concat([Buffer.from('{"callId":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]), 400, 'request/not-utf8'],
    ['a byte order mark', `\ufeff${JSON.stringify(aQuestion())}`, 400, 'request/not-json'],
    ['a field twice', '{"callId":"1","from":"1","to":"112","to":"1002","origin":"internal"}', 400, 'request/duplicate-field'],
    ['a missing callId', JSON.stringify(aQuestion({ callId: undefined })), 400, 'request/field-invalid', 'callId'],
    ['an empty callId', JSON.stringify(aQuestion({ callId: '' })), 400, 'request/field-invalid', 'callId'],
    ['a callId of 257 characters', JSON.stringify(aQuestion({ callId: 'x'.repeat(257) })), 400, 'request/field-invalid', 'callId'],
    ['a missing from', JSON.stringify(aQuestion({ from: undefined })), 400, 'request/field-invalid', 'from'],
    ['a number instead of a text', JSON.stringify(aQuestion({ to: 1002 })), 400, 'request/field-invalid', 'to'],
    ['nothing dialled', JSON.stringify(aQuestion({ to: '' })), 400, 'request/field-invalid', 'to'],
    ['a number of 65 digits', JSON.stringify(aQuestion({ to: '1'.repeat(65) })), 400, 'request/field-invalid', 'to'],
    ['Arabic digits', JSON.stringify(aQuestion({ to: '١١٢' })), 400, 'request/field-invalid', 'to'],
    ['full-width digits', JSON.stringify(aQuestion({ to: '１１２' })), 400, 'request/field-invalid', 'to'],
    ['a control character', JSON.stringify(aQuestion({ to: '11\u00002' })), 400, 'request/field-invalid', 'to'],
    ['an unknown origin', JSON.stringify(aQuestion({ origin: 'moon' })), 400, 'request/field-invalid', 'origin'],
    ['33 diversions', JSON.stringify(aQuestion({ diversions: new Array(33).fill('1') })), 400, 'request/field-invalid', 'diversions'],
    ['a diversion that is no text', JSON.stringify(aQuestion({ diversions: [1] })), 400, 'request/field-invalid', 'diversions'],
    ['a target that is no object', JSON.stringify(aQuestion({ target: [] })), 400, 'request/field-invalid', 'target'],
    ['a state that is no boolean', JSON.stringify(aQuestion({ target: { ready: 1 } })), 400, 'request/field-invalid', 'target'],
    ['a trace that is no boolean', JSON.stringify(aQuestion({ trace: 'yes' })), 400, 'request/field-invalid', 'trace'],
    ['a body above 8 KiB', JSON.stringify(aQuestion({ pad: long })), 400, 'request/too-large'],
    ['a number of 10,000 digits', JSON.stringify(aQuestion({ to: '1'.repeat(10_000) })), 400, 'request/too-large'],
    ['another operation', JSON.stringify(aQuestion({ op: 'delete' })), 501, 'request/unknown-operation', 'op'],
  ];
  it.each(cases)('%s', async (_what, body, status, code, field) => {
    const answer = await post(body);
    expect(answer.status).toBe(status);
    expect(answer.body.error).toMatchObject({ code, ...(field ? { field } : {}) });
    expect(answer.body.error.remedy).toBeTruthy();
    expect(rig.refused).toMatchObject([{ switchId: 'site-a', status, code }]);
    expect((await ask()).status).toBe(200);
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('the method %s as an unknown operation', async (method) => {
    expect((await fetch(`${rig.url}/site-a`, { method })).status).toBe(501);
  });

  it.each(['/site-z', '/', '/SITE-A', '/site-a/more', '/%73ite-a', `/${'a'.repeat(2_000)}`])('the name %s that no instance knows', async (path) => {
    const { status, body } = await ask({}, path);
    expect(status).toBe(404);
    expect(body.error.code).toBe('switch/unknown');
  });
});

describe('broken senders', () => {
  it.each([
    ['no HTTP', ['hello\r\n\r\n']],
    ['two lengths', ['POST /site-a HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}']],
    ['a length that is no number', ['POST /site-a HTTP/1.1\r\nhost: x\r\ncontent-length: -5\r\n\r\n']],
    ['a length and chunks', ['POST /site-a HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n']],
    ['headers without end', [`POST /site-a HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n`]],
  ])('%s get 400 and are cut off', async (_what, bytes) => {
    expect(await raw(bytes)).toMatch(/^HTTP\/1\.1 400/);
    expect((await ask()).status).toBe(200);
  });

  it('a torn request leaves nothing behind', async () => {
    await new Promise<void>((resolve) => {
      const socket = connect({ port: rig.port, host: '127.0.0.1' }, () => {
        socket.write('POST /site-a HTTP/1.1\r\nhost: x\r\ncontent-length: 500\r\n\r\n{"callId":', () => socket.destroy());
      });
      socket.on('close', () => resolve());
    });
    expect((await ask()).status).toBe(200);
    expect(rig.decided).toHaveLength(1);
  });

  it('a slow body is cut off after the time', { timeout: 15_000 }, async () => {
    const started = performance.now();
    const heard = await raw(['POST /site-a HTTP/1.1\r\nhost: x\r\ncontent-length: 500\r\n\r\n{']);
    expect(heard).toMatch(/^HTTP\/1\.1 400[\s\S]*request\/too-slow/);
    expect(performance.now() - started).toBeLessThan(8_000);
  });
});
