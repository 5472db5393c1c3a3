export { FirstContact } from './first-contact.ts';
export { grpcDoorConfig, hostConfig, hostOf, isLoopback, refuseOpenDoors, type HostConfig, type HostVariables } from './host-config.ts';
export type { Check, Health } from './health.ts';
export { loadConfig } from './load-config.ts';
export { createLog, nestLog } from './log.ts';
export type { ProcessPort } from './process-port.ts';
export { runService, type Build, type RunningService, type ServiceHost, type ServiceOptions } from './run-service.ts';
export { carriesToken } from './same-token.ts';
export { startGrpc, type GrpcOptions, type RunningGrpc } from './start-grpc.ts';
