import { headerOf, listOf, type Request } from './message.ts';

/** RFC 4028 as the side that never refreshes: the caller keeps the session alive, we end it when nobody does. */

export const MIN_SESSION_SECONDS = 90;
const MOST = 24 * 3600;

/** Seconds; undefined when there is nothing to watch, because the caller cannot refresh or wants us to. */
export function sessionInterval(request: Request): number | 'too-small' | undefined {
  const [digits = '', ...params] = (headerOf(request, 'session-expires') ?? '').split(';').map((each) => each.trim());
  if (!/^\d{1,9}$/.test(digits)) return undefined;
  const canRefresh = [...listOf(request, 'supported'), ...listOf(request, 'require')].some((each) => each.toLowerCase() === 'timer');
  if (!canRefresh || params.some((each) => /^refresher\s*=\s*uas$/i.test(each))) return undefined;
  const seconds = Number(digits);
  return seconds < MIN_SESSION_SECONDS ? 'too-small' : Math.min(seconds, MOST);
}

/** RFC 4028 10: a little before the end, so that both sides agree that it is over. */
export function watchMs(seconds: number): number {
  return (seconds - Math.min(32, seconds / 3)) * 1000;
}
