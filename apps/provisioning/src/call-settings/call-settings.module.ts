import { Module } from '@nestjs/common';
import type { EntityStore } from '../entities/entities.store.ts';
import { ENTITY_STORE } from '../entities/entity-store.token.ts';
import { CallSettingsGrpc } from './call-settings.grpc.ts';
import { CallSettingsService } from './call-settings.service.ts';

@Module({
  controllers: [CallSettingsGrpc],
  providers: [{ provide: CallSettingsService, useFactory: (store: EntityStore) => new CallSettingsService(store), inject: [ENTITY_STORE] }],
})
export class CallSettingsModule {}
