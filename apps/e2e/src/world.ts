import { eventually } from '@sfs/testing';
import type { PartName } from '../../../tools/stack/stack-parts.ts';
import { httpUrl, sipDomain, switchName, type StackLayout } from '../../../tools/stack/layout.ts';
import { isServiceReady } from '../../../tools/stack/parts/service.ts';
import { serviceNames, type ServiceName } from '../../../tools/stack/service-environment.ts';
import { RestClient } from '../../../tools/stack/rest-client.ts';

/** What a story may do to the processes of the stack. `start` does nothing when the part runs, and else waits until it serves. */
export interface Parts {
  stop(name: PartName): Promise<void>;
  start(name: PartName, environment?: Readonly<Record<string, string>>): Promise<void>;
  signal(name: PartName, signal: NodeJS.Signals): Promise<void>;
}

/** The running stack as a story sees it. */
export interface World {
  readonly layout: StackLayout;
  readonly admin: RestClient;
  readonly parts: Parts;
}

/** `stack` starts a process and waits until it lives; a story waits until it serves. */
export async function openWorld(layout: StackLayout, stack: Parts): Promise<World> {
  const admin = new RestClient(gatewayUrl(layout));
  await admin.signIn('admin', layout.secrets.adminPassword);
  const start = async (name: PartName, environment?: Readonly<Record<string, string>>): Promise<void> => {
    await stack.start(name, environment);
    if (isService(name)) await eventually(`${name} is ready`, async () => ((await isServiceReady(name, layout)) ? true : undefined), 30_000);
  };
  return { layout, admin, parts: { start, stop: (name) => stack.stop(name), signal: (name, signal) => stack.signal(name, signal) } };
}

const isService = (name: PartName): name is ServiceName => (serviceNames as readonly string[]).includes(name);

export const gatewayUrl = (layout: StackLayout): string => httpUrl(layout.ports.gatewayHttp);

/** The decision doors of both replicas. */
export const doorsOf = ({ ports }: StackLayout): readonly [string, string] => [`${httpUrl(ports.dialPlanAHttp)}/${switchName}`, `${httpUrl(ports.dialPlanBHttp)}/${switchName}`];

export const sipServerOf = ({ ports }: StackLayout): { host: string; port: number; domain: string } => ({ host: '127.0.0.1', port: ports.sip, domain: sipDomain });

export async function stopStores({ parts }: World): Promise<string> {
  await parts.stop('kafka');
  await parts.stop('cassandra');
  return 'Cassandra and Kafka are gone';
}

/** Resolves when both owners read and write again, without any of them having been restarted. */
export async function startStores({ parts, admin }: World): Promise<string> {
  const began = performance.now();
  await parts.start('cassandra');
  await parts.start('kafka');
  await eventually('provisioning and dial-plan reach Cassandra again', async () => {
    await admin.get('/sites');
    await admin.get(`/switches/${switchName}/dial-plan`);
    return true;
  }, 60_000);
  return `back after ${((performance.now() - began) / 1000).toFixed(1)} s, no service restarted`;
}
