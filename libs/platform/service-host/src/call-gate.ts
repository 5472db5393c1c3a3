import { Metadata, ServerInterceptingCall, ServerListenerBuilder, status, type ServerInterceptor } from '@grpc/grpc-js';
import type { Logger } from 'pino';
import { Histogram, type Registry } from 'prom-client';
import { firstOf, METADATA_KEYS } from '@sfs/grpc';
import { carriesToken } from './same-token.ts';

const HEALTH = '/grpc.health.v1.Health/';

export interface GateOptions {
  readonly token?: string | undefined;
  readonly log: Logger;
  readonly metrics?: Registry | undefined;
}

/** In front of every call: the token, one log line, one observation. Health checks pass unseen. */
export function callGate({ token, log, metrics }: GateOptions): ServerInterceptor {
  const seconds = metrics && new Histogram({ name: 'sfs_grpc_request_seconds', help: 'gRPC requests answered', labelNames: ['method', 'code'], buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10], registers: [metrics] });
  return (method, call) => {
    if (method.path.startsWith(HEALTH)) return new ServerInterceptingCall(call);
    const started = performance.now();
    let caller: Record<string, string> = {};
    const listener = new ServerListenerBuilder().withOnReceiveMetadata((metadata, next) => {
      caller = { requestId: firstOf(metadata, METADATA_KEYS.requestId).slice(0, 128), tenant: firstOf(metadata, METADATA_KEYS.tenant).slice(0, 64) };
      if (token === undefined || carriesToken(firstOf(metadata, METADATA_KEYS.token), token)) next(metadata);
      else gated.sendStatus({ code: status.UNAUTHENTICATED, details: 'The service token is missing or wrong', metadata: new Metadata() });
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
