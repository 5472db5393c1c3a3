import { POSIX_ZONES } from './posix-zones.ts';

/** When a clock changes: the `week`-th (5 = last) `weekday` (0 = Sunday) of the month, by the clock as it was until then. */
export interface ClockChange {
  readonly month: number;
  readonly week: number;
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
}

export interface TimeZoneRule {
  /** POSIX TZ string, for example CET-1CEST,M3.5.0,M10.5.0/3 */
  readonly posix: string;
  /** minutes east of UTC in winter */
  readonly offsetMinutes: number;
  readonly summer?: { readonly savingMinutes: number; readonly start: ClockChange; readonly end: ClockChange };
}

const posixOf: ReadonlyMap<string, string> = new Map(Object.entries(POSIX_ZONES).flatMap(([posix, zones]) => zones.split(' ').map((zone) => [zone, posix] as const)));

const NAME = '(?:<[^>]+>|[A-Za-z]+)';
const CHANGE = 'M(\\d+)\\.(\\d)\\.(\\d)(?:/(-?\\d+)(?::(\\d+))?)?';
const ONE_CHANGE = new RegExp(`^${CHANGE}$`);
const RULE = new RegExp(`^${NAME}(-?\\d+(?::\\d+)?)(?:${NAME}(-?\\d+(?::\\d+)?)?,(${CHANGE}),(${CHANGE}))?$`);

/** The rule of an IANA zone as phones need it; undefined when the zone is not in our copy of the tz database. */
export function timeZoneRule(zone: string): TimeZoneRule | undefined {
  const posix = posixOf.get(zone);
  return posix === undefined ? undefined : parsePosixZone(posix);
}

export function parsePosixZone(posix: string): TimeZoneRule | undefined {
  const match = RULE.exec(posix);
  if (match === null) return undefined;
  const [, standard = '', saving, first, , , , , , second] = match;
  const standardMinutes = -minutesOf(standard);
  if (first === undefined || second === undefined) return { posix, offsetMinutes: standardMinutes };
  const savingMinutes = saving === undefined ? standardMinutes + 60 : -minutesOf(saving);
  const [start, end] = [changeOf(first), changeOf(second)];
  // Ireland's law has summer as standard time: the "saving" is negative and in winter.
  const isNegative = savingMinutes < standardMinutes;
  const summer = isNegative ? { start: end, end: start } : { start, end };
  return { posix, offsetMinutes: Math.min(standardMinutes, savingMinutes), summer: { savingMinutes: Math.abs(savingMinutes - standardMinutes), ...summer } };
}

/** POSIX counts west of UTC. */
function minutesOf(text: string): number {
  const [hours = '0', minutes = '0'] = text.replace('-', '').split(':');
  return (text.startsWith('-') ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) || 0;
}

/** Hours outside 0 to 23 move to the neighbouring weekday; the week stays, which differs in the years in which that day is in another week. Phones cannot say it better. */
function changeOf(text: string): ClockChange {
  const [, month, week, weekday, hour = '2', minute = '0'] = ONE_CHANGE.exec(text) ?? [];
  const days = Math.floor(Number(hour) / 24);
  return { month: Number(month), week: Number(week), weekday: (Number(weekday) + days + 7) % 7, hour: Number(hour) - days * 24, minute: Number(minute) };
}

/** What packs can say of a zone, by placeholder; all '' for an unknown zone. */
export function timeZoneTexts(zone: string): Readonly<Record<string, string>> {
  const rule = timeZoneRule(zone);
  const { start, end, savingMinutes } = rule?.summer ?? {};
  return {
    'timeZone.posix': rule?.posix ?? '',
    'timeZone.offset': rule === undefined ? '' : offsetText(rule.offsetMinutes),
    'timeZone.hours': rule === undefined ? '' : hoursText(rule.offsetMinutes),
    'timeZone.saving': savingMinutes === undefined ? '' : String(savingMinutes),
    ...changeTexts('start', start),
    ...changeTexts('end', end),
  };
}

function changeTexts(name: 'start' | 'end', change: ClockChange | undefined): Readonly<Record<string, string>> {
  const text = (value: number | undefined): string => (value === undefined ? '' : String(value));
  return {
    [`timeZone.${name}.month`]: text(change?.month),
    [`timeZone.${name}.week`]: text(change?.week),
    [`timeZone.${name}.weekday`]: text(change?.weekday),
    [`timeZone.${name}.isoWeekday`]: text(change === undefined ? undefined : change.weekday || 7),
    [`timeZone.${name}.hour`]: text(change?.hour),
    [`timeZone.${name}.minute`]: text(change?.minute),
  };
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** +01:00 */
function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`;
}

/** +1, +5:30, 0 */
function hoursText(minutes: number): string {
  const size = Math.abs(minutes);
  const rest = size % 60 === 0 ? '' : `:${twoDigits(size % 60)}`;
  return size === 0 ? '0' : `${minutes < 0 ? '-' : '+'}${String(Math.floor(size / 60))}${rest}`;
}

/** Their names. */
export const TIME_ZONE_PLACEHOLDERS: readonly string[] = Object.keys(timeZoneTexts('UTC'));
