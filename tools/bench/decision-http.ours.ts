import { pino } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { answerTail } from '../../apps/dial-plan/src/decision/answer.ts';
import { DecisionCounters } from '../../apps/dial-plan/src/decision/decision.counters.ts';
import { DecisionDoor } from '../../apps/dial-plan/src/decision/decision.http.ts';
import { exposeCounters } from '../../apps/dial-plan/src/decision/decision.metrics.ts';
import { DecisionService } from '../../apps/dial-plan/src/decision/decision.service.ts';
import { DecisionRecorder } from '../../apps/dial-plan/src/decisions/decision-recorder.ts';
import { TickLog } from '../../apps/dial-plan/src/projection/source-ages.ts';
import { benchProjection } from './decision-http.site.ts';
import { cpuUsed, serveBench } from './bench-process.ts';

// The door as the service builds it, metrics on, without stores beside it. `record` also keeps a trace of every call, given to a store that costs nothing.
const log = pino({ level: 'silent' });
const registry = new Registry();
const counters = new DecisionCounters();
const enabled = process.argv[2] === 'record';
const store = { connected: true, save: () => Promise.resolve(), findCall: () => Promise.resolve([]), list: () => Promise.resolve([]) };
const recorder = new DecisionRecorder({ store, replica: 'A', enabled, log });
const decisions = new DecisionService({ tail: answerTail(new TickLog('site-a')), counters, observer: recorder });
const door = new DecisionDoor({ board: await benchProjection(log), decisions, counters, log });
collectDefaultMetrics({ register: registry });
exposeCounters(counters, registry);
serveBench({ port: await door.listen('127.0.0.1', 0) }, cpuUsed);
