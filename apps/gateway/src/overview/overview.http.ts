import { call, type CallContext } from '@sfs/grpc';
import { DomainError } from '@sfs/kernel';
import type { Effect, Overview } from '@sfs/rest-contract';
import type { DialPlanReplica, Neighbours } from '../clients/clients.ts';
import type { Caller } from '../http/caller.ts';
import type { Handlers } from '../http/handlers.ts';
import { askManagement } from './management.client.ts';
import { replicaOf, unreachable } from './overview.mapper.ts';

export interface OverviewSources {
  readonly neighbours: Neighbours;
  /** name -> management URL */
  readonly services: ReadonlyMap<string, string>;
  readonly token: string | undefined;
  /** this gateway itself */
  ownState(): Overview['services'][number];
}

const STATUS_DEADLINE_MS = 800;

export function overviewHandlers(sources: OverviewSources): Pick<Handlers, 'getOverview' | 'getEffect'> {
  const { neighbours } = sources;
  return {
    getOverview: async ({ context }) => {
      const asked = [...sources.services].map(([name, url]) => askManagement(name, url, sources.token));
      const replicas = neighbours.replicas.all.map((replica) => statusOf(neighbours, replica, context));
      const services = await Promise.all(asked);
      const own = sources.services.has('gateway') ? [] : [sources.ownState()];
      return { services: [...services, ...own], replicas: await Promise.all(replicas) };
    },
    getEffect: async ({ context, caller, query }) => {
      refuseForeign(caller, query);
      const began = performance.now();
      const answers = await Promise.all(neighbours.replicas.all.map((replica) => effectAt(neighbours, replica, context, query)));
      return effectOf(answers, Math.round(performance.now() - began));
    },
  };
}

async function statusOf({ read }: Neighbours, { address, decisions }: DialPlanReplica, context: CallContext): Promise<Overview['replicas'][number]> {
  try {
    return replicaOf(await call(decisions, 'getStatus', {}, context, { ...read, deadlineMs: STATUS_DEADLINE_MS }));
  } catch {
    return unreachable(address);
  }
}

interface Awaited {
  readonly replica: string;
  readonly inEffect: boolean;
  readonly revision: string;
  /** a dead replica decides nothing, so nobody waits for it */
  readonly reachable: boolean;
}

async function effectAt({ read }: Neighbours, { address, decisions }: DialPlanReplica, context: CallContext, query: { kind: string; entityId: string; version: number; timeoutMs: number }): Promise<Awaited> {
  const { kind, entityId, version, timeoutMs } = query;
  try {
    const { replica, revision } = await call(decisions, 'awaitEffect', { kind, entityId, version }, context, { token: read.token, deadlineMs: timeoutMs });
    return { replica, revision, inEffect: true, reachable: true };
  } catch (error) {
    if (!(error instanceof DomainError) || error.kind !== 'unavailable') throw error;
    return { replica: address, revision: '', inEffect: false, reachable: error.code !== 'grpc/unreachable' };
  }
}

function effectOf(answers: readonly Awaited[], waitedMs: number): Effect {
  const reachable = answers.filter((answer) => answer.reachable);
  return {
    inEffect: reachable.length > 0 && reachable.every((answer) => answer.inEffect),
    waitedMs,
    replicas: answers.map(({ replica, inEffect, revision }) => ({ replica, inEffect, revision })),
  };
}

/** A user may wait for what it can change: itself. */
function refuseForeign(caller: Caller, { kind, entityId }: { kind: string; entityId: string }): void {
  if (caller.role === 'administrator') return;
  const own = (kind === 'call-settings' && entityId === `user/${caller.userId}`) || (kind === 'user' && entityId === caller.userId);
  if (own && caller.userId !== '') return;
  throw new DomainError('denied', 'sessions/not-allowed', 'This account may ask about its own changes only', { field: 'entityId', remedy: 'Ask an administrator.' });
}
