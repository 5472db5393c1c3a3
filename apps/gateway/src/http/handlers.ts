import type { CallContext } from '@sfs/grpc';
import type { RouteName, routes } from '@sfs/rest-contract';
import type { z } from 'zod';
import type { Caller } from './caller.ts';
import type { Recording } from './send-recording.ts';

type Spec<R extends RouteName> = (typeof routes)[R];
type ParamsOf<R extends RouteName> = Spec<R> extends { params: infer S extends z.ZodType } ? z.output<S> : Record<string, never>;
type QueryOf<R extends RouteName> = Spec<R> extends { query: infer S extends z.ZodType } ? z.output<S> : Record<string, never>;
type BodyOf<R extends RouteName> = Spec<R> extends { bodyType: 'text/csv' } ? string : Spec<R> extends { body: infer S extends z.ZodType } ? z.output<S> : undefined;
export type ResponseOf<R extends RouteName> = Spec<R> extends { responseType: 'audio/wav' } ? Recording : Spec<R> extends { response: infer S extends z.ZodType } ? z.output<S> : void;

/** A request after every check of the edge: signed in, allowed, conditional where it must be, and well formed. */
export interface Incoming<R extends RouteName> {
  readonly params: ParamsOf<R>;
  readonly query: QueryOf<R>;
  readonly body: BodyOf<R>;
  readonly caller: Caller;
  readonly context: CallContext;
  /** '' = create */
  readonly expectedTag: string;
  readonly idempotencyKey: string;
  /** where the request came from, for the audit */
  readonly address: string;
  readonly cookie: { set(value: string): void; clear(): void };
}

export type Handlers = { readonly [R in RouteName]: (incoming: Incoming<R>) => Promise<ResponseOf<R>> };
