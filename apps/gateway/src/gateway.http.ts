import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { call } from '@sfs/grpc';
import { routes } from '@sfs/rest-contract';
import { nestLog } from '@sfs/service-host';
import { AppModule, type AppParts } from './app.module.ts';
import type { Binding } from './http/bind-routes.ts';
import { answerClientError } from './http/client-error.ts';
import type { Handlers } from './http/handlers.ts';
import { authenticate, type Authenticator } from './http/authenticate.ts';
import { ProblemFilter } from './http/problem.filter.ts';
import { LONGEST_PART, openRestDoor } from './http/rest-door.ts';
import { sendProblem } from './http/send-problem.ts';
import { HANDLERS } from './injection-tokens.ts';
import { openApiDocument } from './openapi/document.ts';
import { AccountsService } from './sessions/accounts.service.ts';
import { SessionsService } from './sessions/sessions.service.ts';
import { TokensService } from './sessions/tokens.service.ts';
import { loadUiFiles } from './ui/ui-files.ts';
import { MailboxOwners } from './voicemail/mailbox-owners.service.ts';

export interface DoorOptions {
  readonly host: string;
  readonly port: number;
  readonly origins: readonly string[];
  readonly uiDir: string;
  readonly trustedProxies: readonly string[];
  readonly requestTimeoutMs: number;
  readonly log: Logger;
  readonly metrics: Registry;
}

export interface OpenGateway {
  readonly accounts: AccountsService;
  close(): Promise<void>;
}

/** Builds the slices, binds them to their routes and listens. Rejects when the port is taken. */
export async function openGateway(parts: AppParts, options: DoorOptions): Promise<OpenGateway> {
  const adapter = new FastifyAdapter(serverOptions(options) as ConstructorParameters<typeof FastifyAdapter>[0]);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(parts), adapter, { logger: nestLog(options.log), bodyParser: false, abortOnError: false });
  app.useGlobalFilters(new ProblemFilter(options.log));
  const secure = options.origins.every((origin) => origin.startsWith('https://'));
  const who = authenticatorOf(app, parts, options.origins);
  const owners = new MailboxOwners(parts.neighbours);
  const binding: Binding = {
    routes,
    handlers: app.get<Handlers>(HANDLERS),
    secureCookie: secure,
    authenticate: (request, route) => authenticate(who, request, route),
    requireOwnMailbox: ({ caller, context, params }) => owners.requireOwn(caller, params.number, context),
  };
  const door = { binding, openApi: openApiDocument(), ui: loadUiFiles(options.uiDir), secure, log: options.log, metrics: options.metrics };
  const server = adapter.getInstance() as unknown as FastifyInstance;
  await server.register(async (api) => openRestDoor(api, door));
  await app.listen(options.port, options.host);
  return { accounts: app.get(AccountsService), close: () => app.close() };
}

function serverOptions({ requestTimeoutMs, trustedProxies, log }: DoorOptions): object {
  return {
    logger: false,
    skipMiddie: true,
    requestTimeout: requestTimeoutMs,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: LONGEST_PART },
    // Node looks for late requests only every 30 s unless told.
    http: { headersTimeout: requestTimeoutMs, connectionsCheckingInterval: Math.min(1_000, requestTimeoutMs / 2) },
    clientErrorHandler: answerClientError,
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => sendProblem(error, request, reply, log),
  };
}

function authenticatorOf(app: NestFastifyApplication, { neighbours }: AppParts, origins: readonly string[]): Authenticator {
  const sessions = app.get(SessionsService);
  const tokens = app.get(TokensService);
  return {
    origins,
    ofCookie: (value) => sessions.authenticate(value),
    ofBearer: (authorization) => tokens.authenticate(authorization),
    tenantExists: async (tenant, { tenant: own, login }) => {
      const context = { tenant: own, actor: login, requestId: 'tenant-check' };
      const { tenants } = await call(neighbours.topology, 'listTenants', {}, context, neighbours.read);
      return tenants.some(({ id }) => id === tenant);
    },
  };
}
