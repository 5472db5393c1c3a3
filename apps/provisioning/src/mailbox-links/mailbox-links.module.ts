import { Module } from '@nestjs/common';
import { ENTITY_STORE } from '../entities/entity-store.token.ts';
import type { EntityStore } from '../entities/entities.store.ts';
import { MailboxLinksGrpc } from './mailbox-links.grpc.ts';
import { MailboxLinksService } from './mailbox-links.service.ts';

@Module({
  controllers: [MailboxLinksGrpc],
  providers: [{ provide: MailboxLinksService, useFactory: (store: EntityStore) => new MailboxLinksService(store), inject: [ENTITY_STORE] }],
})
export class MailboxLinksModule {}
