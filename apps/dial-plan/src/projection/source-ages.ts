import type { Tick } from '@sfs/contracts';
import type { SourceAges } from '../decision/answer.ts';

export const NEVER_HEARD = -1;

/** When each source was last known to be alive and relayed. Silence is not freshness: ages grow until the next tick. */
export class TickLog implements SourceAges {
  private readonly heard = new Map<string, number>();
  private readonly result = new Map<string, number>();
  loadedFrom: 'live' | 'snapshot' = 'live';

  constructor(site: string) {
    for (const owner of ['provisioning', 'dialplan']) this.heard.set(`${owner}@${site}`, Number.NEGATIVE_INFINITY);
  }

  /** Ticks come in any order; the newest counts. */
  tick({ owner, site, time }: Pick<Tick, 'owner' | 'site' | 'time'>): void {
    const at = Date.parse(time);
    const source = `${owner}@${site}`;
    if (Number.isNaN(at) || at <= (this.heard.get(source) ?? Number.NEGATIVE_INFINITY)) return;
    this.heard.set(source, at);
  }

  /** `owner@site` -> ms; the map is reused by the next call. */
  ages(now: number): ReadonlyMap<string, number> {
    for (const [source, at] of this.heard) this.result.set(source, Number.isFinite(at) ? Math.max(0, now - at) : NEVER_HEARD);
    return this.result;
  }

  /** For the snapshot: a restarted replica is as old as what it was told last. */
  times(): Record<string, number> {
    return Object.fromEntries([...this.heard].filter(([, at]) => Number.isFinite(at)));
  }

  restore(times: Readonly<Record<string, number>>): void {
    for (const [source, at] of Object.entries(times)) if (at > (this.heard.get(source) ?? Number.NEGATIVE_INFINITY)) this.heard.set(source, at);
  }
}
