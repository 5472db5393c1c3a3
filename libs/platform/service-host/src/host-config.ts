import { z } from 'zod';
import { flag, port, secret } from '@sfs/config';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

/** What every service reads. Compose: `z.object({ ...hostConfig.shape, ... })`, then `refuseOpenDoors`. */
export const hostConfig = z.object({
  SFS_SITE: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'must be 1 to 63 of a-z, 0-9 and -, beginning with a letter').default('site-a').describe('site this process belongs to'),
  SFS_INSTANCE: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,62}$/, 'must be 1 to 63 of A-Z, a-z, 0-9, . and -').default('A').describe('name of this replica within its site'),
  SFS_HOST: z.string().default('127.0.0.1').describe('address that all doors bind to; a token is required off loopback'),
  SFS_MANAGEMENT_PORT: port(9090).describe('health and metrics'),
  SFS_LOG_LEVEL: z.enum(LEVELS, `must be one of ${LEVELS.join(', ')}`).default('info').describe('least level that is logged'),
  SFS_SERVICE_TOKEN: secret.optional().describe('bearer token between services; required off loopback'),
});

/** For services with a gRPC door. */
export const grpcDoorConfig = z.object({
  SFS_GRPC_REFLECTION: flag(false).describe('serve gRPC reflection (reads libs/contracts/proto below the working directory)'),
});

export type HostVariables = z.infer<typeof hostConfig>;

/** What runService needs of it. */
export interface HostConfig {
  readonly site: string;
  readonly instance: string;
  readonly host: string;
  readonly managementPort: number;
  readonly logLevel: string;
}

export function hostOf(config: HostVariables): HostConfig {
  return { site: config.SFS_SITE, instance: config.SFS_INSTANCE, host: config.SFS_HOST, managementPort: config.SFS_MANAGEMENT_PORT, logLevel: config.SFS_LOG_LEVEL };
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

/** For superRefine of a service's schema: an internal door that others can reach needs a token. */
export function refuseOpenDoors(config: { SFS_HOST?: string | undefined; SFS_SERVICE_TOKEN?: unknown }, context: z.core.$RefinementCtx): void {
  if (isLoopback(config.SFS_HOST ?? '127.0.0.1') || config.SFS_SERVICE_TOKEN !== undefined) return;
  context.addIssue({ code: 'custom', path: ['SFS_SERVICE_TOKEN'], message: `is required because SFS_HOST=${config.SFS_HOST} is not loopback` });
}
