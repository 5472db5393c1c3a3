import { Metadata, ServerInterceptingCall, ServerListenerBuilder, status, type ServerInterceptor } from '@grpc/grpc-js';
import type { Logger } from 'pino';
import { Histogram, type Registry } from 'prom-client';
import { firstOf, METADATA_KEYS, toStatus } from '@sfs/grpc';
import { DomainError } from '@sfs/kernel';
import { carriesToken } from './same-token.ts';

const HEALTH = '/grpc.health.v1.Health/';

export interface GateOptions {
  readonly token?: string | undefined;
  /** full service name -> the token its callers need beside the service token; undefined: nobody is let in */
  readonly doors?: ReadonlyMap<string, string | undefined> | undefined;
  readonly log: Logger;
  readonly metrics?: Registry | undefined;
}

/** In front of every call: the tokens, one log line, one observation. Health checks pass unseen. */
export function callGate({ token, doors, log, metrics }: GateOptions): ServerInterceptor {
  const seconds = metrics && new Histogram({ name: 'sfs_grpc_request_seconds', help: 'gRPC requests answered', labelNames: ['method', 'code'], buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10], registers: [metrics] });
  return (method, call) => {
    if (method.path.startsWith(HEALTH)) return new ServerInterceptingCall(call);
    const started = performance.now();
    let caller: Record<string, string> = {};
    const listener = new ServerListenerBuilder().withOnReceiveMetadata((metadata, next) => {
      caller = { requestId: firstOf(metadata, METADATA_KEYS.requestId).slice(0, 128), tenant: firstOf(metadata, METADATA_KEYS.tenant).slice(0, 64) };
      if (token !== undefined && !carriesToken(firstOf(metadata, METADATA_KEYS.token), token)) {
        gated.sendStatus({ code: status.UNAUTHENTICATED, details: 'The service token is missing or wrong', metadata: new Metadata() });
        return;
      }
      const refusal = refusalAt(doors, method.path, metadata);
      if (!refusal) return next(metadata);
      log.warn({ ...caller, method: method.path, reason: refusal.code }, 'refused at a door with a token of its own');
      gated.sendStatus(toStatus(refusal));
    });
    const gated: ServerInterceptingCall = new ServerInterceptingCall(call, {
      start: (next) => next(listener.build()),
      sendStatus: (ended, next) => {
        const elapsed = performance.now() - started;
        const code = status[ended.code] ?? 'UNKNOWN';
        seconds?.observe({ method: method.path, code }, elapsed / 1000);
        log[ended.code === status.INTERNAL ? 'error' : 'info']({ ...caller, method: method.path, code, ms: Math.round(elapsed * 10) / 10 }, 'request');
        next(ended);
      },
    });
    return gated;
  };
}

function refusalAt(doors: GateOptions['doors'], path: string, metadata: Metadata): DomainError | undefined {
  const service = path.split('/')[1] ?? '';
  if (!doors?.has(service)) return undefined;
  const expected = doors.get(service);
  if (expected === undefined) return new DomainError('denied', 'grpc/door-shut', 'This service is shut', { remedy: 'Configure the token of this service, here and at its caller.' });
  if (carriesToken(firstOf(metadata, METADATA_KEYS.doorToken), expected)) return undefined;
  return new DomainError('denied', 'grpc/door-token', 'The token of this service is missing or wrong', { remedy: 'Give both sides the same token.' });
}
