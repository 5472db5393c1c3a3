import assert from 'node:assert/strict';
import { eventually, PhoneClient, type PhoneClientOptions } from '@sfs/testing';
import type { Device, DeviceEvent } from '@sfs/rest-contract';
import { phoneFilesUrl, switchName } from '../../../../tools/stack/layout.ts';
import type { World } from '../world.ts';

/** A phone of the story by the last four digits of its MAC. */
export const yealinkMac = (last: string): string => `805ec0f0${last}`;
export const audioCodesMac = (last: string): string => `00908ff0${last}`;

type Parts = Omit<PhoneClientOptions, 'mac' | 'url'>;

/** Told by DHCP to look at our door, as everything in the house is. */
export const plugInYealink = ({ layout }: World, mac: string, parts: Parts = {}): PhoneClient => PhoneClient.yealink({ mac, url: phoneFilesUrl(layout), ...parts });
export const plugInAudioCodes = ({ layout }: World, mac: string, parts: Parts = {}): PhoneClient => PhoneClient.audioCodes({ mac, url: phoneFilesUrl(layout), ...parts });

/** Enters a device for a number, as the administrator does, which opens its enrolment window. */
export async function enterDevice({ admin }: World, mac: string, number: string, more: { readonly vendor?: string; readonly model?: string } = {}): Promise<Device> {
  return (await admin.post<Device>('/devices', { mac, switchId: switchName, number, label: `Story phone of ${number}`, ...more })).body;
}

/** A phone that is entered, has come up through its window and knows its credential. */
export async function enrolYealink(world: World, mac: string, number: string): Promise<PhoneClient> {
  await enterDevice(world, mac, number, { vendor: 'yealink', model: 'T46U' });
  const phone = plugInYealink(world, mac);
  await phone.boot();
  assert.ok(phone.account && phone.credential, `the phone of ${number} got no account: ${phone.asked.join(', ')}`);
  return phone;
}

/** What happened to it reaches the page a moment later. */
export function untilDevice({ admin }: World, mac: string, what: string, wanted: (device: Device) => boolean, limitMs = 10_000): Promise<Device> {
  return eventually(`${mac} ${what}`, async () => {
    const device = await admin.find<Device>(`/devices/${mac}`);
    if (!device || !wanted(device)) throw new Error(`the device is ${JSON.stringify(device && { ...device, effective: undefined })}`);
    return device;
  }, limitMs);
}

/** Newest first. */
export async function eventsOf({ admin }: World, mac: string): Promise<readonly DeviceEvent[]> {
  return (await admin.get<{ items: DeviceEvent[] }>(`/devices/${mac}/events?pageSize=200`)).body.items;
}

/** Also what an earlier, broken run has left. */
export async function forgetDevices({ admin }: World, macs: readonly string[]): Promise<void> {
  for (const mac of macs) {
    const device = await admin.find<Device>(`/devices/${mac}`);
    if (device?.meta) await admin.remove(`/devices/${mac}`, device.meta.tag);
    await admin.attempt('DELETE', `/waiting-devices/${mac}`, undefined);
  }
}
