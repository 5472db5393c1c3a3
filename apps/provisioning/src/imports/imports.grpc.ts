import type { Metadata } from '@grpc/grpc-js';
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { ImportUsersRequest, ImportUsersResponse } from '@sfs/contracts';
import { contextOf } from '@sfs/grpc';
import { ImportsService } from './imports.service.ts';

@Controller()
export class ImportsGrpc {
  private readonly imports: ImportsService;

  constructor(@Inject(ImportsService) imports: ImportsService) {
    this.imports = imports;
  }

  @GrpcMethod('ImportsService', 'importUsers')
  async importUsers(request: ImportUsersRequest, metadata: Metadata): Promise<ImportUsersResponse> {
    return { rows: await this.imports.importUsers(contextOf(metadata), request) };
  }
}
