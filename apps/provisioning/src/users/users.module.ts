import { Module } from '@nestjs/common';
import type { EntityStore } from '../entities/entities.store.ts';
import { ENTITY_STORE } from '../entities/entity-store.token.ts';
import { UserSearchService } from './user-search.service.ts';
import { UsersGrpc } from './users.grpc.ts';
import { UsersService } from './users.service.ts';

@Module({
  controllers: [UsersGrpc],
  providers: [
    { provide: UsersService, useFactory: (store: EntityStore) => new UsersService(store), inject: [ENTITY_STORE] },
    { provide: UserSearchService, useFactory: (store: EntityStore) => new UserSearchService(store), inject: [ENTITY_STORE] },
  ],
})
export class UsersModule {}
