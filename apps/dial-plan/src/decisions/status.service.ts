import type { GetStatusResponse, SourceAge, SwitchStatus } from '@sfs/contracts';
import { switchIdOf } from '../projection/bound-switch.ts';
import type { Projection } from '../projection/projection.service.ts';
import type { TickLog } from '../projection/source-ages.ts';
import type { DecisionRecorder } from './decision-recorder.ts';
import { refusedOf } from './decisions.mapper.ts';

export interface StatusParts {
  readonly projection: Projection;
  readonly ticks: TickLog;
  readonly recorder: DecisionRecorder;
  readonly replica: string;
  readonly site: string;
}

/** What this replica runs, and what it refused. */
export class StatusService {
  private readonly parts: StatusParts;

  constructor(parts: StatusParts) {
    this.parts = parts;
  }

  get replica(): string {
    return this.parts.replica;
  }

  /** Switches of the tenant, and those that do not exist yet; refusals by switch name, which nobody owns while it is unknown. */
  get(tenant: string): GetStatusResponse {
    const { projection, ticks, recorder, replica, site } = this.parts;
    const bound = [...projection.switches()].filter(({ live }) => live === undefined || live.tenant === tenant);
    const foreign = new Set([...projection.table.live('switch')].filter((known) => known.tenant !== tenant).map(({ id }) => id));
    return {
      replica,
      site,
      switches: bound.map(({ switchId }) => this.switchStatus(switchId)),
      sources: this.sources(),
      loadedFrom: ticks.loadedFrom === 'live' ? 'fresh' : 'snapshot',
      refusals: recorder.refusals.newestFirst().filter(({ switchId }) => !foreign.has(switchId)).map((refused) => refusedOf(refused, replica)),
    };
  }

  sources(): SourceAge[] {
    return [...this.parts.ticks.ages(Date.now())].map(([source, ageMs]) => {
      const at = source.indexOf('@');
      return { owner: source.slice(0, at), site: source.slice(at + 1), ageMs };
    });
  }

  /** Revision that holds an entity; of the first bound switch of the tenant when it belongs to none of them. */
  revisionFor({ tenant, kind, id }: { tenant: string; kind: string; id: string }): string {
    const { projection } = this.parts;
    const named = kind === 'user' || kind === 'call-settings' ? undefined : projection.find(switchIdOf({ id }));
    if (named) return named.revision;
    for (const { switchId } of projection.switches()) {
      const at = projection.find(switchId);
      if (at?.tenant === tenant) return at.revision;
    }
    return '';
  }

  private switchStatus(switchId: string): SwitchStatus {
    const { projection } = this.parts;
    const at = projection.find(switchId);
    if (!at) return { switchId, deciding: false, revision: '', reason: projection.refusal(switchId).message };
    const bound = projection.boundSwitch(switchId);
    const reason = bound?.broken ? `The newest plan is not live: ${bound.issues[0]?.message ?? ''}` : '';
    return { switchId, deciding: true, revision: at.revision, reason };
  }
}
