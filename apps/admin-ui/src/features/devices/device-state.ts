import type { Device } from '@sfs/rest-contract';
import { age, clock } from '../../ui/formats.ts';
import { everyWords, isWindowOpen, macWords, notifyWords } from './device-words.ts';

export interface Station {
  readonly key: 'declared' | 'notified' | 'fetched';
  readonly name: string;
  /** stuck: this is where it waits */
  readonly state: 'done' | 'skipped' | 'stuck' | 'todo';
  readonly words: string;
}

/** Declared → notified → fetched: where the newest configuration has come to. */
export function chainOf(device: Pick<Device, 'declared' | 'notified' | 'running'>, now: number): readonly [Station, Station, Station] {
  const { declared, running, notified } = device;
  const isFetched = declared.revision > 0 && running.revision === declared.revision;
  const isTold = notified.at !== null && (declared.at === null || notified.at >= declared.at);
  return [
    { key: 'declared', name: 'Declared', state: declared.revision ? 'done' : 'stuck', words: declared.revision ? timeWords(declared.at) : 'nothing yet' },
    { key: 'notified', name: 'Notified', ...notifiedStation(device, isTold, isFetched) },
    { key: 'fetched', name: 'Fetched', ...fetchedStation(device, isFetched, now) },
  ];
}

function notifiedStation({ declared, notified }: Pick<Device, 'declared' | 'notified'>, isTold: boolean, isFetched: boolean): Pick<Station, 'state' | 'words'> {
  if (declared.revision === 0) return { state: 'todo', words: 'not yet' };
  if (!isTold) return { state: 'skipped', words: isFetched ? 'not needed' : 'not yet' };
  const answer = notifyWords(notified.status);
  return { state: answer.kind === 'ok' ? 'done' : isFetched ? 'skipped' : 'stuck', words: `${timeWords(notified.at)}, ${answer.words}` };
}

function fetchedStation({ declared, running }: Pick<Device, 'declared' | 'running'>, isFetched: boolean, now: number): Pick<Station, 'state' | 'words'> {
  if (declared.revision === 0) return { state: 'todo', words: 'not yet' };
  if (isFetched) return { state: 'done', words: timeWords(running.at) };
  const since = declared.at === null ? '' : `waiting ${age(Math.max(0, now - Date.parse(declared.at)))}`;
  return { state: 'stuck', words: running.revision ? `runs r${running.revision}, ${since}` : since || 'never' };
}

/** Why the phone is not up, and the one thing to do about it. */
export interface Diagnosis {
  readonly kind: 'ok' | 'info' | 'warn' | 'bad';
  readonly what: string;
  readonly next: string;
  /** opening the enrolment window is what mends it */
  readonly needsWindow: boolean;
}

export function diagnose(device: Device, url: string, now: number): Diagnosis {
  switch (device.state) {
    case 'waiting':
      return { kind: 'info', what: 'This phone asks, and nobody has said which number it plays.', next: 'Until then it gets a bootstrap without secrets and asks again by itself.', needsWindow: false };
    case 'assigned':
      return diagnoseAssigned(device, url, now);
    case 'drift':
      return diagnoseDrift(device);
    case 'not-seen':
      return { kind: 'bad', what: `Not heard since ${device.lastSeenAt ? timeWords(device.lastSeenAt) : 'it was entered'}, longer than three of its looks.`, next: 'See whether it has power and network. If it was reset to factory settings, open the enrolment window: it has lost its credential.', needsWindow: true };
    default:
      return device.rotating
        ? { kind: 'info', what: 'The phone runs what it should; its new credential is on its way.', next: 'The old one stays valid until it has used the new one.', needsWindow: false }
        : { kind: 'ok', what: 'The phone runs what it should.', next: `It looks for changes by itself ${everyWords(checkMinutes(device))}, and at once when asked.`, needsWindow: false };
  }
}

function diagnoseAssigned(device: Device, url: string, now: number): Diagnosis {
  if (!device.number) return { kind: 'warn', what: 'It has no number, so there is nothing to configure.', next: 'Give it one: that opens the enrolment window.', needsWindow: false };
  if (!isWindowOpen(device, now)) return { kind: 'warn', what: 'The enrolment window is closed and the phone has never fetched its configuration.', next: 'Without a credential it gets the bootstrap only. Open the window and restart the phone.', needsWindow: true };
  const from = device.window?.address ? `, from ${device.window.address} only` : '';
  if (device.lastSeenAt === null) return { kind: 'info', what: `The window is open${from}, but no phone with the MAC ${macWords(device.mac)} has asked yet.`, next: `Plug it in. If it does not ask, DHCP does not tell it where: option 66 or 160 must say ${url}`, needsWindow: false };
  return { kind: 'info', what: `The window is open${from}: the next time the phone asks, it gets its configuration.`, next: `It asked last at ${timeWords(device.lastSeenAt)}${device.lastAddress ? ` from ${device.lastAddress}` : ''}. Restart it and it asks at once.`, needsWindow: false };
}

function diagnoseDrift({ declared, running, notified, effective }: Device): Diagnosis {
  const runs = running.revision ? `still runs r${running.revision}` : 'has fetched nothing';
  const what = `The phone should run r${declared.revision} and ${runs}.`;
  const looks = `It looks by itself ${everyWords(checkMinutes({ effective }))}`;
  const isTold = notified.at !== null && (declared.at === null || notified.at >= declared.at);
  if (!isTold) return { kind: 'warn', what, next: `${looks}; ask it to fetch now.`, needsWindow: false };
  if (notified.status === 480) return { kind: 'warn', what, next: `It is not registered, so it could not be asked. ${looks}; if it does not register either, look at its network and its SIP password.`, needsWindow: false };
  if (notified.status === 408) return { kind: 'warn', what, next: `It was asked and did not answer. ${looks}; restart it if that takes too long.`, needsWindow: false };
  return { kind: 'warn', what, next: `It was asked at ${timeWords(notified.at)} and has not fetched. If its last requests were refused, it was reset: open the enrolment window.`, needsWindow: true };
}

function checkMinutes({ effective }: Pick<Device, 'effective'>): number {
  const value = effective.find(({ name }) => name === 'checkMinutes')?.value;
  return typeof value === 'number' ? value : 60;
}

function timeWords(iso: string | null): string {
  if (iso === null || iso === '') return 'never';
  return isToday(iso) ? clock(iso) : new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }).format(new Date(iso));
}

function isToday(iso: string): boolean {
  return new Date(iso).toDateString() === new Date().toDateString();
}
