import type { FastifyInstance, FastifyReply, FastifyRequest, RouteShorthandOptions } from 'fastify';
import type { Route, RouteName } from '@sfs/rest-contract';
import { authorise } from './authorise.ts';
import type { Caller } from './caller.ts';
import { expectedTag } from './conditional.ts';
import { EdgeError } from './edge-error.ts';
import type { Handlers, Incoming } from './handlers.ts';
import { idempotencyKeyOf } from './idempotency-key.ts';
import { parseJsonBody, utf8Text } from './json-body.ts';
import { parseInput } from './parse-input.ts';
import { stateOf } from './request-state.ts';
import { type Recording, sendRecording } from './send-recording.ts';
import { clearCookie, setCookie } from './session-cookie.ts';

const API = '/api/v1';
const JSON_LIMIT = 64 * 1024;

export interface Binding {
  readonly routes: Readonly<Record<RouteName, Route>>;
  readonly handlers: Handlers;
  readonly secureCookie: boolean;
  /** checks cookie or token and the Origin */
  authenticate(request: FastifyRequest, route: Route): Promise<Caller>;
  /** throws `not-found` unless the mailbox is the caller's own */
  requireOwnMailbox(incoming: Pick<Incoming<'getMailbox'>, 'caller' | 'context' | 'params'>): Promise<void>;
}

type AnyHandler = (incoming: Incoming<RouteName>) => Promise<unknown>;

/**
 * The one way from a described route to its handler. Before the body is read: who is it, may they. Then: conditional headers, path, query and body,
 * the handler, and its answer with ETag and status.
 */
export function bindRoutes(api: FastifyInstance, binding: Binding): void {
  takeBodies(api);
  for (const name of Object.keys(binding.routes) as RouteName[]) {
    const route = binding.routes[name];
    const options: RouteShorthandOptions = {
      bodyLimit: route.bodyLimit ?? JSON_LIMIT,
      config: { bodyType: route.bodyType ?? 'application/json' } as object,
      onRequest: async (request) => admit(binding, name, request),
    };
    const path = `${API}${route.path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
    api.route({ ...options, method: route.method, url: path, handler: (request, reply) => handle(binding, name, request, reply) });
  }
}

async function admit(binding: Binding, name: RouteName, request: FastifyRequest): Promise<void> {
  const route = binding.routes[name];
  const state = stateOf(request);
  state.caller = await binding.authenticate(request, route);
  authorise(name, route, state.caller, request.params);
}

async function handle(binding: Binding, name: RouteName, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const route = binding.routes[name];
  const incoming = incomingOf(binding, route, request, reply);
  if (route.who === 'mailbox-owner-or-administrator' && incoming.caller.role !== 'administrator') await binding.requireOwnMailbox(incoming as Incoming<'getMailbox'>);
  // The table of handlers is typed route by route; here, where any route may come, only the table's own shape guarantees the match.
  const handler = binding.handlers[name] as AnyHandler;
  const answer = await handler(incoming);
  if (route.responseType) return sendRecording(answer as Recording, request, reply);
  const tag = tagOf(answer);
  if (tag !== '') void reply.header('etag', `"${tag}"`);
  void reply.code(route.creates && stateOf(request).creates ? 201 : (route.status ?? 200)).header('cache-control', 'no-store');
  return answer === undefined ? reply.send() : reply.send(answer);
}

function incomingOf(binding: Binding, route: Route, request: FastifyRequest, reply: FastifyReply): Incoming<RouteName> {
  const state = stateOf(request);
  const tag = expectedTag(route, request.headers);
  state.creates = route.conditional === true && tag === '';
  const input = parseInput(route, { params: request.params, query: request.query, body: request.body });
  const incoming = {
    ...input,
    caller: state.caller,
    context: { tenant: state.caller.tenant, requestId: state.requestId, actor: state.caller.login },
    expectedTag: tag,
    idempotencyKey: idempotencyKeyOf(request.headers['idempotency-key']),
    address: request.ip,
    cookie: {
      set: (value: string) => void reply.header('set-cookie', setCookie(value, binding.secureCookie)),
      clear: () => void reply.header('set-cookie', clearCookie(binding.secureCookie)),
    },
  };
  return incoming as Incoming<RouteName>;
}

/** The tag of the answered thing is its ETag. */
function tagOf(answer: unknown): string {
  if (typeof answer !== 'object' || answer === null || !('meta' in answer)) return '';
  const { meta } = answer;
  return typeof meta === 'object' && meta !== null && 'tag' in meta && typeof meta.tag === 'string' ? meta.tag : '';
}

function takeBodies(api: FastifyInstance): void {
  api.removeAllContentTypeParsers();
  api.addContentTypeParser(['application/json', 'text/csv'], { parseAs: 'buffer' }, (request, body, done) => {
    try {
      done(null, bodyOf(request, Buffer.from(body)));
    } catch (error) {
      done(error as Error);
    }
  });
}

function bodyOf(request: FastifyRequest, bytes: Buffer): unknown {
  const [type, ...parameters] = (request.headers['content-type'] ?? '').toLowerCase().split(';').map((part) => part.trim());
  const expected = (request.routeOptions.config as { bodyType?: string }).bodyType;
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length).replaceAll('"', '');
  if (type !== expected) throw new EdgeError(415, 'request/content-type', `This route takes ${expected}`, { field: 'Content-Type', remedy: `Send ${expected}.` });
  if (charset !== undefined && charset !== 'utf-8') throw new EdgeError(415, 'request/charset', 'Only UTF-8 is taken', { field: 'Content-Type', remedy: 'Encode the body as UTF-8.' });
  return type === 'text/csv' ? utf8Text(bytes) : parseJsonBody(bytes);
}
