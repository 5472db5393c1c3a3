import type { Metadata } from '@grpc/grpc-js';
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { CreateUserRequest, CreateUserResponse, DeleteUserRequest, DeleteUserResponse, GetUserRequest, GetUserResponse, ListUsersRequest, ListUsersResponse, UpdateUserRequest, UpdateUserResponse } from '@sfs/contracts';
import { contextOf } from '@sfs/grpc';
import { UserSearchService } from './user-search.service.ts';
import { toDeleted, toUser } from './users.mapper.ts';
import { UsersService } from './users.service.ts';

@Controller()
export class UsersGrpc {
  private readonly users: UsersService;
  private readonly search: UserSearchService;

  constructor(@Inject(UsersService) users: UsersService, @Inject(UserSearchService) search: UserSearchService) {
    this.users = users;
    this.search = search;
  }

  @GrpcMethod('UsersService', 'createUser')
  async createUser(request: CreateUserRequest, metadata: Metadata): Promise<CreateUserResponse> {
    return { user: toUser(await this.users.create(contextOf(metadata), request)) };
  }

  @GrpcMethod('UsersService', 'getUser')
  async getUser(request: GetUserRequest, metadata: Metadata): Promise<GetUserResponse> {
    return { user: toUser(await this.users.get(contextOf(metadata).tenant, request.id)) };
  }

  @GrpcMethod('UsersService', 'listUsers')
  async listUsers(request: ListUsersRequest, metadata: Metadata): Promise<ListUsersResponse> {
    const { users, nextPageToken } = await this.search.list(contextOf(metadata).tenant, request);
    return { users: users.map(toUser), nextPageToken };
  }

  @GrpcMethod('UsersService', 'updateUser')
  async updateUser(request: UpdateUserRequest, metadata: Metadata): Promise<UpdateUserResponse> {
    return { user: toUser(await this.users.update(contextOf(metadata), request.id, request.expectedTag, request)) };
  }

  @GrpcMethod('UsersService', 'deleteUser')
  async deleteUser(request: DeleteUserRequest, metadata: Metadata): Promise<DeleteUserResponse> {
    return toDeleted(await this.users.delete(contextOf(metadata), request.id, request.expectedTag));
  }
}
