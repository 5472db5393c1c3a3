import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { aSite } from '../../test/builders.ts';
import { aDoor, aLoadedProjection, aQuestion, inline, silent, until, type Rig } from '../../test/rig.ts';
import { Projection } from '../projection/projection.service.ts';
import { AdapterClient } from './adapter.client.ts';
import { frame, FrameReader } from './netstring.ts';

type Message = Record<string, unknown>;

/** Plays Kamailio's evapi port. */
class Proxy {
  readonly heard: Message[] = [];
  readonly chunks: string[] = [];
  connections = 0;
  socket: Socket | undefined;
  readonly server: Server;

  constructor() {
    this.server = createServer((socket) => {
      this.connections++;
      this.socket = socket;
      const reader = new FrameReader();
      socket.on('data', (chunk) => {
        this.chunks.push(chunk.toString());
        for (const text of reader.read(chunk)) this.heard.push(JSON.parse(text) as Message);
      });
      socket.on('error', () => undefined);
    });
  }

  listen(port = 0): Promise<number> {
    return new Promise((resolve) => this.server.listen(port, '127.0.0.1', () => resolve((this.server.address() as AddressInfo).port)));
  }

  of(t: string): Message[] {
    return this.heard.filter((message) => message['t'] === t);
  }

  ask(tx: string, given: Record<string, unknown> = {}): void {
    this.socket?.write(frame(JSON.stringify({ t: 'ask', tx, ...aQuestion(given) })));
  }
}

const opened: { adapter?: AdapterClient; proxy?: Proxy; rig?: Rig }[] = [];
async function open(projection: Projection): Promise<{ adapter: AdapterClient; proxy: Proxy; rig: Rig; port: number }> {
  const proxy = new Proxy();
  const port = await proxy.listen();
  const rig = await aDoor(projection);
  const adapter = new AdapterClient({ switchId: 'site-a', host: '127.0.0.1', port, name: 'A', token: 'door', board: projection, decisions: rig.decisions, log: silent });
  opened.push({ adapter, proxy, rig });
  await until(() => proxy.of('hello').length > 0, 'hello');
  return { adapter, proxy, rig, port };
}
afterEach(async () => {
  for (const { adapter, proxy, rig } of opened.splice(0)) {
    adapter?.stop();
    proxy?.socket?.destroy();
    proxy?.server.close();
    await rig?.door.stop();
  }
});

describe('the adapter', () => {
  it('greets first, then beats while it can decide', async () => {
    const { proxy } = await open(await aLoadedProjection());
    await until(() => proxy.of('beat').length >= 3, 'three beats');
    expect(proxy.heard[0]).toEqual({ t: 'hello', name: 'A', token: 'door' });
  });

  it('is silent while it cannot decide, and answers an ask with the reason', async () => {
    const projection = new Projection({ switches: ['site-a'], compiler: inline, log: silent });
    const { proxy } = await open(projection);
    proxy.ask('1:2');
    await until(() => proxy.of('plan').length === 1, 'an answer');
    expect(proxy.of('plan')[0]).toMatchObject({ tx: '1:2', code: 500, error: { code: 'switch/not-loaded' } });
    expect(proxy.of('beat')).toEqual([]);
    const site = aSite();
    await projection.load('provisioning', site.directory);
    await projection.load('dialplan', site.plan);
    await until(() => proxy.of('beat').length > 0, 'a beat');
  });

  it('answers with the plan, the pair of ids first', async () => {
    const { proxy, rig } = await open(await aLoadedProjection());
    proxy.ask('7:8', { to: '112' });
    await until(() => proxy.of('plan').length === 1, 'a plan');
    expect(proxy.of('plan')[0]).toMatchObject({ tx: '7:8', code: 200, plan: { emergency: true, steps: [{ ring: ['sip:112@192.0.2.1:5060'] }] } });
    expect(proxy.chunks.at(-1)).toMatch(/^\d+:\{"t":"plan","tx":"7:8","code":200,/);
    expect(rig.decided).toMatchObject([{ tx: '7:8' }]);
  });

  it('tells a malformed ask apart', async () => {
    const { proxy } = await open(await aLoadedProjection());
    proxy.ask('7:8', { to: '' });
    await until(() => proxy.of('plan').length === 1, 'an answer');
    expect(proxy.of('plan')[0]).toMatchObject({ code: 400, error: { code: 'request/field-invalid' } });
  });

  it('counts registrations and passes over what is none of its business', async () => {
    const { proxy, adapter } = await open(await aLoadedProjection());
    proxy.socket?.write(frame('{"t":"reg","aor":"1001","expires":60}') + frame('null') + frame('nonsense') + frame('{"t":"new"}'));
    await until(() => adapter.registrations === 1, 'a registration');
    proxy.ask('1:1');
    await until(() => proxy.of('plan').length === 1, 'a plan');
  });

  it('says bye when draining: no beats, answers still', async () => {
    const { proxy, adapter } = await open(await aLoadedProjection());
    adapter.drain();
    await until(() => proxy.of('bye').length === 1, 'bye');
    const beats = proxy.of('beat').length;
    proxy.ask('1:1');
    await until(() => proxy.of('plan').length === 1, 'a plan');
    expect(proxy.of('beat').length).toBe(beats);
  });

  it('dials again when the proxy comes back, and after a broken stream', async () => {
    const { proxy } = await open(await aLoadedProjection());
    proxy.socket?.destroy();
    await until(() => proxy.connections === 2, 'the second connection');
    proxy.socket?.write('garbage');
    await until(() => proxy.connections === 3, 'the third connection');
    await until(() => proxy.of('hello').length === 3, 'greeted again');
  });
});
