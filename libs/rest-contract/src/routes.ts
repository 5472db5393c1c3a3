import { z } from 'zod';
import * as calls from './calls.ts';
import * as settings from './call-settings.ts';
import * as devices from './devices.ts';
import * as plan from './dial-plan.ts';
import * as dns from './directory-numbers.ts';
import * as overview from './overview.ts';
import * as session from './session.ts';
import { name, number, pageOf, pageQuery, uuid } from './shared-shapes.ts';
import * as topology from './topology.ts';
import * as users from './users.ts';
import * as voicemail from './voicemail.ts';

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** under /api/v1 */
  readonly path: string;
  readonly summary: string;
  readonly who: 'anybody' | 'signed-in' | 'administrator' | 'own-user-or-administrator' | 'mailbox-owner-or-administrator';
  /** what stands in braces in the path */
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly response?: z.ZodType;
  readonly status?: 200 | 201 | 204;
  /** PUT and DELETE of an existing thing: If-Match needed (428 when missing, 412 when stale); creation by PUT: If-None-Match: * */
  readonly conditional?: true;
  /** a conditional PUT that may also create; answers 201 then */
  readonly creates?: true;
  /** the body is not JSON but this */
  readonly bodyType?: 'text/csv';
  /** the answer is not JSON but this */
  readonly responseType?: 'audio/wav';
  /** how large the body may be; 64 KiB unless told */
  readonly bodyLimit?: number;
}

const userParams = z.object({ id: uuid });
const nameParams = z.object({ id: name });
const switchParams = z.object({ switchId: name });
const numberParams = z.object({ switchId: name, number });
const boxParams = z.object({ number: voicemail.mailboxNumber });
const messageParams = boxParams.extend({ id: uuid });
const deviceParams = z.object({ mac: devices.mac });
const planParams = z.object({ switchId: name, id: name });

