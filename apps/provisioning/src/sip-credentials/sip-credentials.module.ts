import { Module } from '@nestjs/common';
import { ENTITY_STORE } from '../entities/entity-store.token.ts';
import type { EntityStore } from '../entities/entities.store.ts';
import { Envelope } from '../secrets/envelope.ts';
import { SipCredentialsGrpc } from './sip-credentials.grpc.ts';
import { SipCredentialsService } from './sip-credentials.service.ts';

@Module({
  controllers: [SipCredentialsGrpc],
  providers: [{ provide: SipCredentialsService, useFactory: (store: EntityStore, envelope: Envelope) => new SipCredentialsService(store, envelope), inject: [ENTITY_STORE, Envelope] }],
})
export class SipCredentialsModule {}
