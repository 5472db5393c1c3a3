import { Module } from '@nestjs/common';
import type { EntityStore } from '../entities/entities.store.ts';
import { ENTITY_STORE } from '../entities/entity-store.token.ts';
import { ChangesGrpc } from './changes.grpc.ts';
import { ChangesService } from './changes.service.ts';

@Module({
  controllers: [ChangesGrpc],
  providers: [{ provide: ChangesService, useFactory: (store: EntityStore) => new ChangesService(store), inject: [ENTITY_STORE] }],
})
export class ChangesModule {}
