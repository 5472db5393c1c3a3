import { compilePlan } from '@sfs/dial-plan';
import { eventually } from '@sfs/testing';
import { pino } from 'pino';
import { answerTail } from '../src/decision/answer.ts';
import { DecisionCounters } from '../src/decision/decision.counters.ts';
import { DecisionDoor } from '../src/decision/decision.http.ts';
import { DecisionService, type Decided, type Refused } from '../src/decision/decision.service.ts';
import type { PlanCompiler } from '../src/projection/plan-compiler.ts';
import { Projection } from '../src/projection/projection.service.ts';
import { TickLog } from '../src/projection/source-ages.ts';
import { aSite } from './builders.ts';

export const silent = pino({ level: 'silent' });

/** Compiles in the same thread. */
export const inline: Pick<PlanCompiler, 'compile'> = { compile: (source) => Promise.resolve(compilePlan(source)) };

export async function aLoadedProjection(site = aSite()): Promise<Projection> {
  const projection = new Projection({ switches: ['site-a'], compiler: inline, log: silent });
  await projection.load('provisioning', site.directory);
  await projection.load('dialplan', site.plan);
  await projection.settled();
  return projection;
}

export interface Rig {
  readonly projection: Projection;
  readonly door: DecisionDoor;
  readonly decisions: DecisionService;
  readonly counters: DecisionCounters;
  readonly ticks: TickLog;
  readonly decided: Decided[];
  readonly refused: Refused[];
  readonly url: string;
  readonly port: number;
}

/** The HTTP door over a projection, on a free port. */
export async function aDoor(projection: Projection, token?: string): Promise<Rig> {
  const ticks = new TickLog('site-a');
  const counters = new DecisionCounters();
  const decided: Decided[] = [];
  const refused: Refused[] = [];
  const decisions = new DecisionService({ tail: answerTail(ticks), counters, observer: { decided: (one) => decided.push(one), refused: (one) => refused.push(one) } });
  const door = new DecisionDoor({ board: projection, decisions, counters, log: silent, token });
  const port = await door.listen('127.0.0.1', 0);
  return { projection, door, decisions, counters, ticks, decided, refused, port, url: `http://127.0.0.1:${port}` };
}

export const aQuestion = (given: Record<string, unknown> = {}): Record<string, unknown> => ({ callId: 'call-1', from: '1001', to: '1002', origin: 'internal', ...given });

/** Waits for a condition with a limit. */
export async function until(condition: () => boolean | Promise<boolean>, what = 'the condition', withinMs = 10_000): Promise<void> {
  await eventually(what, async () => ((await condition()) ? true : undefined), withinMs);
}
