import {
  type AwaitEffectRequest,
  type Decision,
  DecisionsServiceService,
  type GetDecisionsRequest,
  type ListDecisionsRequest,
  PlanServiceService,
  type PutPartitionRequest,
  type SimulateCallRequest,
} from '@sfs/contracts';
import { DomainError } from '@sfs/kernel';
import { startStub, type StubServer } from './stub-server.ts';

const PLAN = { version: 1, revision: 'p1-d1', emergency: false, steps: [{ ring: ['sip:1002@site-a'], timeout: 20 }] };
const TRACE = { revision: 'p1-d1', caller: { number: '1001', userId: '', profileId: 'staff', profileFrom: 'switch' }, stations: [], candidates: [] };

/** One replica: decides every call alike, and knows a change when it is told so. */
export class StubDialPlan {
  readonly name: string;
  readonly inEffect = new Set<string>();
  #server: StubServer | undefined;

  constructor(name: string) {
    this.name = name;
  }

  async start(): Promise<void> {
    this.#server = await startStub([
      [DecisionsServiceService, this.#decisions()],
      [
        PlanServiceService,
        {
          getPlan: () => ({ partitions: [], callingProfiles: [], settings: undefined, issues: [] }),
          putPartition: ({ partition, expectedTag }: PutPartitionRequest) => {
            if (partition?.patterns.includes('11.')) throw new DomainError('invalid', 'plan/emergency-shadowed', 'Partition out shadows 112', { field: 'patterns', remedy: 'Take 112 out.' });
            if (expectedTag !== '' && expectedTag !== 'tag-1') throw new DomainError('conflict', 'change-log/stale', 'Somebody else has changed it', { currentTag: 'tag-1' });
            return { partition: { ...partition, meta: { version: 1, tag: 'tag-1', changedAt: '', actor: 'admin' } }, issues: [] };
          },
          listPlanChanges: () => ({ changes: [], nextPageToken: '' }),
        },
      ],
    ]);
  }

  get server(): StubServer {
    if (!this.#server) throw new Error('start it first');
    return this.#server;
  }

  #decisions() {
    const decision: Decision = { time: '2026-01-01T00:00:00Z', switchId: 'site-a', callId: 'c-1', from: '1001', to: '1002', summary: 'Rings 1002', outcome: 'route', revision: 'p1-d1', microseconds: 12, replica: this.name, planJson: '', traceJson: '' };
    const explained = { ...decision, planJson: JSON.stringify({ ...PLAN, staleness: {} }), traceJson: JSON.stringify(TRACE) };
    return {
      simulateCall: (_request: SimulateCallRequest) => ({ planJson: JSON.stringify(PLAN), traceJson: JSON.stringify(TRACE), microseconds: 9 }),
      listDecisions: (_request: ListDecisionsRequest) => ({ decisions: [decision], nextPageToken: '' }),
      getDecisions: ({ callId }: GetDecisionsRequest) => ({ decisions: callId === 'c-1' ? [explained] : [] }),
      getStatus: () => ({
        replica: this.name,
        site: 'site-a',
        switches: [{ switchId: 'site-a', deciding: true, revision: 'p1-d1', reason: '' }],
        sources: [{ owner: 'provisioning', site: 'site-a', ageMs: 12 }],
        loadedFrom: 'live',
        refusals: [{ ...decision, switchId: 'site-z', outcome: 'refused', summary: 'Switch site-z is not bound here' }],
      }),
      /** never answers what is not in effect: the caller's deadline ends it */
      awaitEffect: ({ kind, entityId, version }: AwaitEffectRequest) => (this.inEffect.has(`${kind} ${entityId} ${version}`) ? { revision: 'p1-d2', replica: this.name } : new Promise(() => undefined)),
    };
  }
}
