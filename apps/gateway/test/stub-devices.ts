import { randomUUID } from 'node:crypto';
import {
  type CreateDeviceRequest,
  type DeleteDeviceProfileRequest,
  type DeleteDeviceRequest,
  type Device,
  type DeviceLayer,
  type DeviceProfile,
  DeviceSettings,
  DeviceSettingsServiceService,
  DevicesMeta,
  DevicesServiceService,
  DeviceView,
  type GetDeviceFilesRequest,
  type GetDeviceLayerRequest,
  type GetDeviceProfileRequest,
  type GetDeviceRequest,
  type ListDevicesRequest,
  type OpenEnrolmentRequest,
  type PutDeviceLayerRequest,
  type PutDeviceProfileRequest,
  type UpdateDeviceRequest,
} from '@sfs/contracts';
import type { CallContext } from '@sfs/grpc';
import { DomainError } from '@sfs/kernel';
import { startStub, type StubServer } from './stub-server.ts';

const SECRET = 'a-sip-password';
const AT = '2026-11-25T06:00:00.000Z';

/** Device-management as the gateway sees it: two replicas of one memory, tenants apart, tags, one file per device. */
export class StubDevices {
  readonly views = new Map<string, DeviceView>();
  readonly profiles = new Map<string, DeviceProfile>();
  readonly layers = new Map<string, DeviceLayer>();
  readonly reveals: { readonly tenant: string; readonly mac: string; readonly actor: string }[] = [];
  #replicas: readonly StubServer[] = [];

