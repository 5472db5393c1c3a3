import { randomUUID } from 'node:crypto';
import { Server, ServerCredentials, type sendUnaryData, type ServerUnaryCall, type ServerWritableStream } from '@grpc/grpc-js';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { inject } from 'vitest';
import { readConfig } from '@sfs/config';
import { Change, ChangesServiceService, DevicesServiceClient, DeviceSettingsServiceClient, SipCredentialsServiceService, type GetSipCredentialRequest, type GetSipCredentialResponse, type LoadStateRequest, type LoadStateResponse } from '@sfs/contracts';
import { connectClient, type CallContext } from '@sfs/grpc';
import { ensureTopics } from '@sfs/kafka';
import { DomainError } from '@sfs/kernel';
import type { RunningService } from '@sfs/service-host';
import { CuttableLine, eventually, freePorts } from '@sfs/testing';
import { createTestKeyspace } from '../../../tools/stack/test-keyspace.ts';
import { buildDeviceManagement, type PhoneSides } from '../src/build-device-management.ts';
import { configSchema } from '../src/config.ts';
import type { PhoneDoorParts } from '../src/phone-door.port.ts';

export const TOKEN = 'service-token-of-a-test';
const silent = pino({ level: 'silent' });
export const context: CallContext = { tenant: 'default', requestId: 'r-1', actor: 'ann' };
export const rules = { deadlineMs: 20_000, token: TOKEN };

/** A keyspace, topics, a provisioning with one switch and a line to Cassandra of a suite's own. */
export interface Place {
  readonly env: Record<string, string>;
  readonly cassandra: CuttableLine;
  close(): Promise<void>;
}

export async function openPlace(): Promise<Place> {
  const { brokers } = inject('kafka');
  const node = inject('cassandra');
  const keyspace = await createTestKeyspace('device-management', node);
  const prefix = `t${randomUUID().slice(0, 8)}.`;
  const own = ['device', 'device-profile', 'device-layer', 'enrolment', 'tick'].map((kind) => `sfs.devices.${kind}.v1`);
  const theirs = ['tenant', 'site', 'switch', 'user', 'dn'].map((kind) => `sfs.provisioning.${kind}.v1`);
  await eventually('the topics', () => ensureTopics({ brokers: [brokers], prefix, topics: [...own, ...theirs] }).then(() => true), 60_000);
  const [linePort = 0] = await freePorts(1);
  const cassandra = new CuttableLine(linePort, node.contactPoint);
  await cassandra.heal();
  const provisioning = await openProvisioning();
  return {
    env: {
      SFS_DEVICES_CREDENTIAL_KEY: Buffer.alloc(32, 7).toString('base64'),
      SFS_DEVICES_PROVISIONING: provisioning.address,
      SFS_SERVICE_TOKEN: TOKEN,
      SFS_CASSANDRA_CONTACT_POINTS: `127.0.0.1:${linePort}`,
      SFS_CASSANDRA_LOCAL_DC: node.dc,
      SFS_CASSANDRA_KEYSPACE: keyspace.keyspace,
      SFS_KAFKA_BROKERS: brokers,
      SFS_KAFKA_TOPIC_PREFIX: prefix,
    },
    cassandra,
    close: async () => {
      provisioning.close();
      await cassandra.cut();
      await keyspace.drop();
    },
  };
}

