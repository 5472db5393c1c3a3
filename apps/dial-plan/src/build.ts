import { DecisionsServiceService, PlanServiceService } from '@sfs/contracts';
import { isLoopback, startGrpc, type RunningGrpc, type RunningService, type ServiceHost } from '@sfs/service-host';
import { AdapterClient } from './adapter/adapter.client.ts';
import { AppModule } from './app.module.ts';
import type { DialPlanVariables } from './config.ts';
import { answerTail } from './decision/answer.ts';
import { DecisionCounters } from './decision/decision.counters.ts';
import { DecisionDoor } from './decision/decision.http.ts';
import { exposeCounters } from './decision/decision.metrics.ts';
import { DecisionService } from './decision/decision.service.ts';
import { warmUp } from './decision/warm-up.ts';
import { DecisionRecorder } from './decisions/decision-recorder.ts';
import { DecisionsService } from './decisions/decisions.service.ts';
import { CassandraDecisionsStore } from './decisions/decisions.store.cassandra.ts';
import { EffectWaiter } from './decisions/effect-waiter.ts';
import { StatusService } from './decisions/status.service.ts';
import { healthOf } from './health.ts';
import { exposeState } from './metrics.ts';
import { PlanCheck } from './plan/plan-check.ts';
import { PlanHistory } from './plan/plan-history.ts';
import { PlanService } from './plan/plan.service.ts';
import { ProjectedSwitches } from './plan/switch-lookup.ts';
import { PlanCompiler, type WorkerEntry } from './projection/plan-compiler.ts';
import { Projection } from './projection/projection.service.ts';
import { TickLog } from './projection/source-ages.ts';
import { openSnapshot } from './snapshot/open-snapshot.ts';
import { openSources } from './sources.ts';

export interface RunningDialPlan extends RunningService {
  readonly httpPort: number;
}

/** The whole service. Listens whatever the stores do: what it can decide it decides, what it cannot is a 500 and a heartbeat that says no. */
export async function buildDialPlan(host: ServiceHost, config: DialPlanVariables, worker: WorkerEntry): Promise<RunningDialPlan> {
  const { log, metrics } = host;
  const replica = config.SFS_INSTANCE;
  const compiler = new PlanCompiler(worker);
  const projection = new Projection({ switches: config.SFS_DIALPLAN_SWITCHES, compiler, log });
  const ticks = new TickLog(config.SFS_SITE);
  const snapshot = await openSnapshot({ config, projection, ticks, log });
  for (const switchId of config.SFS_DIALPLAN_SWITCHES) {
    const at = projection.find(switchId);
    if (at) warmUp(at);
  }
  const sources = openSources({ config, projection, ticks, log, metrics });
  const store = new CassandraDecisionsStore(sources.session, () => sources.hasSchema);
  const recorder = new DecisionRecorder({ store, replica, enabled: config.SFS_DIALPLAN_RECORD, log });
  const counters = new DecisionCounters();
  const decisions = new DecisionService({ tail: answerTail(ticks), counters, observer: recorder });
  const token = isLoopback(config.SFS_HOST) ? undefined : config.SFS_SERVICE_TOKEN?.reveal();
  const door = new DecisionDoor({ board: projection, decisions, counters, log, token });
  const adapters = openAdapters(config, { board: projection, decisions, log });
  const effects = new EffectWaiter(projection);
  const status = new StatusService({ projection, ticks, recorder, replica, site: config.SFS_SITE });
  const parts = { projection, ticks, recorder, adapters, snapshot, sources };
  exposeCounters(counters, metrics);
  exposeState(parts, metrics);

  const httpPort = await door.listen(config.SFS_HOST, config.SFS_DIALPLAN_HTTP_PORT);
  log.info({ httpPort, switches: config.SFS_DIALPLAN_SWITCHES, loadedFrom: ticks.loadedFrom }, 'answers calls');
  const grpc = await openGrpc(host, config, {
    plans: new PlanService({ store: sources.changeLog, check: new PlanCheck(compiler), switches: new ProjectedSwitches(projection) }),
    history: new PlanHistory(sources.changeLog),
    decisions: new DecisionsService({ projection, recorder, store }),
    effects,
    status,
  });

  return {
    httpPort,
    health: () => healthOf(parts),
    // Heartbeats and beats fall silent first, then nobody asks; what was asked is answered.
    drain: async () => {
      door.drain();
      for (const adapter of adapters) adapter.drain();
      effects.stop();
      await grpc.close();
    },
    stop: async () => {
      await door.stop();
      for (const adapter of adapters) adapter.stop();
      await recorder.stop(2_000);
      await sources.stop();
      await snapshot?.service.stop();
      await compiler.close();
    },
  };
}

function openAdapters(config: DialPlanVariables, parts: Pick<ConstructorParameters<typeof AdapterClient>[0], 'board' | 'decisions' | 'log'>): AdapterClient[] {
  return [...config.SFS_DIALPLAN_ADAPTERS].map(([switchId, address]) => {
    const colon = address.lastIndexOf(':');
    const token = config.SFS_DIALPLAN_ADAPTER_TOKEN?.reveal() ?? '';
    return new AdapterClient({ ...parts, switchId, host: address.slice(0, colon), port: Number(address.slice(colon + 1)), name: config.SFS_INSTANCE, token });
  });
}

function openGrpc({ log, metrics }: ServiceHost, config: DialPlanVariables, parts: Parameters<typeof AppModule.with>[0]): Promise<RunningGrpc> {
  return startGrpc({
    module: AppModule.with(parts),
    host: config.SFS_HOST,
    port: config.SFS_DIALPLAN_GRPC_PORT,
    services: { 'sfs.dialplan.v1.PlanService': PlanServiceService, 'sfs.dialplan.v1.DecisionsService': DecisionsServiceService },
    token: config.SFS_SERVICE_TOKEN,
    log,
    metrics,
    reflect: config.SFS_GRPC_REFLECTION ? 'libs/contracts/proto' : undefined,
  });
}
