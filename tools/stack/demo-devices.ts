import { hostPort, phoneFilesUrl, switchName, voicemailAccessNumber, type StackLayout } from './layout.ts';
import type { RestClient } from './rest-client.ts';

/** A desk phone of 1001 that nobody has plugged in yet. */
export const demoDevice = { mac: '805ec0001001', vendor: 'yealink', model: 'T46U', number: '1001', userAgent: 'Yealink SIP-T46U 108.86.0.90 80:5e:c0:00:10:01' } as const;

/** Plays that phone: what it asks for when it comes up. */
export const demoDeviceFetch = (layout: StackLayout): string => `curl -A '${demoDevice.userAgent}' ${phoneFilesUrl(layout)}/${demoDevice.mac}.cfg`;

interface DeviceView {
  /** null: it waits, nobody has entered it */
  readonly meta: object | null;
  readonly running: { readonly revision: number };
  readonly window: object | null;
}

/** What every phone of the site is told, a profile, and a phone to play. What exists already is left as it is. Answers whether anything was new. */
export async function loadDemoDevices(client: RestClient, { ports }: StackLayout): Promise<boolean> {
  // the SIP domain is in no DNS: phones are told where the SIP server is
  const everyPhone = { timeZone: 'Europe/Berlin', outboundProxy: hostPort(ports.sip), voicemailNumber: voicemailAccessNumber };
  const made = [
    await client.createByPut('/device-settings', everyPhone),
    await client.createByPut('/device-profiles/desk', { name: 'Desk', settings: { codecs: ['pcma', 'pcmu'], checkMinutes: 30 } }),
    await enteredDevice(client),
  ];
  return made.includes(true);
}

async function enteredDevice(client: RestClient): Promise<boolean> {
  const { mac, vendor, model, number } = demoDevice;
  const device = await client.find<DeviceView>(`/devices/${mac}`);
  const isNew = !device?.meta;
  if (isNew) await client.post('/devices', { mac, vendor, model, label: 'Desk phone to try', switchId: switchName, number, profileId: 'desk' });
  // a later start: until it has been played once, it can be
  else if (device.running.revision === 0 && !device.window) await client.post(`/devices/${mac}/enrolment`, { minutes: 1440 });
  return isNew;
}
