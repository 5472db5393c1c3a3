import { z } from 'zod';
import { meta, name, number, pageQuery } from './shared-shapes.ts';

/** In a path or body. */
export const mac = z.string().trim().regex(/^[0-9A-Fa-f]{2}([:.-]?[0-9A-Fa-f]{2}){5}$|^[0-9A-Fa-f]{4}([.-]?[0-9A-Fa-f]{4}){2}$/, '12 hex digits, with or without : - .').transform((text) => text.replace(/[:.-]/g, '').toLowerCase()).describe('in any notation; answered as 12 lower-case hex digits');

const hostPort = z.string().max(255).regex(/^$|^[A-Za-z0-9.-]+(:\d{1,5})?$/, 'HOST or HOST:PORT, or empty');
const vendorParameters = z.record(z.string().regex(/^[A-Za-z0-9_./-]{1,128}$/, '1 to 128 of A-Z a-z 0-9 _ . / -'), z.string().max(512).regex(/^[^\p{Cc}]*$/u, 'no control characters'));

/** What is set at one layer, in no vendor's words; a missing setting follows the layer above. */
export const deviceSettings = z.object({
  timeZone: z.string().min(1).max(64).describe('IANA zone, for example Europe/Berlin').optional(),
  language: z.string().regex(/^[a-z]{2}$/, 'two letters, for example en').optional(),
  ntpServer: z.string().max(255).regex(/^[A-Za-z0-9.-]*$/, 'a host name or an address, or empty').describe('empty = none').optional(),
  transport: z.enum(['udp', 'tcp']).describe('of SIP').optional(),
  registerSeconds: z.int().min(60).max(3600).describe('between two registrations').optional(),
  outboundProxy: hostPort.describe('where SIP goes; empty = by the SIP domain').optional(),
  backupProxy: hostPort.describe("the other site's; empty = none").optional(),
  voicemailNumber: z.union([z.literal(''), number]).describe('of the voicemail key; empty = none').optional(),
  checkMinutes: z.int().min(5).max(1440).describe('between two looks for a new configuration').optional(),
  codecs: z.array(z.enum(['pcma', 'pcmu', 'g722'])).min(1).max(3).describe('preferred first').optional(),
  vendorParameters: vendorParameters.refine((all) => Object.keys(all).length <= 100, 'at most 100').describe('as they are; they overrule what we would say').optional(),
});
export type DeviceSettings = z.infer<typeof deviceSettings>;

export const deviceLayerName = z.enum(['system', 'tenant', 'site', 'profile', 'device']);
export const effectiveDeviceSetting = z.object({
  name: z.string().describe('of a setting; vendorParameters.NAME for a vendor parameter'),
  value: z.unknown().describe('in effect'),
  origin: deviceLayerName.describe('the layer it comes from'),
  layers: z.array(z.object({ layer: deviceLayerName, value: z.unknown() })).describe('what each layer sets, from system down; those that set nothing are left out'),
});
export type EffectiveDeviceSetting = z.infer<typeof effectiveDeviceSetting>;

export const deviceState = z
  .enum(['waiting', 'assigned', 'in-step', 'drift', 'not-seen'])
  .describe('waiting: seen, but not entered; assigned: has not fetched its file yet; in-step: runs the newest revision; drift: runs another one; not-seen: silent for longer than three looks for a new configuration');

export const device = z.object({
  meta: meta.nullable().describe('null while the device is only waiting'),
  mac: z.string(),
  vendor: z.string().describe('id of a device pack; empty = unknown'),
  model: z.string(),
  label: z.string().describe('for people'),
  switchId: z.string().describe('empty = no number'),
  number: z.string(),
  userId: z.string().describe('whom the number belongs to; empty = nobody'),
  userName: z.string(),
  profileId: z.string().describe('empty = none'),
  settings: deviceSettings.describe('set for this device'),
  effective: z.array(effectiveDeviceSetting),
  state: deviceState,
  firmware: z.string().describe('as the device says; empty = unknown'),
  userAgent: z.string().describe('of its last request'),
  firstSeenAt: z.string().nullable(),
  lastSeenAt: z.string().nullable(),
  lastAddress: z.string(),
  declared: z.object({ revision: z.int(), at: z.string().nullable() }).describe('newest configuration; revision 0 = none'),
  running: z.object({ revision: z.int(), at: z.string().nullable() }).describe('what it fetched last; revision 0 = nothing'),
  notified: z.object({ at: z.string().nullable(), status: z.int() }).describe('last check-sync, with its final SIP status; 0 = none'),
  window: z.object({ openUntil: z.string(), address: z.string().describe('empty = any') }).nullable().describe('open enrolment window; null = closed'),
  rotating: z.boolean().describe('the old credential is still valid beside the new one'),
});
export type Device = z.infer<typeof device>;

