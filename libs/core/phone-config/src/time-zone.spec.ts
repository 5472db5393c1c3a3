import { describe, expect, it } from 'vitest';
import { POSIX_ZONES } from './posix-zones.ts';
import { parsePosixZone, timeZoneRule, timeZoneTexts, type ClockChange, type TimeZoneRule } from './time-zone.ts';

it('says how a zone’s clock goes', () => {
  expect(timeZoneTexts('Europe/Berlin')).toEqual({
    'timeZone.posix': 'CET-1CEST,M3.5.0,M10.5.0/3',
    'timeZone.offset': '+01:00',
    'timeZone.hours': '+1',
    'timeZone.saving': '60',
    ...{ 'timeZone.start.month': '3', 'timeZone.start.week': '5', 'timeZone.start.weekday': '0', 'timeZone.start.isoWeekday': '7', 'timeZone.start.hour': '2', 'timeZone.start.minute': '0' },
    ...{ 'timeZone.end.month': '10', 'timeZone.end.week': '5', 'timeZone.end.weekday': '0', 'timeZone.end.isoWeekday': '7', 'timeZone.end.hour': '3', 'timeZone.end.minute': '0' },
  });
});

it.each([
  ['UTC', '+00:00', '0', ''],
  ['Asia/Kolkata', '+05:30', '+5:30', ''],
  ['America/St_Johns', '-03:30', '-3:30', '60'],
  ['Europe/Dublin', '+00:00', '0', '60'],
  ['Australia/Lord_Howe', '+10:30', '+10:30', '30'],
  ['Pacific/Chatham', '+12:45', '+12:45', '60'],
  ['Mars/Olympus', '', '', ''],
  ['constructor', '', '', ''],
])('%s is %s, in hours %s, and saves %s minutes', (zone, offset, hours, saving) => {
  expect(timeZoneTexts(zone)).toMatchObject({ 'timeZone.offset': offset, 'timeZone.hours': hours, 'timeZone.saving': saving });
});

it('knows Ireland’s summer, which the law calls standard time', () => {
  expect(timeZoneRule('Europe/Dublin')?.summer).toMatchObject({ start: { month: 3, hour: 1 }, end: { month: 10, hour: 2 } });
});

it('understands every rule of the tz database, each zone once', () => {
  expect(Object.keys(POSIX_ZONES).filter((posix) => parsePosixZone(posix) === undefined)).toEqual([]);
  const zones = Object.values(POSIX_ZONES).flatMap((names) => names.split(' '));
  expect(new Set(zones).size).toBe(zones.length);
});

const minutesEast = (zone: string, at: number): number => {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(new Date(at));
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT(?:([+-])(\d+):(\d+))?/.exec(parts.find(({ type }) => type === 'timeZoneName')?.value ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) || 0;
};

/** The moment of a change, its clock being `offset` minutes east of UTC until then. */
function momentOf({ month, week, weekday, hour, minute }: ClockChange, year: number, offset: number): number {
  const first = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const day = 1 + ((weekday - first + 7) % 7) + (week - 1) * 7;
  return Date.UTC(year, month - 1, day > days ? day - 7 : day, hour, minute) - offset * 60_000;
}

function offsetBy({ offsetMinutes, summer }: TimeZoneRule, at: number, year: number): number {
  if (summer === undefined) return offsetMinutes;
  const [start, end] = [momentOf(summer.start, year, offsetMinutes), momentOf(summer.end, year, offsetMinutes + summer.savingMinutes)];
  const isSummer = start < end ? at >= start && at < end : at >= start || at < end;
  return offsetMinutes + (isSummer ? summer.savingMinutes : 0);
}

describe('its clock changes to the minute as Intl says', () => {
  it.each(['Europe/Berlin', 'Europe/London', 'Europe/Dublin', 'Europe/Athens', 'America/New_York', 'America/Los_Angeles', 'America/St_Johns', 'Australia/Sydney', 'Australia/Lord_Howe', 'Pacific/Auckland', 'Asia/Tokyo', 'America/Phoenix'])('%s', (zone) => {
    const rule = timeZoneRule(zone);
    if (rule === undefined) throw new Error('unknown');
    for (const year of [2026, 2027, 2028]) {
      const changes = rule.summer === undefined ? [] : [momentOf(rule.summer.start, year, rule.offsetMinutes), momentOf(rule.summer.end, year, rule.offsetMinutes + rule.summer.savingMinutes)];
      const moments = [...Array.from({ length: 12 }, (_, month) => Date.UTC(year, month, 15)), ...changes.flatMap((at) => [at - 60_000, at])];
      expect(moments.map((at) => offsetBy(rule, at, year))).toEqual(moments.map((at) => minutesEast(zone, at)));
    }
  });
});
