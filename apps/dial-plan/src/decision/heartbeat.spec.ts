import { afterEach, describe, expect, it } from 'vitest';
import { aSite, aSwitch } from '../../test/builders.ts';
import { aDoor, aLoadedProjection, aQuestion, inline, silent, type Rig } from '../../test/rig.ts';
import { Projection } from '../projection/projection.service.ts';

const rigs: Rig[] = [];
const open = async (projection: Projection, token?: string): Promise<Rig> => {
  const rig = await aDoor(projection, token);
  rigs.push(rig);
  return rig;
};
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.door.stop();
});

const empty = (): Projection => new Projection({ switches: ['site-a'], compiler: inline, log: silent });
const heartbeat = async (rig: Rig, name = 'site-a'): Promise<number> => (await fetch(`${rig.url}/${name}`)).status;
const ask = async (rig: Rig, name = 'site-a'): Promise<{ status: number; code: string }> => {
  const response = await fetch(`${rig.url}/${name}`, { method: 'POST', body: JSON.stringify(aQuestion()) });
  const body = (await response.json()) as { error?: { code: string } };
  return { status: response.status, code: body.error?.code ?? '' };
};

describe('a heartbeat', () => {
  it('is 200 while a call can be decided', async () => {
    expect(await heartbeat(await open(await aLoadedProjection()))).toBe(200);
  });

  it('is 503 before anything is loaded, and a question 500', async () => {
    const rig = await open(empty());
    expect(await heartbeat(rig)).toBe(503);
    expect(await ask(rig)).toEqual({ status: 500, code: 'switch/not-loaded' });
  });

  it('is 503 while only the directory is known: the switch is newer than its plan here', async () => {
    const projection = empty();
    await projection.load('provisioning', aSite().directory);
    const rig = await open(projection);
    expect(await heartbeat(rig)).toBe(503);
    expect(await ask(rig)).toEqual({ status: 500, code: 'switch/newer-than-snapshot' });
  });

  it('is 503 while only the plan is known', async () => {
    const projection = empty();
    await projection.load('dialplan', aSite().plan);
    const rig = await open(projection);
    expect(await heartbeat(rig)).toBe(503);
    expect(await ask(rig)).toEqual({ status: 500, code: 'switch/not-loaded' });
  });

  it('is 503 for a bound switch that does not exist yet', async () => {
    const projection = empty();
    await projection.load('provisioning', []);
    expect(await ask(await open(projection))).toEqual({ status: 500, code: 'switch/not-created' });
  });

  it('is 503 for a switch of another instance, which a question may be sent to: 500', async () => {
    const site = aSite();
    const rig = await open(await aLoadedProjection({ ...site, directory: [...site.directory, aSwitch('site-b')] }));
    expect(await heartbeat(rig, 'site-b')).toBe(503);
    expect(await ask(rig, 'site-b')).toEqual({ status: 500, code: 'switch/not-bound' });
    expect(rig.refused).toMatchObject([{ switchId: 'site-b', status: 500 }]);
  });

  it('never says 404 while it cannot know all names', async () => {
    expect(await ask(await open(empty()), 'site-z')).toEqual({ status: 500, code: 'switch/not-bound' });
  });

  it('is 503 while draining, and questions are still answered', async () => {
    const rig = await open(await aLoadedProjection());
    rig.door.drain();
    expect(await heartbeat(rig)).toBe(503);
    expect((await ask(rig)).status).toBe(200);
  });

  it('is 503 when the plan of the first load does not compile', async () => {
    const site = aSite();
    const settings = site.plan.map((entity) => (entity.kind === 'switch-settings' ? { ...entity, body: { ...entity.body, maxForwards: 99 } } : entity));
    const rig = await open(await aLoadedProjection({ ...site, plan: settings }));
    expect(await heartbeat(rig)).toBe(503);
    expect(await ask(rig)).toEqual({ status: 500, code: 'switch/plan-broken' });
  });
});

describe('off loopback', () => {
  it('every request needs the token', async () => {
    const rig = await open(await aLoadedProjection(), 'secret');
    expect(await ask(rig)).toEqual({ status: 400, code: 'request/token' });
    const response = await fetch(`${rig.url}/site-a`, { headers: { authorization: 'Bearer secret' } });
    expect(response.status).toBe(200);
  });
});
