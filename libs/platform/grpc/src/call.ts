import { credentials, type CallOptions, type ChannelCredentials, type Client, type ClientOptions, type ClientReadableStream, type ClientUnaryCall, type Metadata, type ServiceError } from '@grpc/grpc-js';
import type { DomainError } from '@sfs/kernel';
import { metadataOf, type CallContext } from './call-context.ts';
import { fromStatus } from './status.ts';

type Done<R> = (error: ServiceError | null, response: R) => void;
type Unary<Q, R> = (request: Q, metadata: Metadata, options: Partial<CallOptions>, done: Done<R>) => ClientUnaryCall;
type Streaming<Q, R> = (request: Q, metadata: Metadata, options?: Partial<CallOptions>) => ClientReadableStream<R>;

export type UnaryName<C> = { [M in keyof C]: C[M] extends Unary<infer _Q, infer _R> ? M : never }[keyof C];
export type StreamName<C> = { [M in keyof C]: C[M] extends Streaming<infer _Q, infer R> ? (unknown extends R ? never : M) : never }[keyof C];
export type RequestOf<C, M extends keyof C> = C[M] extends (request: infer Q, ...rest: never[]) => unknown ? Q : never;
export type ResponseOf<C, M extends keyof C> = C[M] extends Unary<infer _Q, infer R> ? R : never;
export type ItemOf<C, M extends keyof C> = C[M] extends (...rest: never[]) => ClientReadableStream<infer R> ? R : never;

export interface CallRules {
  /** from now to the answer, retries included */
  readonly deadlineMs: number;
  /** service token of the called service */
  readonly token?: string | undefined;
  /** of a gRPC service that has a token of its own beside the service token */
  readonly doorToken?: string | undefined;
  /** doing it twice does no harm: one more attempt when the connection broke */
  readonly idempotent?: boolean;
}

/** A client that finds its service again within a second; grpc-js's own back-off grows to two minutes. */
export function connectClient<C extends Client>(
  constructor: new (address: string, credentials: ChannelCredentials, options?: Partial<ClientOptions>) => C,
  address: string,
): C {
  return new constructor(address, credentials.createInsecure(), { 'grpc.initial_reconnect_backoff_ms': 100, 'grpc.max_reconnect_backoff_ms': 1000 });
}

/** One unary call. Rejects with DomainError only. */
export async function call<C extends Client, M extends UnaryName<C> & string>(
  client: C,
  method: M,
  request: RequestOf<C, M>,
  context: CallContext,
  rules: CallRules,
): Promise<ResponseOf<C, M>> {
  const deadline = Date.now() + rules.deadlineMs;
  const attempt = () => unary(client, method, { request, metadata: metadataOf(context, rules.token, rules.doorToken), deadline });
  try {
    return (await attempt()) as ResponseOf<C, M>;
  } catch (error) {
    const failure = fromStatus(error);
    if (!rules.idempotent || failure.code !== 'grpc/unreachable') throw failure;
    return (await attempt().catch(rethrow)) as ResponseOf<C, M>;
  }
}

/** A server stream, ended early by leaving the loop. Throws DomainError only. */
export async function* streamOf<C extends Client, M extends StreamName<C> & string>(
  client: C,
  method: M,
  request: RequestOf<C, M>,
  context: CallContext,
  rules: CallRules,
): AsyncGenerator<ItemOf<C, M>, void, void> {
  const open = client[method] as Streaming<unknown, ItemOf<C, M>>;
  const stream = open.call(client, request, metadataOf(context, rules.token, rules.doorToken), { deadline: Date.now() + rules.deadlineMs });
  // A status that arrives while nobody reads is an unhandled "error" event without this.
  stream.on('error', () => undefined);
  try {
    for await (const item of stream) yield item as ItemOf<C, M>;
  } catch (error) {
    throw fromStatus(error);
  } finally {
    stream.cancel();
  }
}

function unary<C extends Client>(client: C, method: keyof C, parts: { request: unknown; metadata: Metadata; deadline: number }): Promise<unknown> {
  const invoke = client[method] as Unary<unknown, unknown>;
  return new Promise((resolve, reject) => {
    invoke.call(client, parts.request, parts.metadata, { deadline: parts.deadline }, (error, response) => (error ? reject(error) : resolve(response)));
  });
}

function rethrow(error: unknown): DomainError {
  throw fromStatus(error);
}
