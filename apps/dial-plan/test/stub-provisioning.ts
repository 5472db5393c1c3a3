import { Server, ServerCredentials, type ServerWritableStream } from '@grpc/grpc-js';
import { Change, ChangesServiceService, Tick, type LoadStateRequest, type LoadStateResponse } from '@sfs/contracts';
import { createPublisher, type Publisher } from '@sfs/kafka';
import type { Entity } from '../src/projection/entity.ts';
import { silent } from './rig.ts';

const changeOf = (entity: Entity): Change =>
  Change.fromPartial({ id: entity.tag, tenant: entity.tenant, kind: entity.kind, entityId: entity.id, version: entity.version, tag: entity.tag, changedAt: entity.changedAt, site: 'site-a', actor: 'spec', deleted: entity.deleted, body: JSON.stringify(entity.body) });

/** Provisioning as the dial-plan service sees it: a state to load and events to follow. */
export class StubProvisioning {
  readonly states = new Map<string, Entity>();
  loads = 0;
  private server: Server | undefined;
  private readonly publisher: Publisher;
  private readonly port: number;

  constructor(port: number, kafka: { brokers: string; prefix: string }) {
    this.port = port;
    this.publisher = createPublisher({ brokers: [kafka.brokers], prefix: kafka.prefix, log: silent });
  }

  async start(): Promise<void> {
    const server = new Server();
    server.addService(ChangesServiceService, {
      loadState: (call: ServerWritableStream<LoadStateRequest, LoadStateResponse>) => {
        this.loads++;
        for (const entity of this.states.values()) if (!entity.deleted) call.write({ change: changeOf(entity) });
        call.end();
      },
      listChanges: (_call: unknown, done: (error: Error) => void) => done(new Error('not asked here')),
    });
    await new Promise<void>((resolve, reject) => server.bindAsync(`127.0.0.1:${this.port}`, ServerCredentials.createInsecure(), (error) => (error ? reject(error) : resolve())));
    this.server = server;
  }

  stop(): void {
    this.server?.forceShutdown();
    this.server = undefined;
  }

  /** Committed, nothing published. */
  put(...entities: readonly Entity[]): void {
    for (const entity of entities) this.states.set(`${entity.kind} ${entity.id}`, entity);
  }

  async publish(entity: Entity): Promise<void> {
    this.put(entity);
    await this.publisher.publish(`sfs.provisioning.${entity.kind}.v1`, [{ key: `${entity.tenant}/${entity.id}`, value: Change.encode(changeOf(entity)).finish() }]);
  }

  async tick(time = new Date().toISOString()): Promise<void> {
    await this.publisher.publish('sfs.provisioning.tick.v1', [{ key: 'site-a', value: Tick.encode({ site: 'site-a', owner: 'provisioning', time }).finish() }]);
  }

  async close(): Promise<void> {
    this.stop();
    await this.publisher.close();
  }
}
