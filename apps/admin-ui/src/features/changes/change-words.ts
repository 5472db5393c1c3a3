import type { Change } from '@sfs/rest-contract';
import { same } from '../../edit/merge-fields.ts';
import { dayAndTime } from '../../ui/formats.ts';
import type { DiffLine } from '../../ui/save-bar.tsx';
import { macWords } from '../devices/device-words.ts';
import { duration } from '../voicemail/voicemail-words.ts';

const KINDS: Readonly<Record<string, string>> = {
  tenant: 'Tenant',
  site: 'Site',
  switch: 'Switch',
  user: 'User',
  dn: 'Number',
  'call-settings': 'Call settings of',
  'sip-credential': 'SIP password of',
  partition: 'Partition',
  'calling-profile': 'Calling profile',
  'switch-settings': 'Dial plan settings of',
  account: 'Account',
  'sign-in': 'Sign-in of',
  token: 'API token',
  'api-token': 'API token',
  mailbox: 'Mailbox',
  'mailbox-link': 'Owner of mailbox',
  'mailbox-pin': 'PIN of mailbox',
  greeting: 'Greeting of mailbox',
  listening: 'Message in mailbox',
  device: 'Device',
  'device-profile': 'Device profile',
  'device-layer': 'Device settings of',
  enrolment: 'Enrolment window of',
  'device-reveal': 'Secrets of device',
};

const FIELDS: Readonly<Record<string, string>> = {
  displayName: 'Name',
  email: 'E-mail',
  siteId: 'Site',
  callingProfileId: 'Calling profile',
  userId: 'Belongs to',
  forwardAll: 'Forward all calls',
  forwardOnNoAnswer: 'On no answer',
  forwardOnBusy: 'On busy',
  noAnswerTimeoutSeconds: 'No answer after',
  callWaiting: 'Call waiting',
  rejectOnNotReady: 'Reject when not ready',
  partitionIds: 'Partitions',
  defaultProfileId: 'Default profile',
  inboundProfileId: 'Inbound profile',
  maxForwards: 'Forwards at most',
  sipDomain: 'SIP domain',
  maxMessages: 'Messages at most',
  maxMessageSeconds: 'Longest message',
  timeZone: 'Time zone',
  durationMs: 'Length',
  administratorMayListen: 'Administrators may listen',
  credentialGeneration: 'Credential',
  profileId: 'Device profile',
  number: 'Number',
  address: 'Only from',
  openUntil: 'Open until',
  ntpServer: 'Time server',
  transport: 'SIP transport',
  registerSeconds: 'Registers every',
  voicemailNumber: 'Voicemail key calls',
  checkMinutes: 'Looks for changes every',
};

const UNITS: Readonly<Record<string, string>> = { noAnswerTimeoutSeconds: 's', registerSeconds: 's', checkMinutes: 'min' };

/** Ids and stamps say nothing to a reader of a diff. */
const SILENT = new Set(['meta', 'id', 'numbers', 'switchId', 'tag', 'version', 'layer', 'number', 'event', 'stamp', 'createdAt', 'changedAt', 'mailbox', 'messageId', 'recordedAt', 'contentHash', 'kind', 'mac', 'vendor']);

/** "User Alder Finch", "Number 1002 on site-a", "Call settings of the tenant". */
export function subjectOf(change: Change, nameOf: (userId: string) => string | undefined = () => undefined): string {
  const { kind, entityId } = change;
  const lead = KINDS[kind] ?? spaced(kind);
  const body = change.after ?? change.before ?? {};
  const [first = '', second = ''] = splitOnce(entityId);
  if (kind === 'user') return `${lead} ${nameIn(body) ?? userWords(entityId, nameOf)}`;
  if (kind === 'call-settings' || kind === 'device-layer') return `${lead} ${ownerWords(first, second, nameOf)}`;
  if (isOfDevice(kind)) return `${lead} ${macWords(first)}`;
  if (isOfMailbox(kind)) return mailboxSubject(lead, first, second);
  return second ? `${lead} ${onSwitch(kind, body) ?? second} on ${first}` : `${lead} ${nameIn(body) ?? entityId}`;
}

function userWords(id: string, nameOf: (userId: string) => string | undefined): string {
  return nameOf(id) ?? id.slice(0, 8);
}

function mailboxSubject(lead: string, number: string, part: string): string {
  return `${part === 'name' ? 'Spoken name of mailbox' : lead} ${number}`;
}

/** A number is its own name; whatever name its body has is its owner's. */
function onSwitch(kind: string, body: Readonly<Record<string, unknown>>): string | undefined {
  return kind === 'dn' || kind === 'sip-credential' ? undefined : nameIn(body);
}