/** Answers LoadState with a switch `main`, its numbers 1002 (Bea's) and 1003, and their SIP passwords. */
async function openProvisioning(): Promise<{ readonly address: string; close(): void }> {
  const entity = (kind: string, entityId: string, body: object): LoadStateResponse => ({ change: Change.create({ tenant: 'default', kind, entityId, version: 1, tag: `${kind}-${entityId}`, changedAt: '2026-01-01T00:00:00.000000Z', body: JSON.stringify(body) }) });
  const state = [
    entity('tenant', 'default', {}),
    entity('site', 'berlin', {}),
    entity('switch', 'main', { sipDomain: 'a.example', siteId: 'berlin' }),
    entity('user', 'bea', { displayName: 'Bea' }),
    entity('dn', 'main/1002', { switchId: 'main', number: '1002', userId: 'bea' }),
    entity('dn', 'main/1003', { switchId: 'main', number: '1003', userId: '' }),
  ];
  const server = new Server();
  server.addService(ChangesServiceService, {
    loadState: (call: ServerWritableStream<LoadStateRequest, LoadStateResponse>) => {
      for (const change of state) call.write(change);
      call.end();
    },
    listChanges: () => undefined,
  });
  server.addService(SipCredentialsServiceService, {
    getSipCredential: ({ request }: ServerUnaryCall<GetSipCredentialRequest, GetSipCredentialResponse>, done: sendUnaryData<GetSipCredentialResponse>) =>
      done(null, { userName: request.number, password: `sip-password-of-${request.number}`, sipDomain: 'a.example', tag: `dn-main/${request.number}` }),
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound)));
  });
  return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}

export interface Running {
  readonly service: RunningService;
  /** what the door for phones is given */
  readonly parts: PhoneDoorParts;
  /** base of the door for phones, when it was given */
  readonly doorUrl: string;
  /** MACs that were asked to fetch */
  readonly asked: readonly string[];
  readonly devices: DevicesServiceClient;
  readonly settings: DeviceSettingsServiceClient;
  end(): Promise<void>;
}

/** The whole app in this process; its sides that face phones only as far as they are given. */
export async function startApp({ env }: Place, more: Record<string, string> = {}, sides: Partial<PhoneSides> = {}): Promise<Running> {
  const [grpcPort = 0] = await freePorts(1);
  const config = readConfig(configSchema, { ...env, SFS_DEVICES_GRPC_PORT: String(grpcPort), ...more });
  let parts: PhoneDoorParts | undefined;
  let doorUrl = '';
  const asked: string[] = [];
  const nothing = { health: () => [], drain: () => Promise.resolve(), stop: () => Promise.resolve() };
  const service = await buildDeviceManagement(config, { log: silent, metrics: new Registry(), onFatal: (error) => console.error(error) }, {
    startCheckSync: () => Promise.resolve({ ...nothing, send: (mac) => Promise.resolve(void asked.push(mac)).then(() => ({ status: 200, meaning: 'delivered' })) }),
    startConfigurations: () => Promise.resolve({ ...nothing, ownFile, cached: () => undefined, bootstrap: () => COMMON, common: () => COMMON }),
    ...sides,
    startPhoneDoor: async (given) => {
      parts = given;
      const door = (await sides.startPhoneDoor?.(given)) ?? { ...nothing, address: { host: '127.0.0.1', port: 0 } };
      doorUrl = `http://127.0.0.1:${door.address.port}/fs/dm/prov`;
      return door;
    },
  });
  if (!parts) throw new Error('the door for phones was not started');
  const address = `127.0.0.1:${grpcPort}`;
  const [devices, settings] = [connectClient(DevicesServiceClient, address), connectClient(DeviceSettingsServiceClient, address)];
  return {
    service,
    parts,
    doorUrl,
    asked,
    devices,
    settings,
    end: async () => {
      devices.close();
      settings.close();
      await service.drain();
      await service.stop();
    },
  };
}

export const untilReady = (app: Running): Promise<boolean> => eventually('readiness', () => (app.service.health().ready && app.service.health().checks.every(({ ok }) => ok)) || undefined, 60_000);

const COMMON = { body: Buffer.from('#!version:1.0.0.1\n'), contentType: 'text/plain' };
const SECRET = 'of-the-phone';

function ownFile(mac: string): ReturnType<PhoneDoorParts['configurations']['ownFile']> {
  const text = `password = ${SECRET}`;
  return Promise.resolve({ name: `${mac}.cfg`, contentType: 'text/plain', body: Buffer.from(text), etag: '"1"', revision: 1, lastModified: '', lines: [{ text, masked: 'password = ••••••••', origin: 'secret' }] });
}

/** The code of a refusal; 'none' when it was not refused. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'none';
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return `${error.kind} ${error.code}`;
  }
}
