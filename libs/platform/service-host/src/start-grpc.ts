import 'reflect-metadata';
import { existsSync, globSync } from 'node:fs';
import type { Server, ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { ReflectionService } from '@grpc/reflection';
import type { Type, DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Transport, type MicroserviceOptions } from '@nestjs/microservices';
import { HealthImplementation } from 'grpc-health-check';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Secret } from '@sfs/config';
import { callGate } from './call-gate.ts';
import { DomainErrorFilter } from './domain-error.filter.ts';
import { nestLog } from './log.ts';

export interface GrpcOptions {
  /** the Nest module with the controllers */
  readonly module: Type | DynamicModule;
  readonly host: string;
  readonly port: number;
  /** full service name -> generated definition */
  readonly services: Readonly<Record<string, ServiceDefinition<UntypedServiceImplementation>>>;
  readonly token?: Secret | undefined;
  /** full service name -> the token that its callers need beside the service token; undefined: the service is shut */
  readonly doorTokens?: Readonly<Record<string, Secret | undefined>> | undefined;
  readonly log: Logger;
  readonly metrics?: Registry | undefined;
  /** folder of the .proto files to reflect; absent = reflection off */
  readonly reflect?: string | undefined;
}

export interface RunningGrpc {
  /** Not serving for new health checks, answers what it has taken, then cuts what still hangs. */
  close(): Promise<void>;
}

const CLOSE_WITHIN_MS = 5_000;
const LARGEST_MESSAGE = 4 * 1024 * 1024;

/** Serves generated definitions through Nest, without loading protos. Rejects when the port is taken. */
export async function startGrpc(options: GrpcOptions): Promise<RunningGrpc> {
  const { services, host, port, log } = options;
  if (options.reflect && !existsSync(options.reflect)) throw new Error(`gRPC reflection needs the .proto files in ${options.reflect}`);
  const health = new HealthImplementation({ '': 'SERVING', ...Object.fromEntries(Object.keys(services).map((name) => [name, 'SERVING' as const])) });
  const seen: { server?: Server } = {};
  const doors = new Map(Object.entries(options.doorTokens ?? {}).map(([name, token]) => [name, token?.reveal()]));
  const interceptors = [callGate({ token: options.token?.reveal(), doors, log, metrics: options.metrics })];
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(options.module, {
    transport: Transport.GRPC,
    logger: nestLog(log),
    abortOnError: false,
    options: {
      url: `${host}:${port}`,
      package: [...new Set(Object.keys(services).map((name) => name.slice(0, name.lastIndexOf('.'))))],
      packageDefinition: services,
      gracefulShutdown: true,
      maxReceiveMessageLength: LARGEST_MESSAGE,
      maxMetadataSize: 16 * 1024,
      // grpc-js takes its interceptors among the channel options; Nest's type does not know them.
      channelOptions: { interceptors } as object,
      onLoadPackageDefinition: (_definition: unknown, server: Server) => {
        seen.server = server;
        health.addToServer(server);
        if (options.reflect) reflection(options.reflect).addToServer(server);
      },
    },
  });
  app.useGlobalFilters(new DomainErrorFilter(log));
  await app.listen();
  return { close: () => close(app, health, seen.server) };
}

async function close(app: { close(): Promise<void> }, health: HealthImplementation, server: Server | undefined): Promise<void> {
  health.setStatus('', 'NOT_SERVING');
  // An open stream (a health watch) keeps a graceful shutdown waiting for ever.
  const cutOff = setTimeout(() => server?.forceShutdown(), CLOSE_WITHIN_MS);
  try {
    await app.close();
  } finally {
    clearTimeout(cutOff);
  }
}

function reflection(protoFolder: string): ReflectionService {
  const files = globSync('sfs/**/*.proto', { cwd: protoFolder });
  return new ReflectionService(loadSync(files, { includeDirs: [protoFolder] }));
}
