import { Server, ServerCredentials, type handleUnaryCall, type ServiceDefinition, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { contextOf, toStatus, type CallContext } from '@sfs/grpc';

export interface StubServer {
  readonly address: string;
  /** what was asked, newest last */
  readonly calls: { readonly method: string; readonly request: unknown; readonly context: CallContext }[];
  close(): void;
}

type Answers = Record<string, (request: never, context: CallContext) => unknown>;

/** A neighbour made from generated definitions: what is not answered here is UNIMPLEMENTED, as at a real server. */
export async function startStub(services: readonly (readonly [ServiceDefinition, Answers])[], port = 0): Promise<StubServer> {
  const server = new Server();
  const calls: StubServer['calls'] = [];
  for (const [definition, answers] of services) {
    const handlers = Object.entries(answers).map(([method, answer]) => [method, unary(method, answer, calls)]);
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
