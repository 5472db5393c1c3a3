import { beforeEach, describe, expect, it } from 'vitest';
import { ProjectedDirectory } from '../directory/projected-directory.ts';
import { caller, devicesRig, LINE, wanted } from '../devices/devices-rig.ts';
import { LayersService, type LayerView, type WrittenLayer } from './layers.service.ts';

const originsOf = ({ effective }: Pick<LayerView, 'effective'>) => effective.settings.filter(({ origin }) => origin !== 'system').map(({ name, origin }) => `${name} ${origin}`);

let rig: Awaited<ReturnType<typeof devicesRig>>;
let layers: LayersService;

beforeEach(async () => {
  rig = await devicesRig();
  layers = new LayersService({ store: rig.store, directory: rig.directory });
});

const put = (more: Partial<WrittenLayer>) => layers.put(caller, { layer: 'tenant', id: '', settings: {}, expectedTag: '', idempotencyKey: '', ...more });

describe('a layer', () => {
  it('is empty until something is set, and of the system', async () => {
    const view = await layers.get('default', { layer: 'tenant', id: 'ignored' });
    expect([view.key, view.entity, originsOf(view)]).toEqual([{ layer: 'tenant', id: 'default' }, undefined, []]);
  });

  it('of a site is over that of its tenant, and below the devices there', async () => {
    await put({ settings: { language: 'de', ntpServer: 'ntp.example' } });
    const site = await put({ layer: 'site', id: 'berlin', settings: { language: 'fr' } });
    expect(originsOf(site)).toEqual(['language site', 'ntpServer tenant']);
    const here = await rig.devices.create(caller, wanted(LINE));
    const nowhere = await rig.devices.create(caller, wanted({ mac: '805ec0000002' }));
    expect([originsOf(here), originsOf(nowhere)]).toEqual([['language site', 'ntpServer tenant'], ['language tenant', 'ntpServer tenant']]);
  });

  it('is replaced by whoever read its newest version', async () => {
    const first = await put({ settings: { language: 'de' } });
    const tag = first.entity?.tag ?? '';
    expect(originsOf(await put({ settings: {}, expectedTag: tag }))).toEqual([]);
    await expect(put({ expectedTag: tag })).rejects.toMatchObject({ code: 'device-layers/stale-version' });
    await expect(put({})).rejects.toMatchObject({ code: 'device-layers/exists' });
  });

  it.each([
    [{ layer: 'device' }, 'input/layer'],
    [{ layer: 'site', id: '' }, 'input/name'],
    [{ layer: 'site', id: 'rome' }, 'device-layers/unknown-site'],
    [{ settings: { transport: 'tls' as 'udp' } }, 'input/settings'],
  ])('is refused for %o', async (more, code) => {
    await expect(put(more)).rejects.toMatchObject({ code });
  });

  it('of a site is not changed while nobody knows which sites there are', async () => {
    layers = new LayersService({ store: rig.store, directory: new ProjectedDirectory() });
    await expect(put({ layer: 'site', id: 'berlin' })).rejects.toMatchObject({ kind: 'unavailable' });
  });
});