  async start(): Promise<void> {
    const services = [
      [DevicesServiceService, { ...this.#devicesService(), ...this.#actionsService() }],
      [DeviceSettingsServiceService, this.#settingsService()],
    ] as const;
    this.#replicas = await Promise.all([startStub(services), startStub(services)]);
  }

  get replicas(): readonly StubServer[] {
    return this.#replicas;
  }

  /** What was asked of any replica, by method. */
  asked(method: string): StubServer['calls'] {
    return this.#replicas.flatMap(({ calls }) => calls).filter((call) => call.method === method);
  }

  waits(tenant: string, mac: string, address = '192.0.2.7'): void {
    const device = { ...entered(mac), meta: undefined, model: 'T46U', vendor: 'yealink' };
    this.views.set(`${tenant}/${mac}`, viewOf(device, { state: 'waiting', lastAddress: address, userAgent: 'Yealink SIP-T46U 108.86.0.20', firmware: '108.86.0.20', firstSeenAt: AT, lastSeenAt: AT }));
  }

  enter(tenant: string, mac: string, device: Partial<Device> = {}): DeviceView {
    const view = viewOf({ ...entered(mac), meta: metaOf(1), vendor: 'yealink', model: 'T46U', ...device }, { state: 'assigned' });
    this.views.set(`${tenant}/${mac}`, view);
    return view;
  }

  #find(tenant: string, mac: string): DeviceView {
    const view = this.views.get(`${tenant}/${mac}`);
    if (!view) throw new DomainError('not-found', 'devices/unknown', `There is no device ${mac}`, { field: 'mac' });
    return view;
  }

  #devicesService() {
    return {
      createDevice: ({ mac, idempotencyKey: _, ...rest }: CreateDeviceRequest, { tenant }: CallContext) => {
        const seen = this.views.get(`${tenant}/${mac}`);
        if ([...this.views].some(([key, { state }]) => key.endsWith(`/${mac}`) && state !== 'waiting')) throw new DomainError('conflict', 'devices/exists', `${mac} is entered already`, { field: 'mac' });
        const vendor = rest.vendor === '' ? (seen?.device?.vendor ?? '') : rest.vendor;
        const view = this.enter(tenant, mac, { ...rest, vendor, model: rest.model === '' ? (seen?.device?.model ?? '') : rest.model });
        Object.assign(view, { windowOpenUntil: rest.number === '' ? '' : AT, windowAddress: seen?.lastAddress ?? '' });
        return { view };
      },
      getDevice: ({ mac }: GetDeviceRequest, { tenant }: CallContext) => ({ view: this.#find(tenant, mac) }),
      listDevices: ({ query, state }: ListDevicesRequest, { tenant }: CallContext) => {
        const all = [...this.views].flatMap(([key, view]) => (key.startsWith(`${tenant}/`) ? [view] : []));
        const devices = all.filter(({ device, state: actual }) => (state === '' || state === actual) && `${device?.mac} ${device?.number}`.includes(query));
        return { devices, nextPageToken: '', counts: { waiting: all.filter((view) => view.state === 'waiting').length } };
      },
      updateDevice: ({ mac, expectedTag, idempotencyKey: _, ...rest }: UpdateDeviceRequest, { tenant }: CallContext) => {
        const view = this.#find(tenant, mac);
        if (view.device) view.device = { ...view.device, ...rest, meta: next(view.device.meta, expectedTag) };
        return { view };
      },
      deleteDevice: ({ mac, expectedTag }: DeleteDeviceRequest, { tenant }: CallContext) => {
        next(this.#find(tenant, mac).device?.meta, expectedTag);
        this.views.delete(`${tenant}/${mac}`);
        return {};
      },
      dismissDevice: ({ mac }: GetDeviceRequest, { tenant }: CallContext) => this.#find(tenant, mac) && this.views.delete(`${tenant}/${mac}`) && {},
      listSweeps: () => ({ sweeps: [{ address: '203.0.113.9', beganAt: AT, lastAt: AT, macs: 300, refused: 41 }] }),
      listPacks: () => ({ packs: [{ id: 'yealink', name: 'Yealink', models: ['T46U'] }] }),
      listDeviceChanges: (_: unknown, { tenant }: CallContext) => ({
        changes: [
          ...[...this.views].flatMap(([key, { device }]) => (key.startsWith(`${tenant}/`) && device?.meta ? [changeOf(tenant, 'device', device.mac, device.meta)] : [])),
          ...this.reveals.filter((reveal) => reveal.tenant === tenant).map(({ mac, actor }) => changeOf(tenant, 'device-reveal', mac, { ...metaOf(1), actor })),
        ],
        nextPageToken: '',
      }),
    };
  }

  #actionsService() {
    return {
      openEnrolment: ({ mac, fromAnyAddress }: OpenEnrolmentRequest, { tenant }: CallContext) => {
        const view = this.#find(tenant, mac);
        return { view: Object.assign(view, { windowOpenUntil: AT, windowAddress: fromAnyAddress ? '' : view.lastAddress }) };
      },
      closeEnrolment: ({ mac }: GetDeviceRequest, { tenant }: CallContext) => ({ view: Object.assign(this.#find(tenant, mac), { windowOpenUntil: '' }) }),
      rotateCredential: ({ mac }: GetDeviceRequest, { tenant }: CallContext) => ({ view: Object.assign(this.#find(tenant, mac), { rotating: true }) }),
      sendCheckSync: ({ mac }: GetDeviceRequest, { tenant }: CallContext) => this.#find(tenant, mac) && { status: 480, meaning: 'The phone is not registered' },
      getDeviceFiles: ({ mac, reveal }: GetDeviceFilesRequest, { tenant, actor }: CallContext) => {
        this.#find(tenant, mac);
        if (reveal) this.reveals.push({ tenant, mac, actor });
        const lines = [{ text: `account.1.password = ${reveal ? SECRET : '••••••••'}`, origin: 'secret' }];
        return { files: [{ name: `${mac}.cfg`, kind: 'own', contentType: 'text/plain', sizeBytes: 40, revision: 3, lines }] };
      },
      listDeviceEvents: ({ mac }: GetDeviceRequest, { tenant, actor }: CallContext) => {
        if (!this.views.has(`${tenant}/${mac}`)) return { events: [], nextPageToken: '' };
        const event = { id: randomUUID(), at: AT, kind: 'window-opened', subject: '', status: 0, outcome: '', address: '', userAgent: '', sizeBytes: 0, revision: 0, actor, hint: '' };
        return { events: [event], nextPageToken: 'more' };
      },
    };
  }

  #settingsService() {
    const counted = (profile: DeviceProfile, tenant: string) => ({ profile, devices: [...this.views].filter(([key, { device }]) => key.startsWith(`${tenant}/`) && device?.profileId === profile.id).length });
    const findProfile = (tenant: string, id: string): DeviceProfile => {
      const profile = this.profiles.get(`${tenant}/${id}`);
      if (!profile) throw new DomainError('not-found', 'device-profiles/unknown', `There is no device profile ${id}`, { field: 'id' });
      return profile;
    };
    return {
      listDeviceProfiles: (_: unknown, { tenant }: CallContext) => ({ profiles: [...this.profiles].flatMap(([key, profile]) => (key.startsWith(`${tenant}/`) ? [counted(profile, tenant)] : [])) }),
      getDeviceProfile: ({ id }: GetDeviceProfileRequest, { tenant }: CallContext) => counted(findProfile(tenant, id), tenant),
      putDeviceProfile: ({ id, name, settings, expectedTag }: PutDeviceProfileRequest, { tenant }: CallContext) => {
        const profile = { meta: next(this.profiles.get(`${tenant}/${id}`)?.meta, expectedTag), id, name, settings };
        this.profiles.set(`${tenant}/${id}`, profile);
        return counted(profile, tenant);
      },
      deleteDeviceProfile: ({ id, expectedTag }: DeleteDeviceProfileRequest, { tenant }: CallContext) => {
        const profile = findProfile(tenant, id);
        next(profile.meta, expectedTag);
        if (counted(profile, tenant).devices > 0) throw new DomainError('conflict', 'device-profiles/in-use', 'A device uses it', { remedy: 'Give it another profile.' });
        this.profiles.delete(`${tenant}/${id}`);
        return {};
      },
      getDeviceLayer: (request: GetDeviceLayerRequest, { tenant }: CallContext) => layerAnswer(this.layers.get(layerKey(tenant, request)) ?? { meta: undefined, ...request, settings: undefined }),
      putDeviceLayer: ({ layer, id, settings, expectedTag }: PutDeviceLayerRequest, { tenant }: CallContext) => {
        if (settings?.timeZone === 'Mars/Olympus') throw new DomainError('invalid', 'input/settings', 'This time zone is not known.', { field: 'settings.timeZone', remedy: 'Choose an IANA name.' });
        const key = layerKey(tenant, { layer, id });
        const deviceLayer = { meta: next(this.layers.get(key)?.meta, expectedTag), layer, id, settings };
        this.layers.set(key, deviceLayer);
        return layerAnswer(deviceLayer);
      },
    };
  }
}

function layerKey(tenant: string, { layer, id }: GetDeviceLayerRequest): string {
  return layer === 'tenant' ? `${tenant}/tenant` : `${tenant}/${layer}/${id}`;
}

function layerAnswer(deviceLayer: DeviceLayer) {
  const own = deviceLayer.settings?.language;
  const layers = { system: '"en"', ...(own === undefined ? {} : { [deviceLayer.layer]: JSON.stringify(own) }) };
  return { deviceLayer, effective: [{ name: 'language', value: JSON.stringify(own ?? 'en'), origin: own === undefined ? 'system' : deviceLayer.layer, layers }] };
}

function entered(mac: string): Device {
  return { meta: undefined, mac, vendor: '', model: '', label: '', switchId: '', number: '', profileId: '', settings: DeviceSettings.fromJSON({}), credentialGeneration: 1 };
}

function viewOf(device: Device, rest: Partial<DeviceView>): DeviceView {
  return { ...DeviceView.fromJSON({}), effective: [{ name: 'language', value: '"en"', origin: 'system', layers: { system: '"en"' } }], device, ...rest };
}

/** The meta of the next version; throws when the tag is not that of the current one. */
function next(meta: DevicesMeta | undefined, expectedTag: string): DevicesMeta {
  if (meta && expectedTag === '') throw new DomainError('conflict', 'change-log/exists', 'It exists already', { currentTag: meta.tag });
  if (expectedTag !== (meta?.tag ?? '')) throw new DomainError('conflict', 'change-log/stale', 'Somebody else has changed it', { currentTag: meta?.tag ?? '' });
  return metaOf((meta?.version ?? 0) + 1);
}

function metaOf(version: number): DevicesMeta {
  return DevicesMeta.fromJSON({ version, tag: randomUUID(), changedAt: new Date().toISOString(), actor: 'admin', site: 'site-a' });
}

function changeOf(tenant: string, kind: string, entityId: string, { version, tag, changedAt, actor }: DevicesMeta) {
  return { id: randomUUID(), tenant, kind, entityId, version, tag, parentTag: '', changedAt, site: 'site-a', actor, deleted: false, body: '{"label":""}', previousBody: '' };
}
