import { createServer, type Server } from 'node:net';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '@sfs/config';
import type { ProcessPort } from './process-port.ts';
import { runService, type RunningService, type ServiceHost } from './run-service.ts';

const stage = async () => {
  const events: string[] = [];
  const lines: string[] = [];
  const exited = deferred<number>();
  const signal = { send: (_name: string): void => undefined };
  const process: ProcessPort = {
    onSignal: (handler) => void (signal.send = handler),
    onCrash: () => undefined,
    exit: (code) => {
      events.push(`exit ${code}`);
      exited.resolve(code);
    },
  };
  const port = await freePort();
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  const options = { name: 'trial', config: { site: 'site-a', instance: 'A', host: '127.0.0.1', managementPort: port, logLevel: 'info' }, process, log };
  const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
  return { events, lines, exited: exited.promise, signal, options, get, port };
};

const serving = (events: string[], changes: Partial<RunningService> = {}): RunningService => ({
  health: () => ({ ready: true, checks: [{ name: 'store', ok: true, detail: 'connected' }], info: { revision: 'p1' } }),
  drain: async () => void events.push('drain'),
  stop: async () => void events.push('stop'),
  ...changes,
});

describe('runService', () => {
  let at: Awaited<ReturnType<typeof stage>>;
  beforeEach(async () => void (at = await stage()));
  afterEach(() => at.signal.send('SIGTERM'));

  it('is live but not ready while it builds, ready with its checks afterwards', async () => {
    const built = deferred<RunningService>();
    const run = runService({ ...at.options, build: () => built.promise });
    await expect.poll(() => at.get('/health/live').then((answer) => answer.status, () => 0)).toBe(200);
    expect((await at.get('/health/ready')).status).toBe(503);
    built.resolve(serving(at.events));
    await run;
    const ready = await at.get('/health/ready');
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({ name: 'trial', ready: true, checks: [{ name: 'store' }], info: { revision: 'p1' } });
  });

  it('logs the effective configuration first, without its secrets', async () => {
    await runService({ ...at.options, effective: { SFS_X: 'value', SFS_TOKEN: new Secret('hidden') }, build: () => Promise.resolve(serving(at.events)) });
    expect(JSON.parse(at.lines[0] ?? '{}')).toMatchObject({ msg: 'trial starts', config: { SFS_X: 'value', SFS_TOKEN: '***' } });
    expect(at.lines.join('')).not.toContain('hidden');
  });

  it('serves default metrics', async () => {
    await runService({ ...at.options, build: () => Promise.resolve(serving(at.events)) });
    expect(await (await at.get('/metrics')).text()).toContain('process_cpu_seconds_total');
  });

  it('on a signal is not ready, then drains, then stops, then exits with 0', async () => {
    const drained = deferred<void>();
    await runService({ ...at.options, build: () => Promise.resolve(serving(at.events, { drain: () => drained.promise.then(() => void at.events.push('drain')) })) });
    at.signal.send('SIGTERM');
    const answer = await at.get('/health/ready');
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ ready: false, checks: [{ name: 'store' }, { name: 'stop', detail: 'stopping' }] });
    drained.resolve();
    expect(await at.exited).toBe(0);
    expect(at.events).toEqual(['drain', 'stop', 'exit 0']);
  });

  it('exits at once on a second signal', async () => {
    await runService({ ...at.options, build: () => Promise.resolve(serving(at.events, { drain: () => new Promise(() => undefined) })) });
    at.signal.send('SIGTERM');
    at.signal.send('SIGINT');
    expect(await at.exited).toBe(1);
    expect(at.events).toEqual(['exit 1']);
  });

  it('cuts off a service that does not stop in time', async () => {
    await runService({ ...at.options, stopWithinMs: 20, build: () => Promise.resolve(serving(at.events, { drain: () => new Promise(() => undefined) })) });
    at.signal.send('SIGTERM');
    expect(await at.exited).toBe(1);
  });

  it('drains and exits with 1 when the service says it cannot go on', async () => {
    let host: ServiceHost | undefined;
    await runService({ ...at.options, build: async (given) => ((host = given), serving(at.events)) });
    host?.onFatal(new Error('worker died'));
    expect(await at.exited).toBe(1);
    expect(at.events).toEqual(['drain', 'stop', 'exit 1']);
  });

  it('exits with 1 and names the cause when it cannot be built', async () => {
    await runService({ ...at.options, build: () => Promise.reject(new Error('no disk')) });
    expect(await at.exited).toBe(1);
    expect(at.lines.at(-1)).toContain('trial cannot start: no disk');
  });

  it('names a taken management port', async () => {
    const holder = await listen(at.port);
    await runService({ ...at.options, build: () => Promise.resolve(serving(at.events)) });
    expect(await at.exited).toBe(1);
    expect(at.lines.at(-1)).toContain('EADDRINUSE');
    holder.close();
  });

  it('refuses other paths and methods on the management port', async () => {
    await runService({ ...at.options, build: () => Promise.resolve(serving(at.events)) });
    expect((await at.get('/etc/passwd')).status).toBe(404);
    expect((await fetch(`http://127.0.0.1:${at.port}/health/live`, { method: 'POST', body: 'x'.repeat(100_000) })).status).toBe(405);
  });
});

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve };
}

function listen(port: number): Promise<Server> {
  const server = createServer();
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}

async function freePort(): Promise<number> {
  const server = await listen(0);
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