const line = { switchId: z.union([z.literal(''), name]).default('').describe('of the number; both or neither'), number: z.union([z.literal(''), number]).default('').describe('that the device plays; empty = none') };
export const writeDevice = z.object({
  model: z.string().max(64),
  label: z.string().trim().max(128).default(''),
  ...line,
  profileId: z.union([z.literal(''), name]).default('').describe('empty = none'),
  settings: deviceSettings.default({}),
});
/** Vendor and model may be left out when the device is waiting: it has named itself. */
export const createDevice = writeDevice.extend({ mac, vendor: z.string().max(32).default(''), model: z.string().max(64).default('') });

export const devicesQuery = pageQuery.extend({ q: pageQuery.shape.q.describe("part of MAC, number, model, label, user's name or address"), state: deviceState.optional() });
export const openEnrolment = z.object({ minutes: z.int().min(1).max(1440).default(60).describe('how long it stays open'), fromAnyAddress: z.boolean().default(false).describe('otherwise only from where the device was seen last, if it was') });
export const checkSync = z.object({ status: z.int().describe('final SIP status of the NOTIFY; 408 = nobody answered'), meaning: z.string().describe('for people') });

export const deviceFile = z.object({
  name: z.string(),
  kind: z.enum(['own', 'common']).describe('own: has secrets; common: the same for all devices of the kind'),
  contentType: z.string(),
  sizeBytes: z.int(),
  revision: z.int().describe('0 = a common file'),
  lines: z.array(
    z.object({
      text: z.string().describe('secrets read •••••••• unless revealed'),
      origin: z.string().describe('a layer, number (from user and number), secret, or empty for fixed text'),
    }),
  ),
});
export type DeviceFile = z.infer<typeof deviceFile>;

export const deviceEvent = z.object({
  id: z.string(),
  at: z.string(),
  kind: z.string().describe('request, notify, window-opened, window-used, window-closed, credential-rotated, revision, registered or unregistered'),
  subject: z.string().describe('request: the file; revision: what caused it'),
  status: z.int().describe('HTTP or SIP status; 0 = none'),
  outcome: z.string().describe('of a request: bootstrap, window, credential, common, unchanged, refused, wrong-credential, missing or limited'),
  address: z.string(),
  userAgent: z.string(),
  sizeBytes: z.int().describe('of the body'),
  revision: z.int().describe('served or declared; 0 = none'),
  actor: z.string().describe('empty = no person'),
  hint: z.string().describe('for people; empty = nothing is wrong'),
});
export type DeviceEvent = z.infer<typeof deviceEvent>;

export const sweep = z.object({ address: z.string(), beganAt: z.string(), lastAt: z.string(), macs: z.int().describe('different ones, as far as they were counted'), refused: z.int().describe('requests answered 429') });
export type Sweep = z.infer<typeof sweep>;
export const devicePack = z.object({ id: z.string(), name: z.string(), models: z.array(z.string()) });
export type DevicePack = z.infer<typeof devicePack>;

export const writeDeviceProfile = z.object({ name: z.string().trim().min(1).max(128), settings: deviceSettings.default({}) });
export const deviceProfile = z.object({ meta, id: name, name: z.string(), settings: deviceSettings, devices: z.int().describe('how many use it') });
export type DeviceProfile = z.infer<typeof deviceProfile>;
export const deviceLayer = z.object({ meta: meta.describe('tag is empty while nothing was ever set here: PUT then needs If-None-Match: *'), settings: deviceSettings, effective: z.array(effectiveDeviceSetting) });
export type DeviceLayer = z.infer<typeof deviceLayer>;
