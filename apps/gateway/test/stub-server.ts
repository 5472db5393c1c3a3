import { once } from 'node:events';
import { Server, ServerCredentials, type handleServerStreamingCall, type handleUnaryCall, type ServiceDefinition, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { contextOf, toStatus, type CallContext } from '@sfs/grpc';

export interface StubServer {
  readonly address: string;
  /** what was asked, newest last */
  readonly calls: { readonly method: string; readonly request: unknown; readonly context: CallContext }[];
  close(): void;
}

type Answers = Record<string, (request: never, context: CallContext) => unknown>;

/** A neighbour made from generated definitions: what is not answered here is UNIMPLEMENTED, as at a real server. A stream is answered by an iterable. */
export async function startStub(services: readonly (readonly [ServiceDefinition, Answers])[], port = 0): Promise<StubServer> {
  const server = new Server();
  const calls: StubServer['calls'] = [];
  for (const [definition, answers] of services) {
    const handlers = Object.entries(answers).map(([method, answer]) => [method, definition[method]?.responseStream ? streaming(method, answer, calls) : unary(method, answer, calls)]);
    server.addService(definition, Object.fromEntries(handlers) as UntypedServiceImplementation);
  }
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, actual) => (error ? reject(error) : resolve(actual)));
  });
  return { address: `127.0.0.1:${bound}`, calls, close: () => server.forceShutdown() };
}

function unary(method: string, answer: Answers[string], calls: StubServer['calls']): handleUnaryCall<unknown, unknown> {
  return (call, done) => {
    const respond = async (): Promise<unknown> => {
      const context = contextOf(call.metadata);
      calls.push({ method, request: call.request, context });
      return answer(call.request as never, context);
    };
    respond().then(
      (response) => done(null, response),
      (error: unknown) => done(toStatus(error)),
    );
  };
}

function streaming(method: string, answer: Answers[string], calls: StubServer['calls']): handleServerStreamingCall<unknown, unknown> {
  return (call) => {
    const respond = async (): Promise<void> => {
      const context = contextOf(call.metadata);
      calls.push({ method, request: call.request, context });
      const cancelled = once(call, 'cancelled');
      for (const item of answer(call.request as never, context) as Iterable<unknown>) {
        if (!call.write(item)) await Promise.race([once(call, 'drain'), cancelled]);
        if (call.cancelled) return;
      }
      call.end();
    };
    respond().catch((error: unknown) => call.emit('error', toStatus(error)));
  };
}
