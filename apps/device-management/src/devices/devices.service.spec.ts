import { beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '@sfs/testing';
import { caller, devicesRig, LINE, MAC, wanted } from './devices-rig.ts';

const phone = { tenant: 'default', mac: MAC, vendor: 'yealink', model: 'T54W', firmware: '96.86', address: '10.0.0.7', userAgent: 'Yealink SIP-T54W' };
const asks = { tenant: 'default', mac: MAC, kind: 'request', status: 200, outcome: 'credential', address: '10.0.0.8' } as const;

let rig: Awaited<ReturnType<typeof devicesRig>>;

beforeEach(async () => {
  rig = await devicesRig();
});

const create = (more: object = {}) => rig.devices.create(caller, wanted(more));
const update = async (more: object = {}) => {
  const { entity, body } = await rig.devices.get('default', MAC);
  return rig.devices.update(caller, { ...wanted(), ...body, expectedTag: entity?.tag ?? '', ...more });
};
const tag = async () => (await rig.devices.get('default', MAC)).entity?.tag ?? '';
const events = async () => {
  await eventually('the facts', () => rig.writer.open === 0 || undefined);
  return rig.factsStore.written.map(({ kind }) => kind);
};

describe('a device', () => {
  it('is entered before it was ever seen, and known at once', async () => {
    const view = await create({ mac: '80:5E:C0:00:00:01', label: ' Reception ', ...LINE });
    expect(view).toMatchObject({ state: 'assigned', userId: 'bea', userName: 'Bea Baum', rotating: false, body: { mac: MAC, vendor: 'yealink', label: 'Reception', credentialGeneration: 1 } });
    expect(view.window).toEqual({ openUntil: new Date(rig.clock.now + 3_600_000).toISOString(), address: '' });
    expect(rig.known.ofNumber('default', 'main', '1002').length).toBe(1);
  });

  it('that waits names itself, and its window is for the address it asked from', async () => {
    rig.facts.waits(phone);
    expect((await rig.devices.get('default', MAC)).state).toBe('waiting');
    const view = await create({ model: '', ...LINE });
    expect([view.body.model, view.window?.address, view.entity?.actor]).toEqual(['T54W', '10.0.0.7', 'ann']);
    expect([(await rig.list.page('default', { query: '', state: 'waiting', pageSize: 0, pageToken: '' })).views.length, rig.factsStore.waitingRows.size]).toEqual([0, 0]);
    expect(await events()).toEqual(['window-opened']);
  });

  it('is entered once, however often the request comes', async () => {
    const first = await create({ idempotencyKey: 'k-1', ...LINE });
    const again = await create({ idempotencyKey: 'k-1', ...LINE });
    expect(again.entity?.tag).toBe(first.entity?.tag);
    await expect(create()).rejects.toMatchObject({ kind: 'conflict', code: 'devices/exists' });
  });

  it('gets another number, which opens a window; the same one does not', async () => {
    await create();
    expect(rig.enrolment.windowOf(MAC)).toBeUndefined();
    await update({ label: 'desk' });
    expect(rig.enrolment.windowOf(MAC)).toBeUndefined();
    const view = await update(LINE);
    expect([view.window?.address, view.userName]).toEqual(['', 'Bea Baum']);
  });

  it('keeps a number that is gone while its label is changed', async () => {
    await create(LINE);
    rig.directory.apply({ tenant: 'default', kind: 'dn', id: 'main/1002', version: 2, tag: 't', changedAt: '2027', site: '', actor: '', deleted: true, body: {} });
    expect((await update({ label: 'desk' })).body).toMatchObject({ number: '1002', label: 'desk' });
  });

  it('is not overwritten by whoever read an older version', async () => {
    await create();
    const old = await tag();
    await update({ label: 'first' });
    await expect(update({ label: 'second', expectedTag: old })).rejects.toMatchObject({ kind: 'conflict', code: 'devices/stale-version' });
  });

  it('is forgotten when deleted, and its credentials stay void when it comes back', async () => {
    await create(LINE);
    rig.facts.note(asks);
    rig.facts.fetched({ tenant: 'default', mac: MAC, revision: 1, generation: 1 });
    const last = await tag();
    await rig.devices.delete(caller, MAC, last);
    await rig.devices.delete(caller, MAC, last);
    await expect(rig.devices.get('default', MAC)).rejects.toMatchObject({ code: 'devices/unknown' });
    expect([rig.known.find(MAC), rig.enrolment.windowOf(MAC)]).toEqual([undefined, undefined]);
    const view = await create(LINE);
    expect([view.body.credentialGeneration, view.state, view.status.lastSeenAt]).toEqual([3, 'assigned', 0]);
  });

  it('belongs to the tenant that entered it first', async () => {
    await create();
    await expect(rig.devices.create({ ...caller, tenant: 'acme' }, wanted())).rejects.toMatchObject({ kind: 'conflict', code: 'devices/mac-of-another-tenant', details: { field: 'mac' } });
  });

  it.each([
    [{ mac: '80:5e' }, 'input/mac', 'mac'],
    [{ mac: '001122334455' }, 'devices/unknown-vendor', 'vendor'],
    [{ vendor: 'acme' }, 'devices/unknown-vendor', 'vendor'],
    [{ model: '' }, 'devices/unknown-model', 'model'],
    [{ model: 'T1000' }, 'devices/unknown-model', 'model'],
    [{ switchId: 'main' }, 'devices/half-a-line', 'number'],
    [{ number: '1002' }, 'devices/half-a-line', 'switchId'],
    [{ switchId: 'other', number: '1002' }, 'devices/unknown-switch', 'switchId'],
    [{ switchId: 'main', number: '1009' }, 'devices/unknown-number', 'number'],
    [{ profileId: 'none' }, 'devices/unknown-profile', 'profileId'],
    [{ settings: { registerSeconds: 5 } }, 'input/settings', 'settings.registerSeconds'],
    [{ label: 'a\nb' }, 'input/text', 'label'],
    [{ idempotencyKey: ' ' }, 'input/idempotency-key', 'idempotencyKey'],
  ])('is refused for %o, with the field and what to do', async (more, code, field) => {
    await expect(create(more)).rejects.toMatchObject({ kind: 'invalid', code, details: { field, remedy: expect.stringMatching(/\.$/) } });
  });

  it('takes a model as its User-Agent spells it', async () => {
    expect((await create({ model: 'sip-t54w' })).body.model).toBe('T54W');
  });

  it('is shown out of memory while the store is away', async () => {
    await create();
    rig.factsStore.isAway = true;
    expect((await rig.devices.get('default', MAC)).body.mac).toBe(MAC);
  });

  it('is asked to fetch', async () => {
    await create(LINE);
    expect(await rig.devices.sendCheckSync({ tenant: 'default', actor: 'ann' }, MAC)).toEqual({ status: 200, meaning: 'delivered' });
    await expect(rig.devices.sendCheckSync({ tenant: 'default', actor: 'ann' }, '805ec0000002')).rejects.toMatchObject({ code: 'devices/unknown' });
    expect(rig.sent).toEqual([MAC]);
  });
});

describe('a credential', () => {
  it('is rotated one step at a time', async () => {
    await create(LINE);
    rig.facts.fetched({ tenant: 'default', mac: MAC, revision: 1, generation: 1 });
    expect(await rig.devices.rotateCredential(caller, MAC)).toMatchObject({ rotating: true, body: { credentialGeneration: 2 } });
    await expect(rig.devices.rotateCredential(caller, MAC)).rejects.toMatchObject({ kind: 'conflict', code: 'devices/rotating' });
    rig.facts.fetched({ tenant: 'default', mac: MAC, revision: 2, generation: 2 });
    expect(await rig.devices.rotateCredential(caller, MAC)).toMatchObject({ body: { credentialGeneration: 3 } });
    expect(await events()).toEqual(['window-opened', 'credential-rotated', 'credential-rotated']);
  });

  it('is rotated although somebody changes the device at that moment', async () => {
    await create();
    rig.entities.beforeCommit = () => update({ label: 'meanwhile' });
    expect((await rig.devices.rotateCredential(caller, MAC)).body).toMatchObject({ label: 'meanwhile', credentialGeneration: 2 });
  });
});

describe('a waiting device', () => {
  it('is taken off the list, and an entered one is not', async () => {
    rig.facts.waits(phone);
    await rig.devices.dismiss(caller, MAC);
    await expect(rig.devices.dismiss(caller, MAC)).rejects.toMatchObject({ code: 'devices/unknown' });
    await create();
    await expect(rig.devices.dismiss(caller, MAC)).rejects.toMatchObject({ code: 'devices/entered' });
  });
});
