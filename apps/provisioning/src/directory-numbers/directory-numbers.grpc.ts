import type { Metadata } from '@grpc/grpc-js';
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { CreateDirectoryNumberRequest, CreateDirectoryNumberResponse, DeleteDirectoryNumberRequest, DeleteDirectoryNumberResponse, GetDirectoryNumberRequest, GetDirectoryNumberResponse, ListDirectoryNumbersRequest, ListDirectoryNumbersResponse, SetSipPasswordRequest, SetSipPasswordResponse, UpdateDirectoryNumberRequest, UpdateDirectoryNumberResponse } from '@sfs/contracts';
import { contextOf } from '@sfs/grpc';
import { toDirectoryNumber } from './directory-numbers.mapper.ts';
import { DirectoryNumbersService } from './directory-numbers.service.ts';
import { SipPasswordsService } from './sip-passwords.service.ts';

@Controller()
export class DirectoryNumbersGrpc {
  private readonly numbers: DirectoryNumbersService;
  private readonly passwords: SipPasswordsService;

  constructor(@Inject(DirectoryNumbersService) numbers: DirectoryNumbersService, @Inject(SipPasswordsService) passwords: SipPasswordsService) {
    this.numbers = numbers;
    this.passwords = passwords;
  }

  @GrpcMethod('DirectoryNumbersService', 'createDirectoryNumber')
  async createDirectoryNumber(request: CreateDirectoryNumberRequest, metadata: Metadata): Promise<CreateDirectoryNumberResponse> {
    return { directoryNumber: toDirectoryNumber(await this.numbers.create(contextOf(metadata), request)) };
  }

  @GrpcMethod('DirectoryNumbersService', 'getDirectoryNumber')
  async getDirectoryNumber(request: GetDirectoryNumberRequest, metadata: Metadata): Promise<GetDirectoryNumberResponse> {
    return { directoryNumber: toDirectoryNumber(await this.numbers.get(contextOf(metadata).tenant, request)) };
  }

  @GrpcMethod('DirectoryNumbersService', 'listDirectoryNumbers')
  async listDirectoryNumbers(request: ListDirectoryNumbersRequest, metadata: Metadata): Promise<ListDirectoryNumbersResponse> {
    const { numbers, nextPageToken } = await this.numbers.list(contextOf(metadata).tenant, request);
    return { directoryNumbers: numbers.map(toDirectoryNumber), nextPageToken };
  }

  @GrpcMethod('DirectoryNumbersService', 'updateDirectoryNumber')
  async updateDirectoryNumber(request: UpdateDirectoryNumberRequest, metadata: Metadata): Promise<UpdateDirectoryNumberResponse> {
    return { directoryNumber: toDirectoryNumber(await this.numbers.update(contextOf(metadata), request, request)) };
  }

  @GrpcMethod('DirectoryNumbersService', 'deleteDirectoryNumber')
  async deleteDirectoryNumber(request: DeleteDirectoryNumberRequest, metadata: Metadata): Promise<DeleteDirectoryNumberResponse> {
    await this.numbers.delete(contextOf(metadata), request, request.expectedTag);
    return {};
  }

  @GrpcMethod('DirectoryNumbersService', 'setSipPassword')
  setSipPassword(request: SetSipPasswordRequest, metadata: Metadata): Promise<SetSipPasswordResponse> {
    return this.passwords.set(contextOf(metadata), request, request.password);
  }
}
