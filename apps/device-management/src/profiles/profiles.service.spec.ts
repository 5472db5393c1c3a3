import { beforeEach, describe, expect, it } from 'vitest';
import { caller, devicesRig, MAC, wanted } from '../devices/devices-rig.ts';
import { ProfilesService, type WrittenProfile } from './profiles.service.ts';

const written = (more: Partial<WrittenProfile> = {}): WrittenProfile => ({ id: 'reception', name: 'Reception', settings: { language: 'de' }, expectedTag: '', idempotencyKey: '', ...more });

let rig: Awaited<ReturnType<typeof devicesRig>>;
let profiles: ProfilesService;

beforeEach(async () => {
  rig = await devicesRig();
  profiles = new ProfilesService({ store: rig.store, known: rig.known });
});

const put = (more: Partial<WrittenProfile> = {}) => profiles.put(caller, written(more));

describe('a device profile', () => {
  it('is created once and changed by whoever read its newest version', async () => {
    const { profile } = await put();
    await expect(put()).rejects.toMatchObject({ code: 'device-profiles/exists' });
    const next = await put({ name: 'Front desk', expectedTag: profile.tag });
    expect(next.profile.body).toEqual({ id: 'reception', name: 'Front desk', settings: { language: 'de' } });
    await expect(put({ expectedTag: profile.tag })).rejects.toMatchObject({ code: 'device-profiles/stale-version' });
    expect((await profiles.get('default', 'reception')).profile.tag).toBe(next.profile.tag);
  });

  it('is listed by id, with how many devices use it', async () => {
    await put();
    await put({ id: 'lobby', name: 'Lobby' });
    await rig.devices.create(caller, wanted({ profileId: 'reception' }));
    expect(profiles.list('default').map(({ profile, devices }) => `${profile.id} ${devices}`)).toEqual(['lobby 0', 'reception 1']);
    expect(profiles.list('acme')).toEqual([]);
  });

  it('sets what its devices do not set themselves', async () => {
    await put();
    const { effective } = await rig.devices.create(caller, wanted({ profileId: 'reception', settings: { checkMinutes: 5 } }));
    expect(effective.settings.filter(({ origin }) => origin !== 'system').map(({ name, value, origin }) => [name, value, origin])).toEqual([['language', 'de', 'profile'], ['checkMinutes', 5, 'device']]);
  });

  it('is deleted when nobody uses it, and once', async () => {
    const { profile } = await put();
    const { entity } = await rig.devices.create(caller, wanted({ profileId: 'reception' }));
    await expect(profiles.delete(caller, 'reception', profile.tag)).rejects.toMatchObject({ kind: 'conflict', code: 'device-profiles/in-use' });
    await rig.devices.delete(caller, MAC, entity?.tag ?? '');
    await profiles.delete(caller, 'reception', profile.tag);
    await profiles.delete(caller, 'reception', profile.tag);
    await expect(profiles.get('default', 'reception')).rejects.toMatchObject({ code: 'device-profiles/unknown' });
    expect(profiles.list('default')).toEqual([]);
  });

  it.each([
    [{ id: 'Reception' }, 'input/name', 'id'],
    [{ name: ' ' }, 'input/text', 'name'],
    [{ settings: { checkMinutes: 1 } }, 'input/settings', 'settings.checkMinutes'],
    [{ settings: { vendorParameters: { 'a b': '' } } }, 'input/settings', 'settings.vendorParameters.a b'],
    [{ expectedTag: 'old' }, 'input/tag', 'expectedTag'],
  ])('is refused for %o', async (more, code, field) => {
    await expect(put(more)).rejects.toMatchObject({ kind: 'invalid', code, details: { field } });
  });

  it('is one of at most 200', async () => {
    for (let number = 0; number < 200; number += 1) await put({ id: `p-${number}` });
    await expect(put({ id: 'one-more' })).rejects.toMatchObject({ kind: 'exhausted', code: 'device-profiles/full' });
  });
});
