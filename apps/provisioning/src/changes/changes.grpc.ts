import type { Metadata } from '@grpc/grpc-js';
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { from, map, type Observable } from 'rxjs';
import type { ListChangesRequest, ListChangesResponse, LoadStateRequest, LoadStateResponse } from '@sfs/contracts';
import { contextOf } from '@sfs/grpc';
import { toChange } from './changes.mapper.ts';
import { ChangesService } from './changes.service.ts';

@Controller()
export class ChangesGrpc {
  private readonly changes: ChangesService;

  constructor(@Inject(ChangesService) changes: ChangesService) {
    this.changes = changes;
  }

  @GrpcMethod('ChangesService', 'loadState')
  loadState(request: LoadStateRequest): Observable<LoadStateResponse> {
    return from(this.changes.loadState(request.kinds)).pipe(map((state) => ({ change: toChange(state) })));
  }

  @GrpcMethod('ChangesService', 'listChanges')
  async listChanges(request: ListChangesRequest, metadata: Metadata): Promise<ListChangesResponse> {
    const { changes, nextPageToken } = await this.changes.list(contextOf(metadata).tenant, request);
    return { changes: changes.map(toChange), nextPageToken };
  }
}