/** The whole REST API: validates requests in the gateway and is published as OpenAPI 3.1 at /api/openapi.json. */
export const routes = {
  signIn: { method: 'POST', path: '/session', summary: 'Sign in; sets the session cookie', who: 'anybody', body: session.signIn, response: session.session },
  getSession: { method: 'GET', path: '/session', summary: 'Who is signed in', who: 'signed-in', response: session.session },
  signOut: { method: 'DELETE', path: '/session', summary: 'Sign out', who: 'signed-in', status: 204 },
  changePassword: { method: 'PUT', path: '/session/password', summary: 'Change the own password', who: 'signed-in', body: session.changePassword, status: 204 },
  createToken: { method: 'POST', path: '/tokens', summary: 'Create an API token; its secret is shown once', who: 'administrator', body: session.createToken, response: session.createdToken, status: 201 },
  listTokens: { method: 'GET', path: '/tokens', summary: 'API tokens', who: 'administrator', response: z.object({ items: z.array(session.token) }) },
  deleteToken: { method: 'DELETE', path: '/tokens/{id}', params: z.object({ id: uuid }), summary: 'Revoke an API token', who: 'administrator', status: 204 },

  listTenants: { method: 'GET', path: '/tenants', summary: 'Tenants', who: 'administrator', response: z.object({ items: z.array(topology.tenant) }) },
  createTenant: { method: 'POST', path: '/tenants', summary: 'Create a tenant', who: 'administrator', body: topology.createTenant, response: topology.tenant, status: 201 },
  listSites: { method: 'GET', path: '/sites', summary: 'Sites', who: 'administrator', response: z.object({ items: z.array(topology.site) }) },
  createSite: { method: 'POST', path: '/sites', summary: 'Create a site', who: 'administrator', body: topology.createSite, response: topology.site, status: 201 },
  listSwitches: { method: 'GET', path: '/switches', summary: 'Switches', who: 'administrator', response: z.object({ items: z.array(topology.switchShape) }) },
  createSwitch: { method: 'POST', path: '/switches', summary: 'Create a switch', who: 'administrator', body: topology.createSwitch, response: topology.switchShape, status: 201 },

  listUsers: { method: 'GET', path: '/users', summary: 'Users by name, or by a prefix of any word of the name', who: 'administrator', query: pageQuery, response: pageOf(users.user) },
  createUser: { method: 'POST', path: '/users', summary: 'Create a user', who: 'administrator', body: users.writeUser, response: users.user, status: 201 },
  getUser: { method: 'GET', path: '/users/{id}', params: userParams, summary: 'A user', who: 'own-user-or-administrator', response: users.user },
  updateUser: { method: 'PUT', path: '/users/{id}', params: userParams, summary: 'Change a user', who: 'administrator', body: users.writeUser, response: users.user, conditional: true },
  deleteUser: { method: 'DELETE', path: '/users/{id}', params: userParams, summary: 'Delete a user; says what became of its numbers and settings', who: 'administrator', response: users.deletedUser, conditional: true },
  createAccount: { method: 'POST', path: '/users/{id}/account', params: userParams, summary: 'Create, or give a new one-time password to, the account of a user', who: 'administrator', body: session.createAccount, response: session.createdAccount, status: 201 },
  importUsers: { method: 'POST', path: '/imports/users', summary: 'Import users and numbers from text/csv', who: 'administrator', query: z.object({ dryRun: z.stringbool().default(false) }), response: users.importResult, bodyType: 'text/csv', bodyLimit: 1024 * 1024 },

  getUserCallSettings: { method: 'GET', path: '/users/{id}/call-settings', params: userParams, summary: 'Call settings of a user with effective values and their origin', who: 'own-user-or-administrator', response: settings.callSettingsView },
  putUserCallSettings: { method: 'PUT', path: '/users/{id}/call-settings', params: userParams, summary: 'Replace what the user has set', who: 'own-user-or-administrator', body: settings.callSettings, response: settings.callSettingsView, conditional: true, creates: true },
  getTenantCallSettings: { method: 'GET', path: '/call-settings', summary: 'Call settings of the tenant', who: 'administrator', response: settings.callSettingsView },
  putTenantCallSettings: { method: 'PUT', path: '/call-settings', summary: 'Replace the call settings of the tenant', who: 'administrator', body: settings.callSettings, response: settings.callSettingsView, conditional: true, creates: true },
  getSiteCallSettings: { method: 'GET', path: '/sites/{id}/call-settings', params: nameParams, summary: 'Call settings of a site', who: 'administrator', response: settings.callSettingsView },
  putSiteCallSettings: { method: 'PUT', path: '/sites/{id}/call-settings', params: nameParams, summary: 'Replace the call settings of a site', who: 'administrator', body: settings.callSettings, response: settings.callSettingsView, conditional: true, creates: true },

  listNumbers: { method: 'GET', path: '/switches/{switchId}/numbers', params: switchParams, summary: 'Numbers of a switch, by prefix', who: 'administrator', query: pageQuery, response: pageOf(dns.directoryNumber) },
  createNumber: { method: 'POST', path: '/switches/{switchId}/numbers', params: switchParams, summary: 'Create a number', who: 'administrator', body: dns.createDirectoryNumber, response: dns.directoryNumber, status: 201 },
  getNumber: { method: 'GET', path: '/switches/{switchId}/numbers/{number}', params: numberParams, summary: 'A number', who: 'administrator', response: dns.directoryNumber },
  updateNumber: { method: 'PUT', path: '/switches/{switchId}/numbers/{number}', params: numberParams, summary: 'Give a number to a user or take it away', who: 'administrator', body: dns.updateDirectoryNumber, response: dns.directoryNumber, conditional: true },
  deleteNumber: { method: 'DELETE', path: '/switches/{switchId}/numbers/{number}', params: numberParams, summary: 'Delete a number', who: 'administrator', status: 204, conditional: true },
  setSipPassword: { method: 'POST', path: '/switches/{switchId}/numbers/{number}/sip-password', params: numberParams, summary: 'Set a new SIP password; shown once', who: 'administrator', body: dns.setSipPassword, response: dns.sipPassword },

  getDialPlan: { method: 'GET', path: '/switches/{switchId}/dial-plan', params: switchParams, summary: 'Partitions, calling profiles and settings of a switch', who: 'administrator', response: plan.dialPlan },
  putPartition: { method: 'PUT', path: '/switches/{switchId}/partitions/{id}', params: planParams, summary: 'Create or replace a partition', who: 'administrator', body: plan.writePartition, response: plan.partition, conditional: true, creates: true, bodyLimit: 128 * 1024 },
  deletePartition: { method: 'DELETE', path: '/switches/{switchId}/partitions/{id}', params: planParams, summary: 'Delete a partition that no profile uses', who: 'administrator', status: 204, conditional: true },
  putCallingProfile: { method: 'PUT', path: '/switches/{switchId}/calling-profiles/{id}', params: planParams, summary: 'Create or replace a calling profile', who: 'administrator', body: plan.writeCallingProfile, response: plan.callingProfile, conditional: true, creates: true },
  deleteCallingProfile: { method: 'DELETE', path: '/switches/{switchId}/calling-profiles/{id}', params: planParams, summary: 'Delete a calling profile', who: 'administrator', status: 204, conditional: true },
  putSwitchSettings: { method: 'PUT', path: '/switches/{switchId}/dial-plan-settings', params: switchParams, summary: 'Replace the dial plan settings of a switch', who: 'administrator', body: plan.writeSwitchSettings, response: plan.switchSettings, conditional: true, creates: true },

  simulateCall: { method: 'POST', path: '/switches/{switchId}/simulate', params: switchParams, summary: 'Decide a call as if it came now; places no call', who: 'administrator', body: calls.simulateCall, response: calls.simulatedCall },
  listDecisions: { method: 'GET', path: '/switches/{switchId}/decisions', params: switchParams, summary: 'Past decisions, newest first', who: 'administrator', query: pageQuery, response: pageOf(calls.decision) },
  explainCall: { method: 'GET', path: '/calls/{callId}', params: z.object({ callId: z.string().min(1).max(256) }), summary: 'The decisions of a call with their traces, by Call-ID', who: 'administrator', response: z.object({ items: z.array(calls.explainedDecision) }) },

  listMailboxes: { method: 'GET', path: '/mailboxes', summary: 'Mailboxes by number', who: 'administrator', query: pageQuery, response: pageOf(voicemail.mailbox) },
  createMailbox: { method: 'POST', path: '/mailboxes', summary: 'Create a mailbox, and give it to a user; the one-time PIN is shown once', who: 'administrator', body: voicemail.createMailbox, response: voicemail.createdMailbox, status: 201 },
  getMailbox: { method: 'GET', path: '/mailboxes/{number}', params: boxParams, summary: 'A mailbox', who: 'mailbox-owner-or-administrator', response: voicemail.mailbox },
  updateMailbox: { method: 'PUT', path: '/mailboxes/{number}', params: boxParams, summary: 'Replace the settings of a mailbox', who: 'administrator', body: voicemail.mailboxSettings, response: voicemail.mailbox, conditional: true },
  deleteMailbox: { method: 'DELETE', path: '/mailboxes/{number}', params: boxParams, summary: 'Delete a mailbox; its messages are no longer reachable', who: 'administrator', status: 204, conditional: true },
  putMailboxOwner: { method: 'PUT', path: '/mailboxes/{number}/owner', params: boxParams, summary: 'Give a mailbox to a user, or to nobody', who: 'administrator', body: voicemail.mailboxOwner, response: voicemail.mailbox },
  resetPin: { method: 'POST', path: '/mailboxes/{number}/pin', params: boxParams, summary: 'Give a new one-time PIN, shown once, and open the lock', who: 'mailbox-owner-or-administrator', response: voicemail.oneTimePin },
  unlockMailbox: { method: 'DELETE', path: '/mailboxes/{number}/lock', params: boxParams, summary: 'Open the lock after wrong PINs', who: 'mailbox-owner-or-administrator', status: 204 },
  deleteGreeting: { method: 'DELETE', path: '/mailboxes/{number}/greetings/{kind}', params: boxParams.extend({ kind: voicemail.greetingKind }), summary: 'Back to the built-in greeting', who: 'mailbox-owner-or-administrator', status: 204 },
  listMailboxesOfUser: { method: 'GET', path: '/users/{id}/mailboxes', params: userParams, summary: 'Mailboxes of a user', who: 'own-user-or-administrator', response: z.object({ items: z.array(voicemail.mailbox) }) },
  listMessages: { method: 'GET', path: '/mailboxes/{number}/messages', params: boxParams, summary: 'Messages, newest first', who: 'mailbox-owner-or-administrator', query: voicemail.messagesQuery, response: pageOf(voicemail.voiceMessage) },
  deleteMessage: { method: 'DELETE', path: '/mailboxes/{number}/messages/{id}', params: messageParams, summary: 'Move a message to Deleted', who: 'mailbox-owner-or-administrator', response: voicemail.voiceMessage },
  restoreMessage: { method: 'POST', path: '/mailboxes/{number}/messages/{id}/restore', params: messageParams, summary: 'Take a message back from Deleted', who: 'mailbox-owner-or-administrator', response: voicemail.voiceMessage },
  markMessageHeard: { method: 'POST', path: '/mailboxes/{number}/messages/{id}/heard', params: messageParams, summary: 'Mark a message as heard', who: 'mailbox-owner-or-administrator', response: voicemail.voiceMessage },
  createAudioLink: { method: 'POST', path: '/mailboxes/{number}/messages/{id}/audio-link', params: messageParams, summary: 'A short-lived address of the recording; an administrator needs the permission of the mailbox, and each is audited', who: 'mailbox-owner-or-administrator', response: voicemail.audioLink, status: 201 },
  getAudio: { method: 'GET', path: '/audio/{token}', params: z.object({ token: z.string().min(16).max(1024) }), summary: 'The recording as WAV, with byte ranges', who: 'anybody', query: z.object({ download: z.stringbool().default(false) }), responseType: 'audio/wav' },

  listDevices: { method: 'GET', path: '/devices', summary: 'Devices, waiting ones first, then by MAC; with counts by state', who: 'administrator', query: devices.devicesQuery, response: pageOf(devices.device).extend({ counts: z.record(devices.deviceState, z.int()) }) },
  createDevice: { method: 'POST', path: '/devices', summary: 'Enter a device, or assign one that is waiting; a number opens its enrolment window', who: 'administrator', body: devices.createDevice, response: devices.device, status: 201 },
  getDevice: { method: 'GET', path: '/devices/{mac}', params: deviceParams, summary: 'A device, also one that is only waiting', who: 'administrator', response: devices.device },
  updateDevice: { method: 'PUT', path: '/devices/{mac}', params: deviceParams, summary: 'Replace label, number, profile and settings; a new number opens the enrolment window', who: 'administrator', body: devices.writeDevice, response: devices.device, conditional: true },
  deleteDevice: { method: 'DELETE', path: '/devices/{mac}', params: deviceParams, summary: 'Forget a device; its credential is void', who: 'administrator', status: 204, conditional: true },
  dismissDevice: { method: 'DELETE', path: '/waiting-devices/{mac}', params: deviceParams, summary: 'Take a MAC off the list of those that wait', who: 'administrator', status: 204 },
  openEnrolment: { method: 'POST', path: '/devices/{mac}/enrolment', params: deviceParams, summary: 'Open the enrolment window: the next fetch of the device gets its secrets', who: 'administrator', body: devices.openEnrolment, response: devices.device },
  closeEnrolment: { method: 'DELETE', path: '/devices/{mac}/enrolment', params: deviceParams, summary: 'Close the enrolment window unused', who: 'administrator', status: 204 },
  rotateCredential: { method: 'POST', path: '/devices/{mac}/credential', params: deviceParams, summary: 'Give the device a new credential; the old one is valid until the new one is used', who: 'administrator', response: devices.device },
  sendCheckSync: { method: 'POST', path: '/devices/{mac}/check-sync', params: deviceParams, summary: 'Ask the phone to fetch now', who: 'administrator', response: devices.checkSync },
  getDeviceFiles: { method: 'GET', path: '/devices/{mac}/files', params: deviceParams, summary: 'The files the device would get now, secrets masked', who: 'administrator', response: z.object({ items: z.array(devices.deviceFile) }) },
  revealDeviceFiles: { method: 'POST', path: '/devices/{mac}/files/reveal', params: deviceParams, summary: 'The same with secrets; each is audited', who: 'administrator', response: z.object({ items: z.array(devices.deviceFile) }) },
  listDeviceEvents: { method: 'GET', path: '/devices/{mac}/events', params: deviceParams, summary: 'What happened to the device, newest first', who: 'administrator', query: pageQuery.omit({ q: true }), response: pageOf(devices.deviceEvent) },
  listSweeps: { method: 'GET', path: '/device-sweeps', summary: 'Addresses that asked for many devices without a credential', who: 'administrator', response: z.object({ items: z.array(devices.sweep) }) },
  listDevicePacks: { method: 'GET', path: '/device-packs', summary: 'Vendors and models that can be served', who: 'administrator', response: z.object({ items: z.array(devices.devicePack) }) },
  listDeviceProfiles: { method: 'GET', path: '/device-profiles', summary: 'Device profiles', who: 'administrator', response: z.object({ items: z.array(devices.deviceProfile) }) },
  getDeviceProfile: { method: 'GET', path: '/device-profiles/{id}', params: nameParams, summary: 'A device profile', who: 'administrator', response: devices.deviceProfile },
  putDeviceProfile: { method: 'PUT', path: '/device-profiles/{id}', params: nameParams, summary: 'Create or replace a device profile', who: 'administrator', body: devices.writeDeviceProfile, response: devices.deviceProfile, conditional: true, creates: true },
  deleteDeviceProfile: { method: 'DELETE', path: '/device-profiles/{id}', params: nameParams, summary: 'Delete a device profile that no device uses', who: 'administrator', status: 204, conditional: true },
  getTenantDeviceSettings: { method: 'GET', path: '/device-settings', summary: 'Device settings of the tenant', who: 'administrator', response: devices.deviceLayer },
  putTenantDeviceSettings: { method: 'PUT', path: '/device-settings', summary: 'Replace the device settings of the tenant', who: 'administrator', body: devices.deviceSettings, response: devices.deviceLayer, conditional: true, creates: true },
  getSiteDeviceSettings: { method: 'GET', path: '/sites/{id}/device-settings', params: nameParams, summary: 'Device settings of a site', who: 'administrator', response: devices.deviceLayer },
  putSiteDeviceSettings: { method: 'PUT', path: '/sites/{id}/device-settings', params: nameParams, summary: 'Replace the device settings of a site', who: 'administrator', body: devices.deviceSettings, response: devices.deviceLayer, conditional: true, creates: true },

  getOverview: { method: 'GET', path: '/overview', summary: 'Services, replicas, revisions and staleness', who: 'administrator', response: overview.overview },
  getEffect: { method: 'GET', path: '/effects', summary: 'Waits until a change is in effect', who: 'signed-in', query: overview.effectQuery, response: overview.effect },
  listChanges: { method: 'GET', path: '/changes', summary: 'Who changed what, newest first, of all owners', who: 'administrator', query: pageQuery, response: pageOf(overview.change) },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;
