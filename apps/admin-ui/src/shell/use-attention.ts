import { useQuery } from '@tanstack/react-query';
import { deviceCountsQuery } from '../features/devices/device-counts.api.ts';
import { attentionOf } from '../features/devices/device-words.ts';
import { overviewQuery } from '../features/overview/overview.api.ts';
import { verdictOf } from '../features/overview/verdict.ts';
import { count } from '../ui/formats.ts';
import type { Place } from './places.ts';

export interface Attention {
  readonly count: number;
  readonly words: string;
}

/** What needs somebody, by page: the navigation counts only that, not how much there is. */
export function useAttention(): Readonly<Partial<Record<Place['to'], Attention>>> {
  const overview = useQuery(overviewQuery);
  const devices = useQuery(deviceCountsQuery);
  const things = overview.data ? verdictOf(overview.data).attention.length : 0;
  return {
    '/': { count: things, words: count(things, 'thing needs attention', 'things need attention') },
    ...(devices.data ? { '/devices': attentionOf(devices.data) } : {}),
  };
}
