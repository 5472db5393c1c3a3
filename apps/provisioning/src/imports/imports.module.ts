import { Module } from '@nestjs/common';
import type { EntityStore } from '../entities/entities.store.ts';
import { ENTITY_STORE } from '../entities/entity-store.token.ts';
import { ImportsGrpc } from './imports.grpc.ts';
import { ImportsService } from './imports.service.ts';

@Module({
  controllers: [ImportsGrpc],
  providers: [{ provide: ImportsService, useFactory: (store: EntityStore) => new ImportsService(store), inject: [ENTITY_STORE] }],
})
export class ImportsModule {}
