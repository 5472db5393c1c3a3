const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const SECONDS = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const DAY_YEAR = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** Today `14:31`, then *yesterday*, `20 Nov`, with the year when it differs. */
export function shortTime(iso: string, now: Date): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return 'unknown';
  if (isSameDay(at, now)) return TIME.format(at);
  const yesterday = new Date(now);
  yesterday.setDate(now.getDate() - 1);
  if (isSameDay(at, yesterday)) return `yesterday ${TIME.format(at)}`;
  return (at.getFullYear() === now.getFullYear() ? DAY : DAY_YEAR).format(at);
}

/** A message's time: `today 13:52`, `yesterday 17:44`, `19 Nov 10:15`. */
export function dayAndTime(iso: string, now: Date): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return 'unknown';
  const words = shortTime(iso, now);
  if (isSameDay(at, now)) return `today ${words}`;
  return words.startsWith('yesterday') ? words : `${words} ${TIME.format(at)}`;
}

export function clock(iso: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? 'unknown' : SECONDS.format(at);
}

/** Relative time only for staleness: `0.4 s`, `38 s`, `12 min`. */
export function age(ms: number): string {
  if (ms < 0) return 'never heard';
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  if (ms < 120_000) return `${Math.round(ms / 1000)} s`;
  if (ms < 7_200_000) return `${Math.round(ms / 60_000)} min`;
  return `${Math.round(ms / 3_600_000)} h`;
}

export function took(microseconds: number): string {
  return `${(microseconds / 1000).toFixed(2)} ms`;
}

export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
}

export function zoneName(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function isSameDay(a: Date, b: Date): boolean {
  return a.getFullYear() === b.getFullYear() && a.getMonth() === b.getMonth() && a.getDate() === b.getDate();
}
