import type { Check, Health } from '@sfs/service-host';
import type { AdapterClient } from './adapter/adapter.client.ts';
import type { DecisionRecorder } from './decisions/decision-recorder.ts';
import type { Projection } from './projection/projection.service.ts';
import type { TickLog } from './projection/source-ages.ts';
import type { OpenedSnapshot } from './snapshot/open-snapshot.ts';
import type { Sources } from './sources.ts';

export interface StateParts {
  readonly projection: Projection;
  readonly ticks: TickLog;
  readonly recorder: DecisionRecorder;
  readonly adapters: readonly AdapterClient[];
  readonly snapshot: OpenedSnapshot | undefined;
  readonly sources: Pick<Sources, 'connected'>;
}

/** Ready = every bound switch can be decided now. Stores that are away make it degraded, not unready. */
export function healthOf({ projection, ticks, recorder, adapters, sources }: StateParts): Health {
  const deciding = [...projection.switches()].map(({ switchId, broken }): Check => {
    const at = projection.find(switchId);
    const detail = at ? `decides with ${at.revision}${broken ? ', the newest plan does not compile' : ''}` : projection.refusal(switchId).message;
    return { name: `switch ${switchId}`, ok: at !== undefined, detail };
  });
  const { cassandra, kafka } = sources.connected;
  const stores: Check[] = [
    { name: 'cassandra', ok: cassandra, detail: cassandra ? 'connected' : 'away; calls are decided from memory' },
    { name: 'kafka', ok: kafka, detail: kafka ? 'following' : 'away; changes arrive by asking their owners' },
  ];
  return {
    ready: deciding.every(({ ok }) => ok),
    checks: [...deciding, ...stores],
    info: {
      revisions: Object.fromEntries([...projection.switches()].map(({ switchId }) => [switchId, projection.find(switchId)?.revision ?? ''])),
      loadedFrom: ticks.loadedFrom,
      stalenessMs: Object.fromEntries(ticks.ages(Date.now())),
      adapters: adapters.map((adapter) => ({ switchId: adapter.switchId, connected: adapter.connected })),
      recordsWaiting: recorder.waiting,
    },
  };
}
