import { isFree } from './free-ports.ts';
import { ownerOfPort } from './port-owner.ts';
import { StackError } from './stack-error.ts';

/** Every port of the local stack, the variable that moves it and where it is by default. */
export const portTable = {
  cassandra: ['SFS_CASSANDRA_PORT', 9042],
  cassandraStorage: ['SFS_CASSANDRA_STORAGE_PORT', 7000],
  cassandraSslStorage: ['SFS_CASSANDRA_SSL_STORAGE_PORT', 7001],
  kafka: ['SFS_KAFKA_PORT', 9092],
  kafkaController: ['SFS_KAFKA_CONTROLLER_PORT', 9098],
  provisioningGrpc: ['SFS_PROVISIONING_GRPC_PORT', 50051],
  provisioningManagement: ['SFS_PROVISIONING_MANAGEMENT_PORT', 9091],
  dialPlanAHttp: ['SFS_DIALPLAN_A_HTTP_PORT', 8800],
  dialPlanAGrpc: ['SFS_DIALPLAN_A_GRPC_PORT', 50052],
  dialPlanAManagement: ['SFS_DIALPLAN_A_MANAGEMENT_PORT', 9094],
  dialPlanBHttp: ['SFS_DIALPLAN_B_HTTP_PORT', 8801],
  dialPlanBGrpc: ['SFS_DIALPLAN_B_GRPC_PORT', 50062],
  dialPlanBManagement: ['SFS_DIALPLAN_B_MANAGEMENT_PORT', 9095],
  voicemailSip: ['SFS_VOICEMAIL_SIP_PORT', 5070],
  voicemailGrpc: ['SFS_VOICEMAIL_GRPC_PORT', 50053],
  voicemailManagement: ['SFS_VOICEMAIL_MANAGEMENT_PORT', 9096],
  /** first and last of the range of its audio */
  voicemailRtpFrom: ['SFS_VOICEMAIL_RTP_PORT_FROM', 20_000],
  voicemailRtpTo: ['SFS_VOICEMAIL_RTP_PORT_TO', 20_999],
  /** where phones fetch their files */
  phoneFiles: ['SFS_PHONE_FILES_PORT', 8803],
  devicesGrpc: ['SFS_DEVICES_GRPC_PORT', 50054],
  devicesManagement: ['SFS_DEVICES_MANAGEMENT_PORT', 9097],
  devicesSip: ['SFS_DEVICES_SIP_PORT', 5071],
  gatewayHttp: ['SFS_GATEWAY_HTTP_PORT', 8080],
  gatewayManagement: ['SFS_GATEWAY_MANAGEMENT_PORT', 9093],
  sip: ['SFS_SIP_PORT', 5060],
  adapter: ['SFS_ADAPTER_PORT', 8448],
  credentialDoor: ['SFS_CREDENTIAL_DOOR_PORT', 8090],
  trunk: ['SFS_TRUNK_PORT', 5090],
  emergencyTrunk: ['SFS_EMERGENCY_TRUNK_PORT', 5091],
} as const;

/** Where calls to and from outside go: whoever plays the trunk (demo, tests, your gateway) binds these, not we. */
const notOurs: ReadonlySet<string> = new Set(['trunk', 'emergencyTrunk']);

export type PortName = keyof typeof portTable;
export type StackPorts = Readonly<Record<PortName, number>>;

const names = Object.keys(portTable) as PortName[];

export function portNames(): readonly PortName[] {
  return names;
}

/** The ports as the environment wants them; every fault is named. */
export function readPorts(env: Readonly<Record<string, string | undefined>>): StackPorts {
  const faults: string[] = [];
  const taken = new Map<number, string>();
  const ports = names.map((name) => {
    const [variable, standard] = portTable[name];
    const port = env[variable] === undefined || env[variable] === '' ? standard : Number(env[variable]);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) faults.push(`${variable} must be a port, 1 to 65535, not ${env[variable]}`);
    const other = taken.get(port);
    if (other) faults.push(`${variable} and ${other} are both ${port}`);
    taken.set(port, variable);
    return [name, port];
  });
  if (faults.length > 0) throw new StackError(faults.join('\n'));
  return Object.fromEntries(ports) as StackPorts;
}

/** Names every taken port, who holds it and the variable that moves ours. */
export async function requireFreePorts(ports: StackPorts): Promise<void> {
  const taken: string[] = [];
  for (const name of names.filter((each) => !notOurs.has(each))) {
    const port = ports[name];
    if (await isFree(port)) continue;
    taken.push(`port ${port} is taken by ${ownerOfPort(port)}; end it, or move ours: ${portTable[name][0]}=${port + 1000} npm start`);
  }
  if (taken.length > 0) throw new StackError(taken.join('\n'));
}
