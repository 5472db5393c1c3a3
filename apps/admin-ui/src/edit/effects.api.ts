import type { QueryClient } from '@tanstack/react-query';
import { request } from '../api/request.ts';
import type { Outcome } from '../ui/save-bar.tsx';

export interface SavedThing {
  readonly kind: string;
  readonly entityId: string;
  readonly version: number;
}

export const LAST_EFFECT = ['last-effect'] as const;

/** Waits until every replica decides with the change, and says how long that took. */
export async function awaitEffect(thing: SavedThing, client: QueryClient): Promise<Outcome> {
  const started = performance.now();
  const effect = await request('getEffect', { query: { ...thing } }).catch(() => undefined);
  const waitedMs = Math.max(effect?.waitedMs ?? 0, 1);
  if (effect?.inEffect) {
    client.setQueryData(LAST_EFFECT, waitedMs);
    return { text: `Saved. In effect after ${waitedMs} ms.`, late: false };
  }
  const missing = effect?.replicas.filter((replica) => !replica.inEffect).map((replica) => replica.replica) ?? [];
  const seconds = Math.round((performance.now() - started) / 1000);
  if (missing.length) return { text: `Saved. Not yet in effect at replica ${missing.join(', ')} after ${seconds} s.`, late: true };
  return { text: 'Saved. When it is in effect is not known: no replica answers.', late: true };
}
