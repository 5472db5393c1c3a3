import { Module } from '@nestjs/common';
import { ENTITY_STORE } from '../entities/entity-store.token.ts';
import type { EntityStore } from '../entities/entities.store.ts';
import { Envelope } from '../secrets/envelope.ts';
import { DirectoryNumbersGrpc } from './directory-numbers.grpc.ts';
import { DirectoryNumbersService } from './directory-numbers.service.ts';
import { REGISTRAR, type Registrar } from './registrar-port.ts';
import { SipPasswordsService } from './sip-passwords.service.ts';

@Module({
  controllers: [DirectoryNumbersGrpc],
  providers: [
    { provide: DirectoryNumbersService, useFactory: (store: EntityStore, registrar: Registrar) => new DirectoryNumbersService(store, registrar), inject: [ENTITY_STORE, REGISTRAR] },
    { provide: SipPasswordsService, useFactory: (store: EntityStore, envelope: Envelope, registrar: Registrar) => new SipPasswordsService(store, envelope, registrar), inject: [ENTITY_STORE, Envelope, REGISTRAR] },
  ],
})
export class DirectoryNumbersModule {}
