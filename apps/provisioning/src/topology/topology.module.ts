import { Module } from '@nestjs/common';
import type { EntityStore } from '../entities/entities.store.ts';
import { ENTITY_STORE } from '../entities/entity-store.token.ts';
import { TopologyGrpc } from './topology.grpc.ts';
import { TopologyService } from './topology.service.ts';

@Module({
  controllers: [TopologyGrpc],
  providers: [{ provide: TopologyService, useFactory: (store: EntityStore) => new TopologyService(store), inject: [ENTITY_STORE] }],
})
export class TopologyModule {}