function ownerWords(layer: string, id: string, nameOf: (userId: string) => string | undefined): string {
  if (layer === 'user') return nameOf(id) ?? `user ${id.slice(0, 8)}`;
  return layer === 'site' ? `site ${id}` : 'the tenant';
}

export function isOfDevice(kind: string): boolean {
  return kind === 'device' || kind === 'enrolment' || kind === 'device-reveal';
}

export function isOfMailbox(kind: string): boolean {
  return kind === 'greeting' || kind === 'listening' || kind.startsWith('mailbox');
}

/** The user a change is about, if any. */
export function userOf({ kind, entityId }: Change): string {
  if (kind === 'user') return entityId;
  return kind === 'call-settings' && entityId.startsWith('user/') ? entityId.slice(5) : '';
}

export function verbOf(change: Change): string {
  if (change.owner === 'voicemail' && change.kind === 'listening') return 'listened to';
  if (change.kind === 'device-reveal') return 'shown';
  if (change.owner === 'gateway' && typeof change.after?.event === 'string') return spaced(change.after.event).toLowerCase();
  if (change.deleted) return 'deleted';
  return change.before === null ? 'created' : 'changed';
}

/** Why there is no old and new to show. */
export function silenceOf({ kind }: Change): string {
  if (/pin|password|credential|account|token/.test(kind)) return 'secrets are not kept to be read';
  return /listening|sign-in|reveal/.test(kind) ? 'who and when is kept, nothing was changed' : 'nothing to show';
}

/** Old and new of each field that differs. */
export function diffChange(change: Change, nameOf: (userId: string) => string | undefined = () => undefined): readonly DiffLine[] {
  if (change.deleted && change.owner !== 'gateway') return [{ label: subjectOf(change), was: '', will: 'deleted' }];
  const before = flat(change.before);
  const after = flat(change.after);
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.filter((key) => isTold(change, key) && !same(before[key], after[key])).map((key) => ({ label: FIELDS[key] ?? spaced(key), was: change.before === null ? '' : fieldWords(key, before[key], nameOf), will: fieldWords(key, after[key], nameOf) }));
}

/** The number is the id of a number, and what a device plays. */
function isTold({ kind }: Change, key: string): boolean {
  return !SILENT.has(key) || (kind === 'device' && key === 'number');
}

/** A layer of settings is stored as `{ layer, id, settings: {...} }`; its settings are what is read. */
function flat(body: Change['after']): Readonly<Record<string, unknown>> {
  const settings = body?.settings;
  return typeof settings === 'object' && settings !== null && !Array.isArray(settings) ? { ...body, settings: undefined, ...settings } : (body ?? {});
}

function fieldWords(key: string, value: unknown, nameOf: (userId: string) => string | undefined): string {
  if (key === 'userId') return typeof value === 'string' && value !== '' ? (nameOf(value) ?? 'a user') : 'nobody';
  if (key === 'openUntil' && typeof value === 'string') return dayAndTime(value, new Date());
  const unit = typeof value === 'number' ? UNITS[key] : undefined;
  if (unit) return `${String(value)} ${unit}`;
  if (key === 'durationMs' && typeof value === 'number') return duration(value);
  return valueWords(value);
}

function valueWords(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'not set';
  if (typeof value === 'boolean') return value ? 'On' : 'Off';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.length ? value.map((each) => (typeof each === 'object' ? valueWords(each) : String(each))).join(', ') : 'none';
  return objectWords(value as Readonly<Record<string, unknown>>);
}

function objectWords(value: Readonly<Record<string, unknown>>): string {
  const { kind, number } = value;
  if (kind === 'off') return 'Off';
  if (kind === 'number') return `to ${String(number)}`;
  if (kind === 'find-me') return 'Find Me';
  if (kind === 'voicemail') return 'to the own mailbox';
  return Object.entries(value)
    .filter(([, each]) => each !== '' && each !== undefined)
    .map(([key, each]) => (key === 'kind' ? String(each) : `${spaced(key).toLowerCase()} ${valueWords(each)}`))
    .join(', ');
}

function nameIn(body: Readonly<Record<string, unknown>>): string | undefined {
  const name = body.displayName ?? body.name;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

function splitOnce(id: string): readonly string[] {
  const at = id.indexOf('/');
  return at < 0 ? [id] : [id.slice(0, at), id.slice(at + 1)];
}

function spaced(key: string): string {
  const words = key.replace(/([A-Z])/g, ' $1').replace(/[-_]/g, ' ').toLowerCase().trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
