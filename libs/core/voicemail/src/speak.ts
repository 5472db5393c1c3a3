import type { PromptName } from './prompts.ts';
import { isTimeZone } from './settings.ts';

/** A number as it is dialled, digit by digit, as prompt names; what is no digit, * or # or + is left out. */
export function speakNumber(number: string): readonly PromptName[] {
  return [...number].flatMap((character) => SIGNS[character] ?? (/[0-9]/.test(character) ? (`number-${Number(character)}` as const) : []));
}

const SIGNS: Readonly<Record<string, PromptName>> = { '+': 'plus', '*': 'star', '#': 'pound' };

/** How many, in words, as prompt names; 0 to 9999, what is above is said as 9999. */
export function speakCount(count: number): readonly PromptName[] {
  const value = Math.max(0, Math.min(9999, Math.floor(count) || 0));
  if (value <= 20) return [`number-${value}`];
  if (value < 100) return [`number-${value - (value % 10)}`, ...rest(value % 10)];
  if (value < 1000) return [`number-${Math.floor(value / 100)}`, 'hundred', ...rest(value % 100)];
  return [`number-${Math.floor(value / 1000)}`, 'thousand', ...rest(value % 1000)];
}

const rest = (value: number): readonly PromptName[] => (value === 0 ? [] : speakCount(value));

interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

/** When it was, by the clocks of the zone, as prompt names: "today at", "yesterday at", else the date, with the year when it is another one. An unknown zone is UTC. */
export function speakTime(epochMs: number, zone: string, now: number): readonly PromptName[] {
  const then = wallTime(epochMs, zone);
  const today = wallTime(now, zone);
  return [...speakDay(then, today), ...speakClock(then)];
}

function speakDay(then: WallTime, today: WallTime): readonly PromptName[] {
  const daysAgo = dayNumber(today) - dayNumber(then);
  if (daysAgo === 0) return ['today-at'];
  if (daysAgo === 1) return ['yesterday-at'];
  const date: readonly PromptName[] = [`month-${then.month}`, `day-${then.day}`];
  return then.year === today.year ? [...date, 'at'] : [...date, ...speakCount(then.year), 'at'];
}

function speakClock({ hour, minute }: WallTime): readonly PromptName[] {
  const minutes: readonly PromptName[] = minute === 0 ? [] : minute < 10 ? ['oh', `number-${minute}`] : speakCount(minute);
  return [`number-${hour % 12 === 0 ? 12 : hour % 12}`, ...minutes, hour < 12 ? 'a-m' : 'p-m'];
}

const dayNumber = ({ year, month, day }: WallTime): number => Date.UTC(year, month - 1, day) / 86_400_000;

function wallTime(epochMs: number, zone: string): WallTime {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: isTimeZone(zone) ? zone : 'UTC',
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const parts = new Map(format.formatToParts(epochMs).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return { year: part('year'), month: part('month'), day: part('day'), hour: part('hour'), minute: part('minute') };
}
