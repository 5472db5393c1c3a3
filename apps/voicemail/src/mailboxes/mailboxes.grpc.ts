import type { Metadata } from '@grpc/grpc-js';
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { from, map, type Observable } from 'rxjs';
import { toChange } from '@sfs/change-log';
import type { CreateMailboxRequest, CreateMailboxResponse, DeleteGreetingRequest, DeleteGreetingResponse, DeleteMailboxRequest, DeleteMailboxResponse, GetMailboxRequest, GetMailboxResponse, ListMailboxChangesRequest, ListMailboxChangesResponse, ListMailboxesRequest, ListMailboxesResponse, LoadMailboxesResponse, ResetPinRequest, ResetPinResponse, UnlockRequest, UnlockResponse, UpdateMailboxRequest, UpdateMailboxResponse } from '@sfs/contracts';
import { contextOf } from '@sfs/grpc';
import { settingsOf, toView } from './mailboxes.mapper.ts';
import { MailboxesService } from './mailboxes.service.ts';

@Controller()
export class MailboxesGrpc {
  private readonly mailboxes: MailboxesService;

  constructor(@Inject(MailboxesService) mailboxes: MailboxesService) {
    this.mailboxes = mailboxes;
  }

  @GrpcMethod('MailboxesService', 'createMailbox')
  async createMailbox({ number, settings, idempotencyKey }: CreateMailboxRequest, metadata: Metadata): Promise<CreateMailboxResponse> {
    const { view, oneTimePin } = await this.mailboxes.create(contextOf(metadata), { number, settings: settingsOf(settings), idempotencyKey });
    return { view: toView(view), oneTimePin };
  }

  @GrpcMethod('MailboxesService', 'getMailbox')
  async getMailbox({ number }: GetMailboxRequest, metadata: Metadata): Promise<GetMailboxResponse> {
    return { view: toView(await this.mailboxes.get(contextOf(metadata).tenant, number)) };
  }

  @GrpcMethod('MailboxesService', 'listMailboxes')
  async listMailboxes(request: ListMailboxesRequest, metadata: Metadata): Promise<ListMailboxesResponse> {
    const { views, nextPageToken } = await this.mailboxes.list(contextOf(metadata).tenant, request);
    return { mailboxes: views.map(toView), nextPageToken };
  }

  @GrpcMethod('MailboxesService', 'updateMailbox')
  async updateMailbox({ number, settings, expectedTag, idempotencyKey }: UpdateMailboxRequest, metadata: Metadata): Promise<UpdateMailboxResponse> {
    return { view: toView(await this.mailboxes.update(contextOf(metadata), { number, settings: settingsOf(settings), expectedTag, idempotencyKey })) };
  }

  @GrpcMethod('MailboxesService', 'deleteMailbox')
  async deleteMailbox({ number, expectedTag }: DeleteMailboxRequest, metadata: Metadata): Promise<DeleteMailboxResponse> {
    await this.mailboxes.delete(contextOf(metadata), number, expectedTag);
    return {};
  }

  @GrpcMethod('MailboxesService', 'resetPin')
  async resetPin({ number }: ResetPinRequest, metadata: Metadata): Promise<ResetPinResponse> {
    return { oneTimePin: await this.mailboxes.resetPin(contextOf(metadata), number) };
  }

  @GrpcMethod('MailboxesService', 'unlock')
  async unlock({ number }: UnlockRequest, metadata: Metadata): Promise<UnlockResponse> {
    await this.mailboxes.unlock(contextOf(metadata), number);
    return {};
  }

  @GrpcMethod('MailboxesService', 'deleteGreeting')
  async deleteGreeting({ number, kind }: DeleteGreetingRequest, metadata: Metadata): Promise<DeleteGreetingResponse> {
    await this.mailboxes.deleteGreeting(contextOf(metadata), number, kind);
    return {};
  }

  @GrpcMethod('MailboxesService', 'loadMailboxes')
  loadMailboxes(): Observable<LoadMailboxesResponse> {
    return from(this.mailboxes.load()).pipe(map((state) => ({ change: toChange(state) })));
  }

  @GrpcMethod('MailboxesService', 'listMailboxChanges')
  async listMailboxChanges(request: ListMailboxChangesRequest, metadata: Metadata): Promise<ListMailboxChangesResponse> {
    const { changes, nextPageToken } = await this.mailboxes.changes(contextOf(metadata).tenant, request);
    return { changes: changes.map((change) => toChange(change)), nextPageToken };
  }
}
